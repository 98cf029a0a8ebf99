using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Texts;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.Api;

/// <summary>One line of the registry.</summary>
public sealed record ApiActivity(int Number, string Title, MatrixCategory Category, string PlaceCode, DateOnly Start, DateOnly End, PimStep Step);

/// <summary>One rule's answer.</summary>
public sealed record ApiRule(string Id, Principle Principle, RuleState State, bool Evaluated, IReadOnlyList<ApiReason> Gaps, IReadOnlyList<PimStep> Gates, IReadOnlyList<Operation> Guards, IReadOnlyList<Operation> Holding, IReadOnlyList<ApiReason> Remarks);

/// <summary>Why something is not done, or what is missing.</summary>
public sealed record ApiReason(string Slug, string Detail, string? Rule, string? Field, string? Mender, string? Page);

/// <summary>The step that is asked for.</summary>
public sealed record ApiStep(PimStep Step);

/// <summary>The activities for programs: the same use cases, rules and refusals as the pages. Refusals are problem details (RFC 9457) with stable slugs.</summary>
public static class ActivitiesApi
{
    public static void MapActivitiesApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1/activities").RequireAuthorization().DisableAntiforgery().WithTags("activities").WithMetadata(new NoPersonalDataAttribute());
        api.MapGet("", List).Answers<IReadOnlyList<ApiActivity>>("The activities that you may read.");
        api.MapGet("/{number:int}/rules", Rules).Answers<IReadOnlyList<ApiRule>>("How an activity stands with each rule of the eight principles.");
        api.MapPost("/{number:int}/step", Enter).Does("Enter a step of the process, when every rule before it is met.");
    }

    /// <summary>The activities that the reader may read.</summary>
    private static async Task<IResult> List(HttpContext http, ReadableActivities readable) =>
        Results.Json((await readable.Read(http.User.ToAccess(), http.RequestAborted)).Select(a => new ApiActivity(a.Number, a.Title, a.Category, a.Place.Code, a.Period.Start, a.Period.End, a.Step)), ApiJson.Options);

    private static Task<IResult> Rules(HttpContext http, int number, Door door, ActivityReader activities) => Within(http, number, activities, async id =>
    {
        var read = await door.ForReading(http.User.ToAccess(), id, http.RequestAborted);
        return !read.IsDone ? Problem(http, read.Refusals) : Results.Json(Catalogue.Evaluate(read.Result).Select(a => new ApiRule(
            a.Rule.Id, a.Rule.Principle, a.State, a.Rule.IsEvaluated, [.. a.Gaps.Select(g => Reason(http, g))], a.Rule.Gates, a.Rule.Guards, a.Holding, [.. a.Remarks.Select(g => Reason(http, g))])), ApiJson.Options);
    });

    private static Task<IResult> Enter(HttpContext http, int number, ApiStep asked, ActivityReader activities, EnterStep enter) => Within(http, number, activities, async id =>
    {
        var outcome = await enter.Handle(http.User.ToAccess(), id, asked.Step, http.RequestAborted);
        return outcome.IsDone ? Results.NoContent() : Problem(http, outcome.Refusals);
    });

    /// <summary>Does something with the activity of that number; the same problem when there is none and when it is not the reader's to know of.</summary>
    internal static async Task<IResult> Within(HttpContext http, int number, ActivityReader activities, Func<ActivityId, Task<IResult>> act) =>
        await activities.Find(number, http.RequestAborted) is { } id && (await http.RequestServices.GetRequiredService<Door>().ForReading(http.User.ToAccess(), id, http.RequestAborted)).IsDone ? await act(id) : Problem(http, [new Refusal("activity.not-found")]);

    /// <summary>A refusal as programs read it: the first slug is the type, every reason stands in <c>reasons</c>.</summary>
    public static IResult Problem(HttpContext http, IReadOnlyList<Refusal> refusals, int? status = null)
    {
        var missing = refusals is [{ Slug: "activity.not-found" }];
        return Results.Problem(type: "urn:amana:refusal:" + refusals[0].Slug, title: Reason(http, refusals[0]).Detail, statusCode: status ?? (missing ? 404 : 422),
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["reasons"] = refusals.Select(r => Reason(http, r)).ToList(), ["catalogue"] = Rule.CatalogueVersion });
    }

    private static ApiReason Reason(HttpContext http, Refusal refusal)
    {
        var texts = http.RequestServices.GetRequiredService<Texts>();
        var language = http.RequestServices.GetRequiredService<PageTexts>().Language;
        return new ApiReason(refusal.Slug, texts.Of(language, refusal), refusal.Args.GetValueOrDefault("rule"), refusal.Field, refusal.Mend?.Who.ToString(), refusal.Mend?.Page.ToString());
    }
}
