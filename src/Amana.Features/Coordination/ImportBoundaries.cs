using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Coordination;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Coordination;

/// <summary>Brings the operation's boundaries from a file, in place of those that were there; by a coordinator, an administrator or the data protection focal point.</summary>
public sealed class ImportBoundaries(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>How many areas there are now.</summary>
    public async Task<Outcome<int>> Handle(AccessContext who, ReadOnlyMemory<byte> file, string? source, CancellationToken cancellationToken)
    {
        if (Authority.MustHoldOneOf(who.Actor, Keepers) is { Count: > 0 } refusals)
            return refusals.ToList();
        var read = BoundaryFile.Read(file);
        if (!read.IsDone)
            return Outcome<int>.RefusedBy(read.Refusals);
        var (areas, height) = BoundaryGrid.Of(read.Result);
        // Where work is strictly confidential, not even its place is told.
        var inUse = await db.Set<Activity>().Where(a => a.Step != PimStep.Closed && a.Level != SensitivityLevel.StrictlyConfidential).Select(a => a.Place).ToListAsync(cancellationToken);
        var operation = await db.Set<HumanitarianOperation>().Select(o => o.Id).SingleAsync(cancellationToken);
        var decision = BoundaryRules.Import(operation, areas, height, source ?? "", [.. inUse.Select(p => p.Code)], who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<BoundariesImported>.Allowed(var change))
            return Outcome<int>.RefusedBy(decision.Refusals);
        if (await db.Set<Boundaries>().SingleOrDefaultAsync(cancellationToken) is { } before)
            before.Apply(change);
        else
            db.Add(Boundaries.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change).With("areas", change.Areas.Count));
        return change.Areas.Count;
    }

    /// <summary>Who keeps the operation's places.</summary>
    public static IReadOnlyList<Duty> Keepers { get; } = [Duty.Coordinator, Duty.Administrator, Duty.DataProtectionFocalPoint];
}

/// <summary>The boundaries as they were brought; none before.</summary>
public sealed class BoundariesInForce(AmanaDb db)
{
    public Task<Boundaries?> Read(CancellationToken cancellationToken) => db.Set<Boundaries>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
}
