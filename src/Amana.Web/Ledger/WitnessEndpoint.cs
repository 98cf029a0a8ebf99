using System.Text;
using Amana.Features.Platform.Witnesses;
using Amana.Web.Public;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Ledger;

/// <summary>Checkpoints of other houses arrive at the tries of many networks, so their count is its own.</summary>
public sealed class WitnessTries(TimeProvider clock)
{
    private readonly PublicTries _tries = new(clock, perAddress: 30, inAll: 300);

    public bool Allow(HttpContext http) => _tries.Allow(http.Connection.RemoteIpAddress);
}

/// <summary>Where other houses bring their checkpoints (C2SP tlog-witness, <c>POST …/add-checkpoint</c>). Nothing but signed tree heads goes in and out.</summary>
public static class WitnessEndpoint
{
    public static void MapWitness(this WebApplication app) => app.MapPost("/witness/add-checkpoint", Take).AllowAnonymous().DisableAntiforgery()
        .WithMetadata(new NoPersonalDataAttribute(), new RequestSizeLimitAttribute(TransparencyLog.WitnessRequest.LongestText));

    private static async Task<IResult> Take(HttpContext http, CosignCheckpoint cosign, WitnessTries tries)
    {
        if (!tries.Allow(http))
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        if (await Body(http) is not { } text)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var answer = await cosign.Handle(text, http.RequestAborted);
        return answer.Status switch
        {
            StatusCodes.Status200OK => Results.Text(answer.Text, "text/plain", Encoding.UTF8),
            StatusCodes.Status409Conflict => Results.Text(answer.Text, "text/x.tlog.size", Encoding.UTF8, StatusCodes.Status409Conflict),
            var status => Results.StatusCode(status),
        };
    }

    // Counted while reading: a sender may leave the length unsaid.
    private static async Task<string?> Body(HttpContext http)
    {
        var buffer = new byte[TransparencyLog.WitnessRequest.LongestText + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, http.RequestAborted);
        return length == buffer.Length ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
