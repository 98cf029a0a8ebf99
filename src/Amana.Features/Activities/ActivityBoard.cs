using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>What the board is narrowed to. Empty parts do not narrow.</summary>
/// <param name="Text">Words of the title, or a place's name or code.</param>
/// <param name="Category">One of the eight categories of the PIM Matrix.</param>
/// <param name="Step">One step of the process.</param>
/// <param name="Place">A place's code.</param>
/// <param name="Page">From 1.</param>
public sealed record BoardFilter(string? Text = null, MatrixCategory? Category = null, PimStep? Step = null, string? Place = null, int Page = 1)
{
    /// <summary>Activities a page: each is judged by all rules.</summary>
    public const int PageSize = 20;

    public bool IsNarrowed => !string.IsNullOrWhiteSpace(Text) || Category is not null || Step is not null || !string.IsNullOrWhiteSpace(Place);
}

/// <summary>An activity on the board, with what the rules say of it.</summary>
public sealed record BoardedActivity(Activity Activity, string Organisation, IReadOnlyList<RuleAnswer> Answers);

/// <summary>One page of the board, the activities of the newest number first, and the places there are to choose from.</summary>
public sealed record Board(IReadOnlyList<BoardedActivity> Activities, int Total, IReadOnlyList<Place> Places, bool AnyAtAll);

/// <summary>The operation's activities that the reader may see. Holds nothing about people.</summary>
public sealed class ActivityBoard(AmanaDb db, ActivityReader activities)
{
    public async Task<Board> Read(AccessContext who, BoardFilter filter, CancellationToken cancellationToken)
    {
        var readable = await Readable(db, who, cancellationToken);
        var matching = readable.Where(a => Matches(a, filter)).OrderByDescending(a => a.Number).ToList();
        var page = matching.Skip((Math.Max(1, filter.Page) - 1) * BoardFilter.PageSize).Take(BoardFilter.PageSize).Select(a => a.Id).ToList();
        var states = await activities.Snapshots(page, cancellationToken);
        var shown = page.Where(states.ContainsKey).Select(id => states[id])
            .Select(s => new BoardedActivity(s.Activity, s.Organisations.FirstOrDefault(o => o.Id == s.Activity.OrganisationId)?.ShortName ?? "", Catalogue.Evaluate(s))).ToList();
        return new Board(shown, matching.Count, [.. readable.Select(a => a.Place).DistinctBy(p => p.Code).OrderBy(p => p.Name, StringComparer.Ordinal)], readable.Count > 0);
    }

    /// <summary>The activities whose plan the reader may see, as <see cref="Authority.MayRead"/> says of each.</summary>
    internal static async Task<List<Activity>> Readable(AmanaDb db, AccessContext who, CancellationToken cancellationToken)
    {
        var actor = who.Actor;
        var all = db.Set<Activity>().AsNoTracking();
        if (actor.Kind != ActorKind.House && actor.Duties.Count == 0)
        {
            var organisation = actor.OrganisationId;
            var staff = actor.StaffId;
            all = all.Where(a => a.OrganisationId == organisation || db.Set<TeamMember>().Any(t => t.ActivityId == a.Id && t.StaffId == staff));
        }

        return [.. (await all.ToListAsync(cancellationToken)).Where(a => actor.Scope?.Covers(a.Id, null) != false)];
    }

    private static bool Matches(Activity a, BoardFilter f) =>
        (f.Category is null || a.Category == f.Category)
        && (f.Step is null || a.Step == f.Step)
        && (string.IsNullOrWhiteSpace(f.Place) || string.Equals(a.Place.Code, f.Place, StringComparison.OrdinalIgnoreCase))
        && (string.IsNullOrWhiteSpace(f.Text) || new[] { a.Title, a.Place.Name, a.Place.Code }.Any(t => t.Contains(f.Text.Trim(), StringComparison.OrdinalIgnoreCase)));
}

/// <summary>All activities whose plan the reader may see, by number: one query, however many there are.</summary>
public sealed class ReadableActivities(AmanaDb db)
{
    public async Task<IReadOnlyList<Activity>> Read(AccessContext who, CancellationToken cancellationToken) =>
        [.. (await ActivityBoard.Readable(db, who, cancellationToken)).OrderBy(a => a.Number)];
}

/// <summary>The findings of one activity that the reader can mend.</summary>
public sealed record ActivityNeedsMe(int Number, string Title, PimStep Step, IReadOnlyList<Finding> Findings);

/// <summary>What needs the reader today: findings that they can mend, over all activities they lead, sit in, or have a duty for.</summary>
public sealed class NeedsMe(AmanaDb db, ActivityReader activities)
{
    /// <summary>Activities looked at in one reading, newest first.</summary>
    public const int Most = 30;

    public async Task<IReadOnlyList<ActivityNeedsMe>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var mine = new List<ActivityNeedsMe>();
        var looked = (await ActivityBoard.Readable(db, who, cancellationToken)).OrderByDescending(a => a.Number).Take(Most).ToList();
        var states = await activities.Snapshots([.. looked.Select(a => a.Id)], cancellationToken);
        var asked = (await db.Set<MendRequest>().AsNoTracking().Where(r => r.OwnerId == who.Actor.StaffId).ToListAsync(cancellationToken)).Select(r => (r.ActivityId, r.Rule)).ToHashSet();
        foreach (var activity in looked.Where(a => states.ContainsKey(a.Id)))
        {
            var s = states[activity.Id];
            var answers = Catalogue.Evaluate(s);
            List<Finding> findings =
            [
                .. Attention.Now(s, answers).Where(f => Attention.CanMend(s, who.Actor, f.Gap) || asked.Contains((activity.Id, f.Rule.Id))),
                .. Finding.Of(answers.Where(a => asked.Contains((activity.Id, a.Rule.Id)))),
            ];
            findings = [.. findings.DistinctBy(f => (f.Rule.Id, f.Gap.Slug, string.Join('|', f.Gap.Args.Values)))];
            if (findings.Count > 0)
                mine.Add(new ActivityNeedsMe(activity.Number, activity.Title, activity.Step, findings));
        }

        return [.. mine.OrderByDescending(a => a.Step is PimStep.Implement or PimStep.Evaluate).ThenByDescending(a => a.Findings.Count(f => f.State == RuleState.NotMet))];
    }
}

/// <summary>Organisations for which the reader may start an activity: their own; for coordinators all.</summary>
public sealed class MayStartFor(AmanaDb db)
{
    public async Task<IReadOnlyList<Organisation>> Read(AccessContext who, CancellationToken cancellationToken) =>
        [.. (await db.Set<Organisation>().AsNoTracking().OrderBy(o => o.Name).ToListAsync(cancellationToken)).Where(o => Authority.MayStart(who.Actor, o.Id).Count == 0)];
}
