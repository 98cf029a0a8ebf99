using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Cases;

/// <summary>Puts a record into the caseload of one member of the team, out of any other. It opens nothing, and the ledger keeps whose it was.</summary>
public sealed class TakeCase(RecordDoor records, AmanaDb db, LedgerBook ledger)
{
    /// <param name="who">Who decides: those who plan; case workers for themselves, where nobody follows the person yet.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="code">The record's code.</param>
    /// <param name="worker">Whose caseload it is to be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string code, StaffId worker, CancellationToken cancellationToken)
    {
        var found = await records.ForReading(who, activity, code, cancellationToken);
        if (!found.IsDone)
            return Outcome<Nothing>.RefusedBy(found.Refusals);
        var (state, record) = found.Result;
        var current = await db.Set<CaseAssignment>().FirstOrDefaultAsync(c => c.RecordId == record.Id && c.EndedAt == null, cancellationToken);
        var decision = CaseloadRules.Take(state, record, current, Guid.CreateVersion7(), worker, who.Actor);
        if (decision is not Decision<CaseTaken>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        current?.Apply(CaseloadRules.End(change));
        db.Add(CaseAssignment.Of(change));
        try
        {
            await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, record.Id.Value).With("worker", worker.Value.ToString("N")));
            return Nothing.Here;
        }
        catch (DbUpdateException) // somebody else was first
        {
            db.ChangeTracker.Clear();
            return new Refusal("caseload.meanwhile").At("Worker").MendedBy(Mender.You, MendPage.Records);
        }
    }
}

/// <summary>Takes a record out of the caseload it is in.</summary>
public sealed class GiveUpCase(RecordDoor records, AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string code, CancellationToken cancellationToken)
    {
        var found = await records.ForReading(who, activity, code, cancellationToken);
        if (!found.IsDone)
            return Outcome<Nothing>.RefusedBy(found.Refusals);
        var (state, record) = found.Result;
        if (await db.Set<CaseAssignment>().FirstOrDefaultAsync(c => c.RecordId == record.Id && c.EndedAt == null, cancellationToken) is not { } current)
            return Nothing.Here; // sent twice
        var decision = CaseloadRules.GiveUp(state, current, who.Actor);
        if (decision is not Decision<CaseGivenUp>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        current.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, record.Id.Value).With("worker", current.WorkerId.Value.ToString("N")));
        return Nothing.Here;
    }
}
