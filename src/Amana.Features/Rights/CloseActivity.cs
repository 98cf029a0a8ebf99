using System.Text.Json;
using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>The proposal to close that stands, as the ledger has it; and the certificates of the activity.</summary>
public sealed class ClosingState(AmanaDb db)
{
    public async Task<(ClosingProposal? Proposal, IReadOnlyList<DisposalCertificate> Certificates)> Read(ActivityId activity, CancellationToken cancellationToken)
    {
        var entry = await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.ActivityId == activity && e.Kind == nameof(ClosingProposed)).OrderByDescending(e => e.At).FirstOrDefaultAsync(cancellationToken);
        var certificates = await db.Set<DisposalCertificate>().AsNoTracking().Where(c => c.ActivityId == activity).ToListAsync(cancellationToken);
        return (entry is not null && Guid.TryParse(entry.Actor.Split(':')[^1], out var staff) ? new ClosingProposal(new StaffId(staff), entry.At) : null,
            [.. certificates.OrderByDescending(c => c.At)]);
    }
}

/// <summary>Proposes to close an activity, when every rule of the last gate holds. A second person confirms; nothing is disposed of yet.</summary>
public sealed class ProposeClosing(Door door, ClosingState state, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if ((await state.Read(activity, cancellationToken)).Proposal?.By == who.Actor.StaffId)
            return Nothing.Here; // sent twice
        var decision = ClosingRules.Propose(loaded.Result.Activity, Gate.MayEnter(loaded.Result, PimStep.Closed), who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<ClosingProposed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity));
        return Nothing.Here;
    }
}

/// <summary>Closes an activity that another person proposed to close, and disposes of all it holds about people (DP-6, SEC-5). Run again, it answers with the certificate that exists.</summary>
public sealed class CloseActivity(Door door, ClosingState state, ActivityDisposal disposal, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<CertificateId>> Handle(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var passage = await door.Ask(who, Operation.Erase, activity, null, null, cancellationToken);
        if (!passage.IsDone)
            return Outcome<CertificateId>.RefusedBy(passage.Refusals);
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } missing)
            return missing.ToList();
        var s = passage.Result.Activity;
        var (proposal, certificates) = await state.Read(activity, cancellationToken);
        if (s.Activity.Step == PimStep.Closed && certificates.FirstOrDefault(c => c.Reason == DisposalReason.EndOfActivity) is { } certificate)
            return certificate.Id;
        if (await db.Set<LegalHold>().AnyAsync(h => h.ActivityId == activity && h.LiftedAt == null, cancellationToken))
            return new Refusal("hold.stands", Domain.Principles.Principle.DataProtection).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Requests);
        var decision = ClosingRules.Confirm(s.Activity, proposal, Gate.MayEnter(s, PimStep.Closed), who.Actor.StaffId!.Value, clock.Now());
        if (decision is Decision<StepEntered>.Allowed(var change))
            return await disposal.Run(who, s, change, DisposalReason.EndOfActivity, cancellationToken);
        db.ChangeTracker.Clear();
        await ledger.Commit(who, cancellationToken, new Happening("StepRefused", activity).With("answer", "refused").With("step", nameof(PimStep.Closed))
            .With("reasons", string.Join(' ', decision.Refusals.Select(r => r.Args.GetValueOrDefault("rule", r.Slug)).Distinct(StringComparer.Ordinal))));
        return Outcome<CertificateId>.RefusedBy(decision.Refusals);
    }
}

/// <summary>A certificate with its entry in the ledger and, once signed for, the checkpoint that covers it.</summary>
public sealed record CertificateProof(DisposalCertificate Certificate, LedgerEntry Entry, LedgerCheckpoint? Checkpoint, string? OrderedBy)
{
    /// <summary>A count that the entry froze, such as <c>refusals</c>; none where the entry does not have it.</summary>
    public int? Count(string name)
    {
        using var json = JsonDocument.Parse(Entry.Canonical);
        return json.RootElement.TryGetProperty("x-" + name, out var value) && int.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : null;
    }
}

/// <summary>Reads a certificate of disposal with what proves it.</summary>
public sealed class CertificateReader(AmanaDb db, LedgerProofReader proofs)
{
    public async Task<CertificateProof?> Read(ActivityId activity, CertificateId id, CancellationToken cancellationToken)
    {
        var certificate = await db.Set<DisposalCertificate>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.ActivityId == activity, cancellationToken);
        if (certificate is null)
            return null;
        var subject = $"\"subject\":\"{id.Value:D}\"";
        var entry = await db.Set<LedgerEntry>().AsNoTracking().FirstAsync(e => e.ActivityId == activity && e.Kind == nameof(DataDisposed) && e.Canonical.Contains(subject), cancellationToken);
        var checkpoint = entry.Position is { } position
            ? await db.Set<LedgerCheckpoint>().AsNoTracking().Where(c => c.Size > position).OrderBy(c => c.Size).FirstOrDefaultAsync(cancellationToken) : null;
        var by = certificate.OrderedBy is { } staff ? await db.Set<StaffMember>().AsNoTracking().Where(m => m.Id == staff).Select(m => m.Name).FirstOrDefaultAsync(cancellationToken) : null;
        return new CertificateProof(certificate, entry, checkpoint, by);
    }

    /// <summary>The proof that the certificate's entry stands in the signed ledger, for anybody to check without us; none before it was signed for.</summary>
    public Task<TransparencyLog.ProofFile?> Proof(CertificateProof proof, CancellationToken cancellationToken) => proofs.Of(proof.Entry, cancellationToken);
}
