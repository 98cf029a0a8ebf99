using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;
using Amana.Domain.Capture;
using Amana.Features.Capture;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Web.Tests.OpenRosa;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Capture;

/// <summary>Links to the form of activity 1, and records sealed to its key as a browser seals them.</summary>
internal static class Links
{
    public static async Task<MadeFormLink> Make(DemoHost host, FormLinkUse use = FormLinkUse.Open, int days = 7, string form = "border_monitoring")
    {
        var activity = await host.Activity(1);
        var holder = host.As("interviewer1").Actor.StaffId!.Value;
        var outcome = await host.Do(s => s.GetRequiredService<MakeFormLink>().Handle(host.As("im"), activity, new NewFormLink(form, "Market", use, holder, days), CancellationToken.None));
        Assert.True(outcome.IsDone, string.Join(", ", outcome.Refusals.Select(r => r.Slug)));
        return outcome.Result;
    }

    public static Task<SealingKey> Key(DemoHost host, int number = 1) => host.Do(async s =>
    {
        var activity = await host.Activity(number);
        return await s.GetRequiredService<AmanaDb>().Set<SealingKey>().AsNoTracking().SingleAsync(k => k.ActivityId == activity);
    });

    /// <summary>A record in its envelope, written down here once more from the format's own words.</summary>
    public static byte[] Seal(SealingKey key, string xml)
    {
        var text = Encoding.UTF8.GetBytes(xml);
        var list = Encoding.UTF8.GetBytes($"{{\"xml\":{text.Length},\"files\":[]}}");
        var inside = new byte[16384];
        BinaryPrimitives.WriteInt32BigEndian(inside, list.Length);
        list.CopyTo(inside, 4);
        text.CopyTo(inside, 4 + list.Length);
        byte[] header = [.. "AMR1"u8, .. key.Id.Value.ToByteArray(bigEndian: true)];
        var (encapsulated, content) = Hpke.Seal(key.PublicKey, "amana finished record 1"u8.ToArray(), header, inside);
        return [.. header, .. encapsulated, .. content];
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> Send(DemoHost host, string address, byte[] envelope)
    {
        var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        using var body = new ByteArrayContent(envelope);
        body.Headers.ContentType = new("application/octet-stream");
        using var answer = await client.PostAsync(address, body);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    public static string TypeOf(JsonElement problem) => problem.GetProperty("type").GetString()!["urn:amana:refusal:".Length..];
}
