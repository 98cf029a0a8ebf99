using Amana.Domain.Linkage;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Linkage;

/// <summary>A second person says whether a pair is of one person. It joins nothing: what follows is done record by record.</summary>
public sealed class DecideMatch(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, LikelyMatchId id, bool same, CancellationToken cancellationToken)
    {
        if (await db.Set<LikelyMatch>().FirstOrDefaultAsync(m => m.Id == id && (m.LeftActivity == activity || m.RightActivity == activity), cancellationToken) is not { } match)
            return new Refusal("linking.not-found");
        foreach (var side in new[] { match.LeftActivity, match.RightActivity }.Distinct())
        {
            var read = await door.ForReading(who, side, cancellationToken);
            if (!read.IsDone)
                return Outcome<Nothing>.RefusedBy(read.Refusals);
            if (Authority.MayJudge(read.Result, who.Actor) is { Count: > 0 } refusals)
                return refusals.ToList();
        }

        if (match.State == (same ? MatchState.SamePerson : MatchState.NotTheSame) && match.DecidedBy == who.Actor.StaffId)
            return Nothing.Here; // sent twice
        var decision = LinkingRules.Decide(match, same, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<MatchDecided>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        match.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, match.LeftRecord.Value).With("with", match.RightRecord.Value.ToString("N")).With("state", change.State.ToString()));
        return Nothing.Here;
    }
}

/// <summary>A pair by its codes.</summary>
public sealed record ListedMatch(LikelyMatch Match, string LeftCode, int LeftNumber, string RightCode, int RightNumber);

/// <summary>The pairs of an activity, those that wait first. For those who may judge records in both activities of a pair.</summary>
public sealed class LikelyMatches(Door door, ActivityReader activities, AmanaDb db)
{
    /// <summary>Most that are listed.</summary>
    public const int Most = 300;

    public async Task<Outcome<IReadOnlyList<ListedMatch>>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var read = await door.ForReading(who, activity, cancellationToken);
        if (!read.IsDone)
            return Outcome<IReadOnlyList<ListedMatch>>.RefusedBy(read.Refusals);
        if (Authority.MayJudge(read.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        var matches = await db.Set<LikelyMatch>().AsNoTracking().Where(m => m.LeftActivity == activity || m.RightActivity == activity).OrderBy(m => m.State).ThenByDescending(m => m.Percent).Take(Most).ToListAsync(cancellationToken);
        var numbers = new Dictionary<ActivityId, int> { [activity] = read.Result.Activity.Number };
        foreach (var other in matches.SelectMany(m => new[] { m.LeftActivity, m.RightActivity }).Distinct().Where(a => a != activity))
            if (await activities.Snapshot(other, cancellationToken) is { } s && Authority.MayJudge(s, who.Actor).Count == 0)
                numbers[other] = s.Activity.Number;
        var ids = matches.SelectMany(m => new[] { m.LeftRecord, m.RightRecord }).Distinct().ToList();
        var codes = await db.Set<RecordEntry>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Code, cancellationToken);
        return matches.Where(m => numbers.ContainsKey(m.LeftActivity) && numbers.ContainsKey(m.RightActivity))
            .Select(m => new ListedMatch(m, codes.GetValueOrDefault(m.LeftRecord, ""), numbers[m.LeftActivity], codes.GetValueOrDefault(m.RightRecord, ""), numbers[m.RightActivity])).ToList();
    }
}

/// <summary>An activity that could be compared with: where the reader has the role for linking.</summary>
public sealed record LinkingChoice(int Number, string Title, IReadOnlyList<(string Code, string Question)> Needs, IReadOnlyList<(string Question, CompareAs As)> Questions);

/// <summary>What an activity could be compared with.</summary>
public sealed class LinkingChoices(ActivityReader activities, AmanaDb db)
{
    public async Task<IReadOnlyList<LinkingChoice>> Read(AccessContext who, ActivitySnapshot here, CancellationToken cancellationToken)
    {
        var staff = who.Actor.StaffId;
        var mine = await db.Set<Domain.Competency.TeamMember>().AsNoTracking().Where(t => t.StaffId == staff && t.EndedAt == null).Select(t => t.ActivityId).Distinct().ToListAsync(cancellationToken);
        var choices = new List<LinkingChoice>();
        foreach (var id in mine)
            if (await activities.Snapshot(id, cancellationToken) is { Activity.Step: PimStep.Implement or PimStep.Evaluate } s && s.Team.Any(t => t.Member.StaffId == staff && Authority.RolesFor(Operation.Link).Contains(t.Member.Role)))
                choices.Add(new LinkingChoice(s.Activity.Number, s.Activity.Title, [.. (s.Purpose?.Content.Needs ?? []).Select(n => (n.Code, n.Question))], LinkingRules.InCommon(here.Elements, s.Elements)));
        return [.. choices.OrderByDescending(c => c.Number == here.Activity.Number).ThenBy(c => c.Number)];
    }
}
