using Amana.Domain.Emergencies;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Emergencies;
using Amana.Features.Platform;
using Amana.Web.Security;

namespace Amana.Web.Api;

/// <summary>An override as programs read it.</summary>
public sealed record ApiOverride(Guid Id, string RuleId, Operation Operation, string Reason, int Hours, DateTimeOffset AskedAt, bool Waits, bool Agreed, bool InForce, DateTimeOffset? Until);

/// <summary>An opening because of danger to life as programs read it: no reason, no identity.</summary>
public sealed record ApiEmergency(Guid Id, string? Record, DateTimeOffset OpenedAt, DateTimeOffset ReviewBy, EmergencyVerdict? Verdict);

/// <summary>What is asked for; the id makes a request that is sent twice one asking.</summary>
public sealed record ApiOverrideAsked(Guid Id, string RuleId, Operation? Operation, string Reason, int Hours);

/// <summary>The second person's answer.</summary>
public sealed record ApiOverrideDecision(bool Agrees);

/// <summary>Overrides and emergency openings for programs: the same use cases and refusals as the page. Opening a record because of danger to life is a person's act, on the page alone.</summary>
public static class EmergenciesApi
{
    public static void MapEmergenciesApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1/activities/{number:int}").RequireAuthorization().DisableAntiforgery().WithTags("emergencies").WithMetadata(new NoPersonalDataAttribute());
        api.MapGet("/emergencies", Emergencies).Answers<IReadOnlyList<ApiEmergency>>("Openings because of danger to life, without reasons.");
        api.MapGet("/overrides", Overrides).Answers<IReadOnlyList<ApiOverride>>("Overrides of rules that were asked for.");
        api.MapPost("/overrides", Ask).Does("Ask for an override of a rule for some hours.");
        api.MapPost("/overrides/{id:guid}/decision", Decide).Does("Agree to an override or not, as a second person with a fresh proof.").AddEndpointFilter(ApiProof.First);
        api.MapPost("/overrides/{id:guid}/end", End).Does("End an override before its time.");
    }

    private static Task<IResult> Emergencies(HttpContext http, int number, ActivityReader activities, EmergenciesOfActivity emergencies) => ActivitiesApi.Within(http, number, activities, async id =>
        Results.Json((await emergencies.Read(http.User.ToAccess(), id, http.RequestAborted))
            .Select(e => new ApiEmergency(e.Opening.Id.Value, e.RecordCode, e.Opening.OpenedAt, e.Opening.ReviewBy, e.Opening.Verdict)), ApiJson.Options));

    private static Task<IResult> Overrides(HttpContext http, int number, ActivityReader activities, Door door) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var read = await door.ForReading(http.User.ToAccess(), id, http.RequestAborted);
        return !read.IsDone ? ActivitiesApi.Problem(http, read.Refusals) : Results.Json(read.Result.Overrides.Select(o =>
            new ApiOverride(o.Id.Value, o.RuleId, o.Operation, o.Reason, o.Hours, o.AskedAt, o.Waits, o.Agreed, o.LivesAt(read.Result.Now), o.Until)), ApiJson.Options);
    });

    private static Task<IResult> Ask(HttpContext http, int number, ApiOverrideAsked asked, ActivityReader activities, AskForOverride ask) => Doing(http, number, activities, id =>
        ask.Handle(http.User.ToAccess(), new AskOverride(new OverrideId(asked.Id), id, asked.RuleId, asked.Operation, asked.Reason, asked.Hours), http.RequestAborted));

    private static Task<IResult> Decide(HttpContext http, int number, Guid id, ApiOverrideDecision decision, ActivityReader activities, DecideOverride decide) =>
        Doing(http, number, activities, activity => decide.Handle(http.User.ToAccess(), activity, new OverrideId(id), decision.Agrees, http.RequestAborted));

    private static Task<IResult> End(HttpContext http, int number, Guid id, ActivityReader activities, EndOverride end) =>
        Doing(http, number, activities, activity => end.Handle(http.User.ToAccess(), activity, new OverrideId(id), http.RequestAborted));

    private static Task<IResult> Doing(HttpContext http, int number, ActivityReader activities, Func<ActivityId, Task<Outcome<Nothing>>> act) =>
        ActivitiesApi.Within(http, number, activities, async id => await act(id) is { IsDone: false } refused ? ActivitiesApi.Problem(http, refused.Refusals) : Results.NoContent());
}
