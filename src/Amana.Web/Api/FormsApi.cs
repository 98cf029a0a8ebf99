using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Records;
using Amana.Features.Records.Import;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Api;

/// <summary>One version of a form.</summary>
public sealed record ApiForm(Guid Id, string FormId, string Version, string Title, FormState State, DateTimeOffset UploadedAt, DateTimeOffset? PublishedAt, IReadOnlyList<string> Languages, int Elements, int OpenFindings);

/// <summary>A form version with its elements and what the review found.</summary>
public sealed record ApiFormWhole(ApiForm Form, IReadOnlyList<Element> Elements, IReadOnlyList<ReviewFinding> Findings, IReadOnlyList<FindingAnswer> Answers);

/// <summary>The state that is asked for: Published, Closing or Closed.</summary>
public sealed record ApiFormState(FormState State);

/// <summary>Why a finding stays.</summary>
public sealed record ApiAnswer(string Key, string Reason);

/// <summary>Forms of an activity and the records that come into them, for programs: the same use cases and refusals as the pages.</summary>
public static class FormsApi
{
    private const int LargestFile = 25_000_000;

    public static void MapFormsApi(this WebApplication app)
    {
        var forms = app.MapGroup("/api/v1/activities/{number:int}/forms").RequireAuthorization().DisableAntiforgery().WithMetadata(new NoPersonalDataAttribute());
        forms.MapGet("", List);
        forms.MapPost("", Upload).WithMetadata(new RequestSizeLimitAttribute(LargestFile));
        forms.MapGet("/{form:guid}", Whole);
        forms.MapGet("/{form:guid}/xform", XForm);
        forms.MapGet("/{form:guid}/differences/{other:guid}", Differences);
        forms.MapPost("/{form:guid}/publish", Publish);
        forms.MapPost("/{form:guid}/state", SetState);
        forms.MapPost("/{form:guid}/answers", Answer);
        var records = app.MapGroup("/api/v1/activities/{number:int}").RequireAuthorization().DisableAntiforgery();
        records.MapGet("/records", Records).WithMetadata(new NoPersonalDataAttribute());
        records.MapPost("/forms/{form:guid}/records", Import).WithMetadata(new ChangesAttribute("identity", "narrative", "coded answers"), new RequestSizeLimitAttribute(LargestFile));
    }

    private static Task<IResult> List(HttpContext http, int number, Door door) =>
        Reading(http, number, door, s => Results.Json(s.Forms.Select(Of), ApiJson.Options));

    private static Task<IResult> Whole(HttpContext http, int number, Guid form, Door door) =>
        Reading(http, number, door, s => Find(s, form) is { } f ? Results.Json(new ApiFormWhole(Of(f), f.Elements, f.Findings, f.Answers), ApiJson.Options) : NoForm(http));

    private static Task<IResult> Differences(HttpContext http, int number, Guid form, Guid other, Door door) =>
        Reading(http, number, door, s => Find(s, form) is { } a && Find(s, other) is { } b ? Results.Json(FormComparison.Of(a, b), ApiJson.Options) : NoForm(http));

    private static async Task<IResult> XForm(HttpContext http, int number, Guid form, Door door, PublishedFormXml xml) =>
        await Snapshot(http, number, door) is { IsDone: true } s && Find(s.Result, form) is { } f
            ? Results.Text(await xml.Read(f.Id, http.RequestAborted), "application/xml; charset=utf-8") : NoForm(http);

    /// <summary>Uploads the workbook that the body holds; its name stands in the query. 201 with the draft, or every problem of the workbook at once.</summary>
    private static Task<IResult> Upload(HttpContext http, int number, string? name, ActivityReader activities, UploadForm upload) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await upload.Handle(http.User.ToAccess(), id, await Body(http), Path.GetFileName(name ?? ""), http.RequestAborted);
        return outcome.IsDone ? Results.Created($"/api/v1/activities/{number}/forms/{outcome.Result.Value}", new { id = outcome.Result.Value }) : ActivitiesApi.Problem(http, outcome.Refusals);
    });

    private static Task<IResult> Publish(HttpContext http, int number, Guid form, ActivityReader activities, PublishForm publish) =>
        Doing(http, number, activities, id => publish.Handle(http.User.ToAccess(), id, new FormVersionId(form), http.RequestAborted));

    private static Task<IResult> SetState(HttpContext http, int number, Guid form, ApiFormState asked, ActivityReader activities, SetFormState set) =>
        Doing(http, number, activities, id => set.Handle(http.User.ToAccess(), id, new FormVersionId(form), asked.State, http.RequestAborted));

    private static Task<IResult> Answer(HttpContext http, int number, Guid form, ApiAnswer given, ActivityReader activities, AnswerFinding answer) =>
        Doing(http, number, activities, id => answer.Handle(http.User.ToAccess(), id, new FormVersionId(form), given.Key, given.Reason, http.RequestAborted));

    /// <summary>Records without identity: codes, when they came, how they stand.</summary>
    private static Task<IResult> Records(HttpContext http, int number, int? page, string? code, bool? findings, ActivityReader activities, RecordList records) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await records.Read(http.User.ToAccess(), id, new RecordFilter(code, findings ?? false), page ?? 1, http.RequestAborted);
        return outcome.IsDone ? Results.Json(outcome.Result, ApiJson.Options) : ActivitiesApi.Problem(http, outcome.Refusals);
    });

    /// <summary>Brings in the table that the body holds; with <c>look=true</c> only says what would become of it.</summary>
    private static Task<IResult> Import(HttpContext http, int number, Guid form, bool? look, bool? heardNotice, ActivityReader activities, ImportReader reader, ImportRecords import) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var (who, version, file) = (http.User.ToAccess(), new FormVersionId(form), await Body(http));
        if (look is true)
        {
            var preview = await reader.Read(who, id, version, file, heardNotice ?? false, http.RequestAborted);
            return !preview.IsDone ? ActivitiesApi.Problem(http, preview.Refusals)
                : Results.Json(new { preview.Result.Columns, preview.Result.Turns, preview.Result.Rows, preview.Result.Agreed, preview.Result.Problems, preview.Result.LeftOut, Refusals = preview.Result.Refusals.Select(r => r.Slug) }, ApiJson.Options);
        }

        var outcome = await import.Handle(who, id, version, file, heardNotice ?? false, http.RequestAborted);
        return !outcome.IsDone ? ActivitiesApi.Problem(http, outcome.Refusals)
            : Results.Json(new { outcome.Result.Rows, outcome.Result.Accepted, outcome.Result.Declined, outcome.Result.Held, outcome.Result.Known, Refused = outcome.Result.Refused.Select(r => new { r.Row, r.Reason.Slug }) }, ApiJson.Options);
    });

    private static ApiForm Of(FormVersion f) => new(f.Id.Value, f.FormId, f.Version, f.Title, f.State, f.UploadedAt, f.PublishedAt, f.Languages, f.Elements.Count, f.OpenFindings.Count());

    private static FormVersion? Find(ActivitySnapshot snapshot, Guid form) => snapshot.Forms.FirstOrDefault(f => f.Id.Value == form);

    private static IResult NoForm(HttpContext http) => ActivitiesApi.Problem(http, [new Refusal("form.not-found")]);

    private static async Task<Outcome<ActivitySnapshot>> Snapshot(HttpContext http, int number, Door door) =>
        await http.RequestServices.GetRequiredService<ActivityReader>().Find(number, http.RequestAborted) is { } id
            ? await door.ForReading(http.User.ToAccess(), id, http.RequestAborted) : new Refusal("activity.not-found");

    private static async Task<IResult> Reading(HttpContext http, int number, Door door, Func<ActivitySnapshot, IResult> answer) =>
        await Snapshot(http, number, door) is var read && read.IsDone ? answer(read.Result) : ActivitiesApi.Problem(http, read.Refusals);

    private static Task<IResult> Doing(HttpContext http, int number, ActivityReader activities, Func<ActivityId, Task<Outcome<Nothing>>> act) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await act(id);
        return outcome.IsDone ? Results.NoContent() : ActivitiesApi.Problem(http, outcome.Refusals);
    });

    private static async Task<byte[]> Body(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }
}
