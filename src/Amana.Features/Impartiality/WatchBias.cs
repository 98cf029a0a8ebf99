using Amana.Domain.Accounts;
using Amana.Domain.Analysis;
using Amana.Domain.Cases;
using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Impartiality;

/// <summary>Watches an activity's records for bias (IMP-3): opens the coded answers, keeps measures and findings, and nothing else. Entered in the ledger before a box is opened.</summary>
public sealed class WatchBias(Door door, AmanaDb db, CodedRecordReader records, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>For a person who asks, citing a need: an analysis like any other.</summary>
    public async Task<Outcome<int>> Handle(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var passage = await door.Ask(who, Operation.Analyse, activity, null, null, cancellationToken);
        return passage.IsDone ? await Watch(who, passage.Result.Activity, passage.Result.Answer, cancellationToken) : Outcome<int>.RefusedBy(passage.Refusals);
    }

    /// <summary>For the house, which watches by itself: the rules that guard analysis must hold, and nobody sees an answer. Nothing is done where they do not.</summary>
    internal async Task<bool> ByTheHouse(ActivitySnapshot s, CancellationToken cancellationToken)
    {
        var answer = Gate.Stands(s, Operation.Analyse);
        return answer.Allowed && (await Watch(AccessContext.House, s, answer, cancellationToken)).IsDone;
    }

    private async Task<Outcome<int>> Watch(AccessContext who, ActivitySnapshot s, GateAnswer answer, CancellationToken cancellationToken)
    {
        var id = s.Activity.Id;
        var inUse = await records.InUse(id, who.NeedCode, cancellationToken);
        var permit = await ledger.Disclose(who, answer, new Happening("BiasMeasured", id).With("n", inUse.Count), cancellationToken);
        var opened = await records.Open(permit, s.Forms, inUse, cancellationToken);
        var holders = await db.Set<AppUser>().AsNoTracking().Where(a => a.ActivityId == id).ToDictionaryAsync(a => a.Id.Value, a => a.HeldBy.Value, cancellationToken);
        var declined = await Declined(id, cancellationToken);
        var watched = opened.Select((r, i) => new WatchedRecord(holders.GetValueOrDefault(inUse[i].Entry.CollectedBy, inUse[i].Entry.CollectedBy), r.Form, r.Answers)
        {
            Declined = declined.TryGetValue(inUse[i].Entry.Id, out var was) ? was : null, Key = BiasTelling.KeyOf(safe, inUse[i].Entry.Id),
        }).ToList();
        var change = await Judge(s, watched, cancellationToken);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, id).With("n", change.Measures.Records).With("raised", change.Raised.Count).With("gone", change.Gone.Count));
        return change.Raised.Count;
    }

    /// <summary>Judges the measures, and makes pending what may be told of them, with the findings.</summary>
    private async Task<BiasWatched> Judge(ActivitySnapshot s, List<WatchedRecord> watched, CancellationToken cancellationToken)
    {
        var (id, plan) = (s.Activity.Id, s.Method?.Content.Strata ?? []);
        var exact = BiasWatching.Of(watched, plan, s.Collection.Refusals);
        var watch = await db.Set<BiasWatch>().FirstOrDefaultAsync(w => w.ActivityId == id, cancellationToken);
        var told = BiasTelling.Of(exact, watch?.Measures ?? BiasMeasures.None, watched, plan, ReleaseProtocol.SmallCell(s), clock.Now());
        var known = await db.Set<BiasFinding>().Where(f => f.ActivityId == id && f.GoneAt == null).ToListAsync(cancellationToken);
        var change = BiasRules.Watch(id, exact, told, known, () => Ids.New<BiasFindingId>(clock), clock.Now());
        foreach (var gone in known.Where(f => change.Gone.Contains(f.Id)))
            gone.Apply(BiasRules.End(change));
        db.AddRange(change.Raised.Select(BiasFinding.Of));
        if (watch is not null)
            watch.Apply(change);
        else
            db.Add(BiasWatch.Of(change));
        return change;
    }

    /// <summary>Whom a service was asked for and answered about, and whether one declined them.</summary>
    private async Task<Dictionary<RecordId, bool>> Declined(ActivityId activity, CancellationToken cancellationToken) =>
        (await db.Set<Referral>().AsNoTracking().Where(r => r.ActivityId == activity && r.AnsweredAt != null).Select(r => new { r.RecordId, r.DeclinedBecause }).ToListAsync(cancellationToken))
        .GroupBy(r => r.RecordId).ToDictionary(g => g.Key, g => g.Any(r => r.DeclinedBecause != null));
}

/// <summary>Answers a finding of bias: what explains it, or what is done. Whoever plans or approves may, but not the interviewer whom it is about.</summary>
public sealed class AnswerBiasFinding(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, BiasFindingId id, string answer, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (Authority.MayVouch(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<BiasFinding>().FirstOrDefaultAsync(f => f.Id == id && f.ActivityId == activity, cancellationToken) is not { } finding)
            return new Refusal("bias.not-found", Principle.Impartiality);
        if (finding.AnsweredBy == who.Actor.StaffId && finding.Answer == answer.Trim())
            return Nothing.Here; // sent twice
        var decision = BiasRules.Answer(finding, answer, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<BiasFindingAnswered>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        finding.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value).With("finding", finding.Kind.ToString()));
        return Nothing.Here;
    }
}

/// <summary>The measures as last taken, with the findings: open ones first.</summary>
public sealed record WatchedActivity(BiasWatch? Watch, IReadOnlyList<BiasFinding> Findings, IReadOnlyDictionary<Guid, string> Interviewers);

/// <summary>Reads them for the page. Holds counts over all records; names are of staff only.</summary>
public sealed class BiasOfActivity(AmanaDb db)
{
    public async Task<WatchedActivity> Read(ActivityId activity, CancellationToken cancellationToken)
    {
        var watch = await db.Set<BiasWatch>().AsNoTracking().FirstOrDefaultAsync(w => w.ActivityId == activity, cancellationToken);
        var findings = await db.Set<BiasFinding>().AsNoTracking().Where(f => f.ActivityId == activity).OrderByDescending(f => f.RaisedAt).Take(200).ToListAsync(cancellationToken);
        var ids = (watch?.Measures.Interviewers.Select(i => i.Interviewer) ?? []).Concat(findings.Select(f => Guid.TryParseExact(f.About, "N", out var id) ? id : Guid.Empty)).Distinct().Select(id => new StaffId(id)).ToList();
        var names = await db.Set<StaffMember>().AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id.Value, s => s.Name, cancellationToken);
        return new WatchedActivity(watch, [.. findings.OrderBy(f => f.IsOpen ? 0 : f.GoneAt is null ? 1 : 2)], names);
    }
}

/// <summary>The house watches for bias by itself, activity by activity, while they collect: anew when it was never watched, when a day has passed and records came, or when a fifth came more.</summary>
public sealed class WatchAllBias(AmanaDb db, Activities.ActivityReader activities, WatchBias watch, TimeProvider clock)
{
    /// <summary>Watches the one activity that waits longest; none when none is due.</summary>
    public async Task<ActivityId?> Handle(CancellationToken cancellationToken)
    {
        var running = await db.Set<Domain.Activities.Activity>().AsNoTracking().Where(a => a.Step == PimStep.Implement).Select(a => a.Id).ToListAsync(cancellationToken);
        var states = await activities.Snapshots(running, cancellationToken);
        foreach (var s in states.Values.Where(IsDue).OrderBy(s => s.Bias.At))
            if (await watch.ByTheHouse(s, cancellationToken))
                return s.Activity.Id;
        return null;
    }

    private bool IsDue(ActivitySnapshot s) => s.Collection.Records >= BiasLimits.LeastRecords && s.Collection.Records != s.Bias.Records
        && (s.Bias.At is not { } at || at.AddDays(1) <= clock.Now() || s.Collection.Records >= s.Bias.Records * 1.2);
}
