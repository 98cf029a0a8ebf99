using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
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

/// <summary>What was made.</summary>
public sealed record ApiMade(Guid Id);

/// <summary>A row that was not taken in.</summary>
public sealed record ApiRefusedRow(int Row, string Slug);

/// <summary>What became of a table of records, or before: what would become of it.</summary>
public sealed record ApiImport(int Rows)
{
    public IReadOnlyList<MappedColumn>? Columns { get; init; }
    public IReadOnlyList<MappedTurns>? Turns { get; init; }
    public IReadOnlyList<RowProblem>? Problems { get; init; }
    public IReadOnlyList<string>? LeftOut { get; init; }
    public IReadOnlyList<string>? Refusals { get; init; }
    public int? Agreed { get; init; }
    public int? Accepted { get; init; }
    public int? Declined { get; init; }
    public int? Held { get; init; }
    public int? Known { get; init; }
    public IReadOnlyList<ApiRefusedRow>? Refused { get; init; }
}

/// <summary>Forms of an activity and the records that come into them, for programs: the same use cases and refusals as the pages.</summary>
public static class FormsApi
{
    private const int LargestFile = 25_000_000;

    public static void MapFormsApi(this WebApplication app)
    {
        var forms = app.MapGroup("/api/v1/activities/{number:int}/forms").RequireAuthorization().DisableAntiforgery().WithTags("forms").WithMetadata(new NoPersonalDataAttribute());
        forms.MapGet("", List).Answers<IReadOnlyList<ApiForm>>("The form versions of an activity.");
        forms.MapPost("", Upload).Answers<ApiMade>("Upload an XLSForm as a draft; name is the file's name.", status: 201, takesFile: true).WithMetadata(new RequestSizeLimitAttribute(LargestFile));
        forms.MapGet("/{form:guid}", Whole).Answers<ApiFormWhole>("A form version with its elements and what the review found.");
        forms.MapGet("/{form:guid}/xform", XForm).AnswersFile("The ODK XForm that phones get.", "application/xml");
        forms.MapGet("/{form:guid}/differences/{other:guid}", Differences).Answers<IReadOnlyList<FormDifference>>("What differs between two versions.");
        forms.MapPost("/{form:guid}/publish", Publish).Does("Publish a draft, when every element has its need and every serious finding its answer.");
        forms.MapPost("/{form:guid}/state", SetState).Does("Close a form for new records, or retire it.");
        forms.MapPost("/{form:guid}/answers", Answer).Does("Say why a finding of the review stays.");
        var records = app.MapGroup("/api/v1/activities/{number:int}").RequireAuthorization().DisableAntiforgery().WithTags("records");
        records.MapGet("/records", Records).Answers<ListedPage<ListedRecord>>("Records without identity, newest first.").WithMetadata(new NoPersonalDataAttribute());
        records.MapPost("/forms/{form:guid}/records", Import).Answers<ApiImport>("Bring in records from a table (xlsx, xls, csv, zip of csv); with look=true only say what would become of it.", takesFile: true).WithMetadata(new ChangesAttribute("identity", "narrative", "coded answers"), new RequestSizeLimitAttribute(LargestFile));
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
        return outcome.IsDone ? Results.Created($"/api/v1/activities/{number}/forms/{outcome.Result.Value}", new ApiMade(outcome.Result.Value)) : ActivitiesApi.Problem(http, outcome.Refusals);
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
                : Results.Json(new ApiImport(preview.Result.Rows) { Columns = preview.Result.Columns, Turns = preview.Result.Turns, Agreed = preview.Result.Agreed, Problems = preview.Result.Problems, LeftOut = preview.Result.LeftOut, Refusals = [.. preview.Result.Refusals.Select(r => r.Slug)] }, ApiJson.Options);
        }

        var outcome = await import.Handle(who, id, version, file, heardNotice ?? false, http.RequestAborted);
        return !outcome.IsDone ? ActivitiesApi.Problem(http, outcome.Refusals)
            : Results.Json(new ApiImport(outcome.Result.Rows) { Accepted = outcome.Result.Accepted, Declined = outcome.Result.Declined, Held = outcome.Result.Held, Known = outcome.Result.Known, Refused = [.. outcome.Result.Refused.Select(r => new ApiRefusedRow(r.Row, r.Reason.Slug))] }, ApiJson.Options);
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
