using Amana.Domain.Cases;
using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Cases;

/// <summary>A referral as the receiving organisation reads it: the sender's questions with their answers, and its words.</summary>
public sealed record ReadReferral(ListedReferral Line, Domain.Forms.FormVersion Form, Sensitive<string> Words, IReadOnlyList<(string Path, Sensitive<string> Value)> Answers);

/// <summary>The referrals that came to the reader's organisation: kinds, days and states. Nobody can be recognised by them.</summary>
public sealed class ReferralsReceived(AmanaDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<ListedReferral>> Read(AccessContext who, CancellationToken cancellationToken) =>
        who.Actor is { Kind: ActorKind.Staff, Scope: null, OrganisationId: { } own }
            ? await ReferralLines.Of(db, db.Set<Referral>().AsNoTracking().Where(r => r.ReceiverId == own), clock.Today(), cancellationToken)
            : [];
}

/// <summary>The way to one received referral: the organisation it went to, a person there who is competent for case work, and the person's yes and the rules of this moment, asked at every reading.</summary>
public sealed class ReferralDoor(ActivityReader activities, AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<(Referral Referral, Passage Passage)>> Ask(AccessContext who, string code, CancellationToken cancellationToken)
    {
        var own = who.Actor.OrganisationId;
        if (own is null || await db.Set<Referral>().FirstOrDefaultAsync(r => r.Code == code && r.ReceiverId == own, cancellationToken) is not { } referral)
            return new Refusal("referral.not-found");
        var snapshot = (await activities.Snapshot(referral.ActivityId, cancellationToken))!;
        var consents = await db.Set<RecordEntry>().Where(r => r.Id == referral.RecordId).Join(db.Set<PersonConsent>(), r => r.ConsentId, c => c.Id, (r, c) => c).FirstAsync(cancellationToken);
        var evidence = await db.Set<CompetencyEvidence>().AsNoTracking().Where(e => e.StaffId == who.Actor.StaffId!.Value).ToListAsync(cancellationToken);
        var answer = Gate.MayTakeOver(snapshot, who.Actor, new Handover(referral.ReceiverId, consents, referral.Part, referral.RecordId.Value, evidence));
        if (answer.Allowed)
            return (referral, new Passage(snapshot, answer));
        await ledger.Refuse(who, Operation.Refer, referral.ActivityId, referral.RecordId.Value, answer.Refusals, cancellationToken);
        return answer.Refusals.ToList();
    }
}

/// <summary>Reads a received referral; entered in the ledger before it is shown.</summary>
public sealed class OpenReferral(ReferralDoor door, AmanaDb db, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<ReadReferral>> Handle(AccessContext who, string code, CancellationToken cancellationToken)
    {
        var through = await door.Ask(who, code, cancellationToken);
        if (!through.IsDone)
            return Outcome<ReadReferral>.RefusedBy(through.Refusals);
        var (referral, passage) = through.Result;
        var decision = ReferringRules.Read(referral, clock.Now());
        if (decision is not Decision<ReferralRead>.Allowed(var change))
            return Outcome<ReadReferral>.RefusedBy(decision.Refusals);
        referral.Apply(change);
        var permit = await ledger.Disclose(who, passage.Answer, Happening.Of(change, referral.ActivityId, referral.RecordId.Value).With("referral", referral.Id.Value.ToString("N")), cancellationToken);
        var box = new PersonBox(referral.Id.Value, referral.RecordId, referral.PersonId, Compartment.ContactAndLocation, 1, "", referral.Box);
        var handed = HandedOver.Read(await safe.OpenForPerson(permit, box, cancellationToken));
        var line = (await ReferralLines.Of(db, db.Set<Referral>().AsNoTracking().Where(r => r.Id == referral.Id), clock.Today(), cancellationToken)).Single();
        var version = await db.Set<RecordEntry>().Where(r => r.Id == referral.RecordId).Select(r => r.FormVersionId).FirstAsync(cancellationToken);
        return new ReadReferral(line, passage.Activity.Forms.First(f => f.Id == version), new Sensitive<string>(handed.Words), [.. handed.Answers.Select(a => (a.ElementPath, new Sensitive<string>(a.V)))]);
    }
}

/// <summary>The receiving organisation takes a referral, or declines it with the reason.</summary>
public sealed class AnswerReferral(ReferralDoor door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, string code, bool accepts, DeclineReason? because, CancellationToken cancellationToken)
    {
        var through = await door.Ask(who, code, cancellationToken);
        if (!through.IsDone)
            return Outcome<Nothing>.RefusedBy(through.Refusals);
        var referral = through.Result.Referral;
        if (referral.State == (accepts ? ReferralState.Accepted : ReferralState.Declined))
            return Nothing.Here; // sent twice
        var decision = ReferringRules.Answer(referral, accepts, because, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<ReferralAnswered>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        referral.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, referral.ActivityId, referral.RecordId.Value).With("referral", referral.Id.Value.ToString("N")).With("state", change.State.ToString())
            .With("because", change.Because?.ToString() ?? ""));
        return Nothing.Here;
    }
}

/// <summary>The receiving organisation says what came of a referral it took.</summary>
public sealed class FinishReferral(ReferralDoor door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, string code, ReferralOutcome outcome, CancellationToken cancellationToken)
    {
        var through = await door.Ask(who, code, cancellationToken);
        if (!through.IsDone)
            return Outcome<Nothing>.RefusedBy(through.Refusals);
        var referral = through.Result.Referral;
        if (referral.State == ReferralState.Done && referral.Outcome == outcome)
            return Nothing.Here; // sent twice
        var decision = ReferringRules.Finish(referral, outcome, clock.Now());
        if (decision is not Decision<ReferralEnded>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        referral.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, referral.ActivityId, referral.RecordId.Value).With("referral", referral.Id.Value.ToString("N")).With("state", change.State.ToString())
            .With("outcome", outcome.ToString()));
        return Nothing.Here;
    }
}
