using Amana.Domain.Linkage;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Linkage;
using Amana.Features.Platform;
using Amana.Web.Security;

namespace Amana.Web.Api;

/// <summary>How far one question's answers agree; never the answers.</summary>
public sealed record ApiMatchReason(string Question, string Level);

/// <summary>Two records that may be of one person, by their codes.</summary>
public sealed record ApiMatch(Guid Id, string Left, int LeftActivity, string Right, int RightActivity, int Percent, IReadOnlyList<ApiMatchReason> Because, MatchState State, DateTimeOffset FoundAt, DateTimeOffset? DecidedAt);

/// <summary>A question by which records can be compared.</summary>
public sealed record ApiComparedQuestion(string Question, CompareAs As);

/// <summary>An activity that can be compared with, its needs and the questions in common.</summary>
public sealed record ApiComparable(int Number, string Title, IReadOnlyList<string> Needs, IReadOnlyList<ApiComparedQuestion> Questions);

/// <summary>The activity to compare with (itself where none is named), the need cited on each side, and the questions.</summary>
public sealed record ApiSearch(int? With, string? Need, string? NeedThere, IReadOnlyList<string>? Questions);

/// <summary>What a search did: records compared on each side, those left out because their people did not agree, and new pairs.</summary>
public sealed record ApiSearchDone(int Here, int There, int LeftOut, int Found);

/// <summary>What a second person says of a pair.</summary>
public sealed record ApiMatchDecision(bool Same);

/// <summary>The search for records of one person, for programs that come with a person's session: the same gate, ledger and refusals as the page. A token neither searches nor decides; nothing is merged.</summary>
public static class LinkingApi
{
    public static void MapLinkingApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1/activities/{number:int}/linking").RequireAuthorization().DisableAntiforgery().WithTags("linking");
        api.MapGet("", Pairs).Answers<IReadOnlyList<ApiMatch>>("Pairs of records that may be of one person, by code.").WithMetadata(new NoPersonalDataAttribute());
        api.MapGet("/choices", Choices).Answers<IReadOnlyList<ApiComparable>>("What an activity can be compared with.").WithMetadata(new NoPersonalDataAttribute());
        api.MapPost("", Search).Answers<ApiSearchDone>("Search for records of one person, for a need on each side.").WithMetadata(new ChangesAttribute("likely matches"));
        api.MapPost("/{pair:guid}/decision", Decide).Does("Say as a second person whether a pair is of one person.").WithMetadata(new ChangesAttribute("likely matches"));
    }

    private static Task<IResult> Pairs(HttpContext http, int number, ActivityReader activities, LikelyMatches list) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await list.Read(http.User.ToAccess(), id, http.RequestAborted);
        return outcome.IsDone ? Results.Json(outcome.Result.Select(Of), ApiJson.Options) : Problem(http, outcome.Refusals);
    });

    private static Task<IResult> Choices(HttpContext http, int number, ActivityReader activities, Door door, LinkingChoices choices) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var who = http.User.ToAccess();
        var read = await door.ForReading(who, id, http.RequestAborted);
        if (!read.IsDone || Authority.MayJudge(read.Result, who.Actor) is { Count: > 0 })
            return Problem(http, read.IsDone ? Authority.MayJudge(read.Result, who.Actor) : read.Refusals);
        return Results.Json((await choices.Read(who, read.Result, http.RequestAborted)).Select(c =>
            new ApiComparable(c.Number, c.Title, [.. c.Needs.Select(n => n.Code)], [.. c.Questions.Select(q => new ApiComparedQuestion(q.Question, q.As))])), ApiJson.Options);
    });

    private static Task<IResult> Search(HttpContext http, int number, ApiSearch asked, ActivityReader activities, FindLikelyMatches find) => ActivitiesApi.Within(http, number, activities, id =>
        asked.With is { } other && other != number
            ? ActivitiesApi.Within(http, other, activities, there => Run(http, new LinkingSearch(id, asked.Need, there, asked.NeedThere, asked.Questions ?? []), find))
            : Run(http, new LinkingSearch(id, asked.Need, id, asked.Need, asked.Questions ?? []), find));

    private static async Task<IResult> Run(HttpContext http, LinkingSearch search, FindLikelyMatches find)
    {
        var outcome = await find.Handle(http.User.ToAccess(), search, http.RequestAborted);
        return outcome.IsDone ? Results.Json(new ApiSearchDone(outcome.Result.LeftRecords, outcome.Result.RightRecords, outcome.Result.LeftOut, outcome.Result.Found), ApiJson.Options) : Problem(http, outcome.Refusals);
    }

    private static Task<IResult> Decide(HttpContext http, int number, Guid pair, ApiMatchDecision asked, ActivityReader activities, DecideMatch decide) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var outcome = await decide.Handle(http.User.ToAccess(), id, new LikelyMatchId(pair), asked.Same, http.RequestAborted);
        return outcome.IsDone ? Results.NoContent() : Problem(http, outcome.Refusals);
    });

    private static ApiMatch Of(ListedMatch l) => new(l.Match.Id.Value, l.LeftCode, l.LeftNumber, l.RightCode, l.RightNumber, l.Match.Percent, [.. l.Match.Because.Select(b => new ApiMatchReason(b.Question, b.Level))], l.Match.State,
        l.Match.FoundAt, l.Match.DecidedAt);

    private static IResult Problem(HttpContext http, IReadOnlyList<Refusal> refusals) =>
        ActivitiesApi.Problem(http, refusals, refusals is [{ Slug: "linking.not-found" or "activity.not-found" }] ? 404 : 422);
}
