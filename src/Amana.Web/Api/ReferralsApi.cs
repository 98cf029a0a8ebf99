using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Cases;
using Amana.Features.Coordination;
using Amana.Features.Platform;
using Amana.Web.Security;

namespace Amana.Web.Api;

/// <summary>A service of the directory, as a referral names it.</summary>
public sealed record ApiServicePoint(Guid Id, string Kind, string Name, string Organisation, string PlaceCode, bool Live, bool Stale);

/// <summary>A referral by its codes, states and days; what was handed over is not in it.</summary>
public sealed record ApiReferral(
    string Code, string? Record, string Kind, string Service, string From, string To, ReferralUrgency Urgency, int Fields, ReferralState State, DateTimeOffset SentAt, DateOnly AnswerBy, bool Overdue, DeclineReason? Declined, ReferralOutcome? Outcome);

/// <summary>What is to be passed on: the service, how soon, paths of the few answers that it needs, and words for it. The id makes a referral that is sent twice one referral.</summary>
public sealed record ApiReferralToSend(Guid Id, Guid Service, ReferralUrgency Urgency, IReadOnlyList<string>? Fields, string? Words);

/// <summary>The code of a referral that was sent.</summary>
public sealed record ApiReferralSent(string Code);

/// <summary>A received referral as it was opened.</summary>
public sealed record ApiReferralOpened(ApiReferral Referral, string Words, IReadOnlyList<ApiRecordAnswer> Answers);

/// <summary>Whether it is taken; a reason is needed where it is not.</summary>
public sealed record ApiReferralAnswer(bool Accepts, DeclineReason? Because);

/// <summary>What came of it.</summary>
public sealed record ApiReferralOutcome(ReferralOutcome Outcome);

/// <summary>Passing people to services, for programs that come with a person's session: the same gate, yes, ledger and refusals as the pages. A token never refers.</summary>
public static class ReferralsApi
{
    public static void MapReferralsApi(this WebApplication app)
    {
        var activity = app.MapGroup("/api/v1/activities/{number:int}").RequireAuthorization().DisableAntiforgery().WithTags("referrals");
        activity.MapGet("/referrals", Sent).Answers<IReadOnlyList<ApiReferral>>("Whom the activity passed to which service, by code.").WithMetadata(new NoPersonalDataAttribute());
        activity.MapPost("/records/{code}/referrals", Send).Answers<ApiReferralSent>("Pass a person to a service, with their yes to it.", status: 201).WithMetadata(new ChangesAttribute("identity", "contact", "narrative"));
        activity.MapPost("/referrals/{referral}/end", End).Does("End a referral from the side that sent it.").WithMetadata(new ChangesAttribute("referrals"));
        var received = app.MapGroup("/api/v1/referrals").RequireAuthorization().DisableAntiforgery().WithTags("referrals");
        received.MapGet("", Received).Answers<IReadOnlyList<ApiReferral>>("Referrals that came to your organisation.").WithMetadata(new NoPersonalDataAttribute());
        received.MapGet("/{referral}", Open).Answers<ApiReferralOpened>("Open a received referral, while the person's yes stands.").WithMetadata(new DisclosesAttribute("identity", "contact", "narrative"));
        received.MapPost("/{referral}/answer", Answer).Does("Take a referral, or say why not.").WithMetadata(new ChangesAttribute("referrals"));
        received.MapPost("/{referral}/outcome", Finish).Does("Say what came of a referral that was taken.").WithMetadata(new ChangesAttribute("referrals"));
        app.MapGet("/api/v1/services", Services).Answers<IReadOnlyList<ApiServicePoint>>("The directory of services.").RequireAuthorization().DisableAntiforgery().WithTags("referrals").WithMetadata(new NoPersonalDataAttribute());
    }

    private static async Task<IResult> Services(HttpContext http, ServiceDirectory directory, string? kind, string? place) =>
        Results.Json((await directory.Read(kind, place, http.RequestAborted)).Select(l => new ApiServicePoint(l.Service.Id.Value, l.Service.Kind, l.Service.Name, l.Organisation, l.Service.Place.Code, l.Service.Live, l.Stale)), ApiJson.Options);

    private static Task<IResult> Sent(HttpContext http, int number, ActivityReader activities, ReferralsSent sent) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await sent.Read(http.User.ToAccess(), id, http.RequestAborted);
        return outcome.IsDone ? Results.Json(outcome.Result.Select(l => Of(l, l.RecordCode)), ApiJson.Options) : Problem(http, outcome.Refusals);
    });

    private static Task<IResult> Send(HttpContext http, int number, string code, ApiReferralToSend asked, ActivityReader activities, ReferPerson refer) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var command = new SendReferral(new ReferralId(asked.Id), Ids.RandomCode(10), asked.Urgency, asked.Fields ?? [], asked.Words ?? "");
        var outcome = await refer.Handle(http.User.ToAccess(), id, code, new ServiceId(asked.Service), command, http.RequestAborted);
        return outcome.IsDone ? Results.Created($"/api/v1/activities/{number}/referrals", new ApiReferralSent(outcome.Result)) : Problem(http, outcome.Refusals);
    });

    private static Task<IResult> End(HttpContext http, int number, string referral, ActivityReader activities, EndReferral end) => ActivitiesApi.Within(http, number, activities, async id =>
        Done(http, await end.Handle(http.User.ToAccess(), id, referral, http.RequestAborted)));

    /// <summary>Without the code of the record: it is the sender's.</summary>
    private static async Task<IResult> Received(HttpContext http, ReferralsReceived received) =>
        Results.Json((await received.Read(http.User.ToAccess(), http.RequestAborted)).Select(l => Of(l, null)), ApiJson.Options);

    private static async Task<IResult> Open(HttpContext http, string referral, OpenReferral open)
    {
        var outcome = await open.Handle(http.User.ToAccess(), referral, http.RequestAborted);
        return !outcome.IsDone ? Problem(http, outcome.Refusals) : Results.Json(new ApiReferralOpened(Of(outcome.Result.Line, null), outcome.Result.Words.Reveal(),
            [.. outcome.Result.Answers.Select(a => new ApiRecordAnswer(a.Path, a.Value.Reveal()))]), ApiJson.Options);
    }

    private static async Task<IResult> Answer(HttpContext http, string referral, ApiReferralAnswer asked, AnswerReferral answer) =>
        Done(http, await answer.Handle(http.User.ToAccess(), referral, asked.Accepts, asked.Because, http.RequestAborted));

    private static async Task<IResult> Finish(HttpContext http, string referral, ApiReferralOutcome asked, FinishReferral finish) =>
        Done(http, await finish.Handle(http.User.ToAccess(), referral, asked.Outcome, http.RequestAborted));

    private static ApiReferral Of(ListedReferral l, string? record) => new(l.Referral.Code, record, l.Referral.Kind, l.Service, l.Sender, l.Receiver, l.Referral.Urgency, l.Referral.Fields, l.Referral.State, l.Referral.SentAt,
        l.Referral.AnswerBy, l.Overdue, l.Referral.DeclinedBecause, l.Referral.Outcome);

    private static IResult Done(HttpContext http, Outcome<Nothing> outcome) => outcome.IsDone ? Results.NoContent() : Problem(http, outcome.Refusals);

    private static IResult Problem(HttpContext http, IReadOnlyList<Refusal> refusals) =>
        ActivitiesApi.Problem(http, refusals, refusals is [{ Slug: "record.not-found" or "referral.not-found" or "activity.not-found" }] ? 404 : 422);
}
