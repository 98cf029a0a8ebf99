using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Principles;

/// <summary>Notes, for every activity that is not long closed, which rules answer otherwise than when it was last noted: once for each change, by the house.</summary>
public sealed class NoteRuleChanges(AmanaDb db, ActivityReader activities, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>Activities judged at once.</summary>
    private const int Share = 40;

    /// <summary>Returns how many answers had changed.</summary>
    public async Task<int> Handle(CancellationToken cancellationToken)
    {
        var since = clock.Now().AddDays(-2);
        var open = await db.Set<Activity>().AsNoTracking().Where(a => a.ClosedAt == null || a.ClosedAt > since).OrderBy(a => a.Number).Select(a => a.Id).ToListAsync(cancellationToken);
        var changed = 0;
        foreach (var share in open.Chunk(Share))
            changed += await Note(share, cancellationToken);
        return changed;
    }

    private async Task<int> Note(ActivityId[] share, CancellationToken cancellationToken)
    {
        var states = await activities.Snapshots(share, cancellationToken);
        var noted = await LastNoted(share, cancellationToken);
        var changes = states.Values.SelectMany(s => HistoryRules.Changed(s.Activity.Id, Catalogue.Evaluate(s), noted[s.Activity.Id].ToDictionary(n => n.Rule), () => Ids.NewGuid(clock), s.Now)).ToList();
        if (changes.Count == 0)
            return 0;
        db.AddRange(changes.Select(RuleStanding.Of));
        await ledger.Commit(AccessContext.House, cancellationToken, [.. changes.GroupBy(c => c.ActivityId).Select(c => new Happening("RulesChanged", c.Key).With("rules", string.Join(' ', c.Select(x => x.Rule + ":" + x.State))))]);
        return changes.Count;
    }

    private async Task<ILookup<ActivityId, RuleStanding>> LastNoted(ActivityId[] share, CancellationToken cancellationToken) =>
        (await db.Set<RuleStanding>().AsNoTracking().Where(r => share.Contains(r.ActivityId) && !db.Set<RuleStanding>().Any(o => o.ActivityId == r.ActivityId && o.Rule == r.Rule && (o.Since > r.Since)))
            .ToListAsync(cancellationToken)).ToLookup(r => r.ActivityId);
}

/// <summary>Asks a member of staff to mend what a rule misses, by a day. Asked again, the newer request stands.</summary>
public sealed class AskToMend(Door door, AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string rule, StaffId owner, DateOnly dueOn, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var active = await db.Set<StaffMember>().AnyAsync(s => s.Id == owner && s.Active, cancellationToken);
        var decision = HistoryRules.Ask(loaded.Result, rule, owner, active, dueOn, who.Actor.StaffId!.Value);
        if (decision is not Decision<MendAsked>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (await db.Set<MendRequest>().FirstOrDefaultAsync(r => r.ActivityId == activity && r.Rule == change.Rule, cancellationToken) is { } before)
            before.Apply(change);
        else
            db.Add(MendRequest.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("rule", change.Rule).With("staff", owner.Value.ToString("N")).With("due", dueOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        return Nothing.Here;
    }
}

/// <summary>How an activity's rules stood over time, the newest first, and who was asked to mend what.</summary>
public sealed record RuleHistory(IReadOnlyList<RuleStanding> Standings, IReadOnlyList<MendRequest> Requests)
{
    /// <summary>Since when the rule answers as it does; none when the house has not noted it yet.</summary>
    public DateTimeOffset? Since(RuleAnswer answer) => Standings.FirstOrDefault(s => s.Rule == answer.Rule.Id) is { } last && last.State == answer.State ? SinceState(answer.Rule.Id, answer.State) : null;

    public MendRequest? Asked(string rule) => Requests.FirstOrDefault(r => r.Rule == rule);

    /// <summary>Other gaps under the same state do not begin the state anew.</summary>
    private DateTimeOffset SinceState(string rule, RuleState state) => Standings.Where(s => s.Rule == rule).TakeWhile(s => s.State == state).Last().Since;
}

/// <summary>Reads it. Holds nothing about people.</summary>
public sealed class RuleHistoryOfActivity(AmanaDb db)
{
    /// <summary>Changes read at most.</summary>
    public const int Most = 1000;

    /// <param name="activity">Of which activity.</param>
    /// <param name="rule">Of one rule alone, where given.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<RuleHistory> Read(ActivityId activity, string? rule, CancellationToken cancellationToken) => new(
        await db.Set<RuleStanding>().AsNoTracking().Where(r => r.ActivityId == activity && (rule == null || r.Rule == rule)).OrderByDescending(r => r.Since).Take(Most).ToListAsync(cancellationToken),
        await db.Set<MendRequest>().AsNoTracking().Where(r => r.ActivityId == activity && (rule == null || r.Rule == rule)).ToListAsync(cancellationToken));
}
