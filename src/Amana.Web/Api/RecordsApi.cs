using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Records;
using Amana.Web.Records;
using Amana.Web.Security;

namespace Amana.Web.Api;

/// <summary>One answer of an opened record.</summary>
public sealed record ApiRecordAnswer(string Path, string Value);

/// <summary>What does not fit a record's form.</summary>
public sealed record ApiMisfit(Misfit What, string Path, bool Holds);

/// <summary>Words about a record.</summary>
public sealed record ApiComment(CommentKind Kind, int Version, DateTimeOffset At, string Words);

/// <summary>A file of a record; fetched by its id.</summary>
public sealed record ApiFile(Guid Id, string Name);

/// <summary>A record as it was opened for a need.</summary>
public sealed record ApiRecord(string Code, int Version, ReviewState Review, RecordState State, DateTimeOffset ReceivedAt, IReadOnlyList<ApiRecordAnswer> Answers, IReadOnlyList<ApiMisfit> Findings, IReadOnlyList<ApiFile> Files, IReadOnlyList<ApiComment> Comments);

/// <summary>An answer that a version changed.</summary>
public sealed record ApiChange(string Path, string Before, string After);

/// <summary>A version with what it changed.</summary>
public sealed record ApiVersion(int Version, DateTimeOffset At, string By, AmendReason? How, IReadOnlyList<ApiChange> Changes, IReadOnlyList<ApiComment> Words);

/// <summary>The judgement that is asked for; a reason is needed for issues.</summary>
public sealed record ApiReview(ReviewState State, string? Reason);

/// <summary>A comment.</summary>
public sealed record ApiWords(string Words);

/// <summary>A correction: the version that it starts from, new answers by path, turns of repeats to take out first, and why.</summary>
public sealed record ApiCorrection(int FromVersion, IReadOnlyDictionary<string, string>? Answers, IReadOnlyList<string>? RemovedTurns, string? Reason);

/// <summary>What is decided on submissions that wait.</summary>
public sealed record ApiDecision(IReadOnlyList<Guid> Ids, bool Admit, string? Reason);

/// <summary>The version that was made.</summary>
public sealed record ApiNewVersion(int Version);

/// <summary>A submission that waits sealed.</summary>
public sealed record ApiHeld(Guid Id, DateTimeOffset ReceivedAt, Guid Form, IReadOnlyList<string> HeldBy, IReadOnlyList<ApiMisfit> Findings, QuarantineState State, DateTimeOffset? DecidedAt);

/// <summary>How many were decided on, and why others were not.</summary>
public sealed record ApiDecided(int Decided, IReadOnlyList<string> Refused);

/// <summary>Single records for programs: opened for a need that the query cites, judged, written about, corrected; their files; and submissions that wait. The same use cases, gate, ledger and refusals as the pages.</summary>
public static class RecordsApi
{
    public static void MapRecordsApi(this WebApplication app)
    {
        var activity = app.MapGroup("/api/v1/activities/{number:int}").RequireAuthorization().DisableAntiforgery().WithTags("records");
        var record = activity.MapGroup("/records/{code}");
        record.MapGet("", Open).Answers<ApiRecord>("Open one record for a need.").WithMetadata(new DisclosesAttribute("identity", "narrative", "coded answers", "comments"));
        record.MapGet("/versions", History).Answers<IReadOnlyList<ApiVersion>>("Every version of a record with what it changed, for a need.").WithMetadata(new DisclosesAttribute("identity", "narrative", "coded answers", "comments"));
        record.MapPost("/versions", Correct).Answers<ApiNewVersion>("Correct a record as a new version, with a reason.", status: 201, mayConflict: true).WithMetadata(new ChangesAttribute("identity", "narrative", "coded answers"));
        record.MapGet("/files/{file:guid}", File).AnswersFile("Fetch a file of a record, for a need.", "application/octet-stream").WithMetadata(new DisclosesAttribute("files"));
        record.MapPost("/review", Review).Does("Judge a record; nothing of it is opened.").WithMetadata(new ChangesAttribute("review state"));
        record.MapPost("/comments", Comment).Does("Write about a record; the words are sealed for its person.").WithMetadata(new ChangesAttribute("comments"));
        activity.MapGet("/held", Held).Answers<IReadOnlyList<ApiHeld>>("Submissions that wait sealed, and what holds them.").WithMetadata(new NoPersonalDataAttribute());
        activity.MapPost("/held", Decide).Answers<ApiDecided>("Let held submissions enter the records, or destroy them, with a reason.").WithMetadata(new ChangesAttribute("identity", "narrative", "coded answers", "files"));
    }

    private static Task<IResult> Open(HttpContext http, int number, string code, string? need, ActivityReader activities, OpenRecord open) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await open.Handle(http.User.ToAccess().Citing(need), id, code, http.RequestAborted);
        if (!outcome.IsDone)
            return Problem(http, outcome.Refusals);
        var (r, o) = (outcome.Result.Record, outcome.Result);
        return Results.Json(new ApiRecord(r.Code, r.Version, r.Review, r.State, r.ReceivedAt, [.. o.Answers.Select(a => new ApiRecordAnswer(a.Path, a.Value.Reveal()))], [.. r.Findings.Select(f => new ApiMisfit(f.What, f.Path, f.Holds))],
            [.. o.Files.Select(f => new ApiFile(f.Id, f.Name.Reveal()))], [.. o.Comments.Select(Of)]), ApiJson.Options);
    });

    private static Task<IResult> History(HttpContext http, int number, string code, string? need, ActivityReader activities, OpenRecordHistory open) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await open.Handle(http.User.ToAccess().Citing(need), id, code, http.RequestAborted);
        return !outcome.IsDone ? Problem(http, outcome.Refusals) : Results.Json(outcome.Result.Versions.Select(v => new ApiVersion(
            v.Version, v.At, v.By, v.How, [.. v.Changes.Select(c => new ApiChange(c.Path, c.Before.Reveal(), c.After.Reveal()))], [.. v.Words.Select(Of)])), ApiJson.Options);
    });

    private static Task<IResult> Correct(HttpContext http, int number, string code, ApiCorrection asked, ActivityReader activities, CorrectRecord correct) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var edits = new RecordEdits(asked.Answers ?? new Dictionary<string, string>(), asked.RemovedTurns ?? []);
        var outcome = await correct.Handle(http.User.ToAccess(), id, code, asked.FromVersion, edits, asked.Reason, http.RequestAborted);
        return outcome.IsDone ? Results.Created($"/api/v1/activities/{number}/records/{code}/versions", new ApiNewVersion(outcome.Result)) : Problem(http, outcome.Refusals);
    });

    private static Task<IResult> File(HttpContext http, int number, string code, Guid file, string? need, ActivityReader activities, OpenRecordFile open) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await open.Handle(http.User.ToAccess().Citing(need), id, code, file, http.RequestAborted);
        return outcome.IsDone ? Results.File(outcome.Result.Content.Reveal(), "application/octet-stream", RecordFileName.Of(code, file, outcome.Result.Name)) : Problem(http, outcome.Refusals);
    });

    private static Task<IResult> Review(HttpContext http, int number, string code, ApiReview asked, ActivityReader activities, ReviewRecord review) =>
        Doing(http, number, activities, id => review.Handle(http.User.ToAccess(), id, code, asked.State, asked.Reason, http.RequestAborted));

    private static Task<IResult> Comment(HttpContext http, int number, string code, ApiWords asked, ActivityReader activities, CommentRecord comment) =>
        Doing(http, number, activities, id => comment.Handle(http.User.ToAccess(), id, code, asked.Words, http.RequestAborted));

    private static Task<IResult> Held(HttpContext http, int number, ActivityReader activities, QuarantineList list) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await list.Read(http.User.ToAccess(), id, http.RequestAborted);
        return !outcome.IsDone ? Problem(http, outcome.Refusals) : Results.Json(outcome.Result.Select(h => new ApiHeld(
            h.Id.Value, h.ReceivedAt, h.FormVersionId.Value, h.HeldBy, [.. h.Findings.Select(f => new ApiMisfit(f.What, f.Path, f.Holds))], h.State, h.DecidedAt)), ApiJson.Options);
    });

    private static Task<IResult> Decide(HttpContext http, int number, ApiDecision asked, ActivityReader activities, DecideQuarantine decide) => ActivitiesApi.Within(http, number, activities, async _ =>
    {
        var outcome = await decide.Handle(http.User.ToAccess(), [.. asked.Ids.Select(i => new QuarantineId(i))], asked.Admit, asked.Reason, http.RequestAborted);
        return outcome.IsDone ? Results.Json(new ApiDecided(outcome.Result.Decided, [.. outcome.Result.Refused.Select(r => r.Slug)]), ApiJson.Options) : Problem(http, outcome.Refusals);
    });

    private static ApiComment Of(OpenedComment c) => new(c.Kind, c.Version, c.At, c.Words.Reveal());

    /// <summary>What is not there is 404; a version that was replaced meanwhile is 409; every other refusal is 422.</summary>
    private static IResult Problem(HttpContext http, IReadOnlyList<Refusal> refusals) => ActivitiesApi.Problem(http, refusals, refusals switch
    {
        [{ Slug: "record.not-found" or "record.file-not-found" or "activity.not-found" }] => 404,
        [{ Slug: "record.edited-meanwhile" }] => 409,
        _ => 422,
    });

    private static Task<IResult> Doing(HttpContext http, int number, ActivityReader activities, Func<ActivityId, Task<Outcome<Nothing>>> act) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await act(id);
        return outcome.IsDone ? Results.NoContent() : Problem(http, outcome.Refusals);
    });
}
