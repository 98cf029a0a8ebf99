using System.Text;
using Amana.Domain.Consent;
using Amana.Domain.Emergencies;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Emergencies;

/// <summary>Break-glass: opens one record at once because of danger to life, outside the ordinary rules (<see cref="Gate.InEmergency"/>). The reason is sealed with the opening,
/// the ledger enters it before anything is shown, and others are told at once that one of them must review it.</summary>
public sealed class OpenRecordInEmergency(ActivityReader activities, AmanaDb db, Safe safe, RecordBoxes boxes, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<OpenedRecord>> Handle(AccessContext who, ActivityId activity, string code, string reason, CancellationToken cancellationToken)
    {
        var snapshot = await activities.Snapshot(activity, cancellationToken);
        if (snapshot is null || Authority.MayRead(snapshot, who.Actor).Count > 0)
            return new Refusal("activity.not-found");
        var record = await db.Set<RecordEntry>().FirstOrDefaultAsync(r => r.ActivityId == activity && r.Code == code, cancellationToken);
        if (record is null)
            return new Refusal("record.not-found");
        var consent = await db.Set<PersonConsent>().FirstAsync(c => c.Id == record.ConsentId, cancellationToken);
        var gate = Gate.InEmergency(snapshot, who.Actor, consent);
        var decision = await Decide(who, snapshot, record, gate, reason.Trim(), cancellationToken);
        if (decision is not Decision<RecordOpenedInEmergency>.Allowed(var change))
        {
            await ledger.Refuse(who, Operation.Open, activity, record.Id.Value, decision.Refusals, cancellationToken);
            return Outcome<OpenedRecord>.RefusedBy(decision.Refusals);
        }

        db.Add(EmergencyOpening.Of(change));
        var permit = await ledger.Disclose(who, gate, Happening.Of(change, activity, record.Id.Value).With("emergency", change.Id.Value.ToString("N"))
            .With("rules", string.Join(' ', gate.Overridden)), cancellationToken);
        return await boxes.Open(permit, record, consent, snapshot, cancellationToken);
    }

    private async Task<Decision<RecordOpenedInEmergency>> Decide(AccessContext who, ActivitySnapshot snapshot, RecordEntry record, GateAnswer gate, string reason, CancellationToken cancellationToken)
    {
        if (!gate.Allowed || who.Actor.StaffId is not { } me)
            return gate.Refusals.ToList();
        var (id, activity) = (Ids.New<EmergencyId>(clock), snapshot.Activity.Id);
        var earlier = await db.Set<EmergencyOpening>().AsNoTracking().Where(e => e.ActivityId == activity || e.OpenedBy == me).ToListAsync(cancellationToken);
        var box = reason.Length is 0 or > EmergencyRules.LongestReason ? [] // refused by the rule; nothing is sealed
            : await safe.SealForPerson(record.PersonId, Compartment.Narrative, new RecordId(id.Value), Encoding.UTF8.GetBytes(reason), cancellationToken);
        return EmergencyRules.Open(new OpenInEmergency(id, activity, record.Id, record.PersonId, reason.Length, box), gate, me, earlier, snapshot.Limits.EmergencyReviewHours, clock.Now());
    }
}

/// <summary>A second person says whether an opening was justified.</summary>
public sealed class ReviewEmergency(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, EmergencyId id, EmergencyVerdict? verdict, string? words, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (Authority.MayApprove(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<EmergencyOpening>().FirstOrDefaultAsync(e => e.Id == id && e.ActivityId == activity, cancellationToken) is not { } opening)
            return new Refusal("emergency.not-found");
        var decision = EmergencyRules.Review(opening, verdict, words, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<EmergencyReviewed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        opening.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value).With("verdict", change.Verdict.ToString()));
        return Nothing.Here;
    }
}

/// <summary>Opens the sealed reason of an emergency opening, for whoever may review it or gave it. The reading is entered first.</summary>
public sealed class EmergencyReason(Door door, AmanaDb db, Safe safe, LedgerBook ledger)
{
    public async Task<Outcome<Sensitive<string>>> Handle(AccessContext who, ActivityId activity, EmergencyId id, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Sensitive<string>>.RefusedBy(loaded.Refusals);
        if (await db.Set<EmergencyOpening>().AsNoTracking().FirstOrDefaultAsync(e => e.Id == id && e.ActivityId == activity, cancellationToken) is not { } opening)
            return new Refusal("emergency.not-found");
        if (opening.OpenedBy != who.Actor.StaffId && Authority.MayApprove(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (opening.PersonId is not { } person)
            return new Refusal("emergency.reason-erased", Principle.DataProtection);
        var permit = await ledger.Disclose(who, new GateAnswer(true, [], []), new Happening("EmergencyReasonRead", activity, id.Value), cancellationToken);
        var box = new PersonBox(id.Value, new RecordId(id.Value), person, Compartment.Narrative, 1, "", opening.ReasonBox);
        return new Sensitive<string>(Encoding.UTF8.GetString(await safe.OpenForPerson(permit, box, cancellationToken)));
    }
}
