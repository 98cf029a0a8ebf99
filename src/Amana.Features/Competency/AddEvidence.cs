using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Competency;

/// <summary>Records evidence that a staff member has a competency (CC-2). Nobody assesses themselves.</summary>
public sealed class AddEvidence(AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, EvidenceCompetency command, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (!await db.Set<StaffMember>().AnyAsync(s => s.Id == command.StaffId, cancellationToken))
            return new Refusal("staff.not-found");
        var decision = CompetencyRules.Evidence(command, who.Actor.StaffId!.Value);
        if (decision is not Decision<CompetencyEvidenced>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(CompetencyEvidence.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: change.StaffId.Value).With("competency", change.Competency.ToString()).With("level", (int)change.Level));
        return Nothing.Here;
    }
}

/// <summary>A staff member with the evidence of their competencies, the latest to expire first.</summary>
public sealed record StaffEvidence(StaffMember Staff, IReadOnlyList<CompetencyEvidence> Evidence);

/// <summary>Reads it for those who keep the house; others, and whoever asks for nobody, get none.</summary>
public sealed class EvidenceOfStaff(AmanaDb db)
{
    public async Task<StaffEvidence?> Read(AccessContext who, StaffId id, CancellationToken cancellationToken)
    {
        var staff = Authority.MaySetUp(who.Actor).Count > 0 ? null : await db.Set<StaffMember>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (staff is null)
            return null;
        var evidence = await db.Set<CompetencyEvidence>().AsNoTracking().Where(e => e.StaffId == id).OrderByDescending(e => e.ExpiresOn).ToListAsync(cancellationToken);
        return new StaffEvidence(staff, evidence);
    }
}
