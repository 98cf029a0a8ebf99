using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>When an activity entered its steps, as the ledger has it.</summary>
public sealed class StepsEntered(AmanaDb db)
{
    /// <summary>The moment of each step entered after Assess. Steps follow one another, so the order of the entries tells which is which.</summary>
    public async Task<IReadOnlyDictionary<PimStep, DateTimeOffset>> Read(ActivityId activity, CancellationToken cancellationToken)
    {
        var moments = await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.ActivityId == activity && e.Kind == nameof(StepEntered))
            .OrderBy(e => e.At).Select(e => e.At).Take(4).ToListAsync(cancellationToken);
        return moments.Select((at, i) => (Step: PimStep.Assess + i + 1, At: at)).ToDictionary(m => m.Step, m => m.At);
    }
}
