using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>Puts an agreement to the other side, or other terms of one that is there (SEC-8, CO-5). Proposing is accepting for one's own side; it is in force only once the other accepted too. Sent
/// twice it is entered once.</summary>
public sealed class ProposeTerms(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ProposeAgreement command, CancellationToken cancellationToken)
    {
        if (await db.Set<Agreement>().FirstOrDefaultAsync(a => a.Id == command.Id, cancellationToken) is { } standing)
            return standing.Acts[0].By == who.Actor.StaffId ? Nothing.Here : new Refusal("agreement.not-found", Principle.Coordination).MendedBy(Mender.Coordinator, MendPage.Agreements);
        if (!await db.Set<Organisation>().AnyAsync(o => o.Id == command.GiverId, cancellationToken))
            return new Refusal("field.required").At(nameof(command.GiverId));
        if (await db.Set<Organisation>().FirstOrDefaultAsync(o => o.Id == command.RecipientId, cancellationToken) is not { } recipient)
            return new Refusal("field.required").At(nameof(command.RecipientId));
        var decision = AgreementRules.Propose(command, recipient, who.Actor, clock.Now());
        if (decision is not Decision<AgreementProposed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(Agreement.Of(change));
        await ledger.Commit(who, cancellationToken, AgreementEntry.Of(change, change.Id).With("recipient", change.RecipientId.Value.ToString("N")).With("smallest-group", change.Terms.SmallestGroup));
        return Nothing.Here;
    }

    /// <summary>Puts other terms of an agreement that is there.</summary>
    public async Task<Outcome<Nothing>> Handle(AccessContext who, AgreementId id, AgreementTerms terms, CancellationToken cancellationToken)
    {
        if (await db.Set<Agreement>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } agreement)
            return AgreementEntry.NotFound;
        var recipient = await db.Set<Organisation>().SingleAsync(o => o.Id == agreement.RecipientId, cancellationToken);
        return await AgreementEntry.Enter(ledger, who, agreement, AgreementRules.Revise(agreement, terms, recipient, who.Actor, clock.Now()), agreement.Apply, cancellationToken);
    }
}

/// <summary>Accepts, returns for change, or declines what the other side proposed; for the side of the person, who holds the duty (CO-5).</summary>
public sealed class AnswerAgreement(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, AgreementId id, AgreementActKind answer, string hash, string reason, CancellationToken cancellationToken)
    {
        if (await db.Set<Agreement>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } agreement)
            return AgreementEntry.NotFound;
        if (agreement.Acts[^1] is { } last && last.Kind == answer && last.By == who.Actor.StaffId && last.Hash == hash)
            return Nothing.Here; // sent twice
        return await AgreementEntry.Enter(ledger, who, agreement, AgreementRules.Answer(agreement, answer, hash, reason, who.Actor, clock.Now()), agreement.Apply, cancellationToken);
    }
}

/// <summary>Registers what an organisation without an account here signed: one person enters it, a second who has seen the paper confirms it (SEC-8, IMP-5).</summary>
public sealed class RegisterSignedCopy(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, AgreementId id, SignedCopy copy, CancellationToken cancellationToken)
    {
        if (await db.Set<Agreement>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } agreement)
            return AgreementEntry.NotFound;
        var other = who.Actor.OrganisationId is { } side && agreement.Involves(side) ? agreement.OtherSide(side) : agreement.RecipientId;
        var hasStaff = await db.Set<StaffMember>().AnyAsync(s => s.OrganisationId == other && s.Active, cancellationToken);
        return await AgreementEntry.Enter(ledger, who, agreement, AgreementRules.EnterCopy(agreement, copy, hasStaff, who.Actor, clock.Now()), agreement.Apply, cancellationToken);
    }

    /// <summary>The second person says whether the paper says what was entered.</summary>
    public async Task<Outcome<Nothing>> Judge(AccessContext who, AgreementId id, bool same, CancellationToken cancellationToken)
    {
        if (await db.Set<Agreement>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } agreement)
            return AgreementEntry.NotFound;
        return await AgreementEntry.Enter(ledger, who, agreement, AgreementRules.JudgeCopy(agreement, same, who.Actor, clock.Now()), agreement.Apply, cancellationToken);
    }
}

/// <summary>Reports that trust was broken: nothing more is released under the agreement until both sides record it as resolved (CO-5).</summary>
public sealed class ReportBreach(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, AgreementId id, string reason, CancellationToken cancellationToken)
    {
        if (await db.Set<Agreement>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } agreement)
            return AgreementEntry.NotFound;
        if (agreement.SuspendedAt is not null && AgreementRules.Duties.Any(who.Actor.Has))
            return Nothing.Here; // sent twice
        return await AgreementEntry.Enter(ledger, who, agreement, AgreementRules.Suspend(agreement, reason, who.Actor, clock.Now()), agreement.Apply, cancellationToken);
    }

    /// <summary>Records for the side of the person that the breach is resolved, and how.</summary>
    public async Task<Outcome<Nothing>> Resolve(AccessContext who, AgreementId id, string how, CancellationToken cancellationToken)
    {
        if (await db.Set<Agreement>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } agreement)
            return AgreementEntry.NotFound;
        return await AgreementEntry.Enter(ledger, who, agreement, AgreementRules.Resolve(agreement, how, who.Actor, clock.Now()), agreement.Apply, cancellationToken);
    }
}

/// <summary>What the ledger says of an agreement: the act, the revision, the fingerprint of the terms, and for which side.</summary>
internal static class AgreementEntry
{
    public static Refusal NotFound => new Refusal("agreement.not-found", Principle.Coordination).MendedBy(Mender.Coordinator, MendPage.Agreements);

    /// <summary>Applies what was decided and enters it, or tells why not.</summary>
    public static async Task<Outcome<Nothing>> Enter<T>(LedgerBook ledger, AccessContext who, Agreement agreement, Decision<T> decision, Action<T> apply, CancellationToken cancellationToken)
        where T : AgreementChange
    {
        if (decision is not Decision<T>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        apply(change);
        await ledger.Commit(who, cancellationToken, Of(change, agreement.Id));
        return Nothing.Here;
    }

    public static Happening Of(AgreementChange change, AgreementId id) => Happening.Of(change, null, id.Value)
        .With("act", change.Act.Kind.ToString()).With("revision", change.Act.Revision).With("terms", change.Act.Hash).With("side", change.Act.Side.Value.ToString("N"));
}
