using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Analysis;

/// <summary>One column of a file that is to leave: for each record the values that it shows there.</summary>
internal sealed record ShownColumn(string Name, Func<int, IEnumerable<string>> ValuesOf);

/// <summary>A file held beside the figures that were shown: what the two tell together, and the memory that goes on with both.</summary>
internal sealed record HeldBeside(IReadOnlyList<ColumnTelling> Telling, FiguresShown? Kept, FiguresShownId Id, ShownMemory Memory);

/// <summary>Holds a file of records beside the figures that were shown of the same activity. Whoever has both can subtract: the women in a table less the women in the file are those who did not agree to be in it.
/// Figures can be withheld, a file cannot; so what it tells is said before it leaves, and figures that are shown afterwards are protected against it.</summary>
public sealed class FileBesideFigures(AmanaDb db, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>A column of more values is no category, and the whole has a limit, or the figures' pages would become slow.</summary>
    private const int MostValues = 60, MostCounts = 400;

    /// <param name="who">Who prepares the file.</param>
    /// <param name="passage">The gate's yes to the release.</param>
    /// <param name="records">The records in the file.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<HeldBeside> Hold(AccessContext who, Passage passage, IReadOnlyList<CodedRecord> records, IReadOnlyList<ShownColumn> columns, CancellationToken cancellationToken)
    {
        var activity = passage.Activity.Activity.Id;
        var kept = await db.Set<FiguresShown>().FirstOrDefaultAsync(f => f.ActivityId == activity, cancellationToken);
        var id = kept?.Id ?? Ids.New<FiguresShownId>(clock);
        var memory = ShownMemory.Empty;
        if (kept is not null)
        {
            var permit = await ledger.Disclose(who, passage.Answer, new Happening("ReleaseHeldBesideFigures", activity, id.Value), cancellationToken);
            memory = ShownMemory.Unpack(await safe.OpenFile(permit, activity, id.Value, kept.Box, cancellationToken));
        }

        var numbers = new Dictionary<string, int>(memory.Numbers, StringComparer.Ordinal);
        var numberOf = records.Select(r => ShownMemory.CodeOf(safe, r.Id)).Select(code => numbers.TryGetValue(code, out var known) ? known : numbers[code] = numbers.Count).ToList();
        var counts = columns.SelectMany(c => Counts(c, numberOf)).Take(MostCounts).ToList();
        var guard = DifferencingGuard.From(memory.Guard, ShownFiguresReader.Rule(passage.Activity));
        var telling = guard.Telling(counts, cancellationToken).GroupBy(c => c.Name, StringComparer.Ordinal).Select(g => new ColumnTelling(g.Key, g.Count())).ToList();
        guard.Take(counts);
        return new HeldBeside(telling, kept, id, memory with { Numbers = numbers, Guard = guard.Memory });
    }

    /// <summary>Keeps the file's counts among what was shown, with whatever is committed next; the happening that says so.</summary>
    internal Task<Happening> Remember(HeldBeside held, ActivityId activity, CancellationToken cancellationToken) => held.Memory.Keep(db, safe, held.Kept, (held.Id, activity), cancellationToken);

    private static IEnumerable<KnownCount> Counts(ShownColumn column, List<int> numberOf)
    {
        var byValue = numberOf.SelectMany((number, row) => column.ValuesOf(row).Select(value => (value, number))).GroupBy(v => v.value, v => v.number, StringComparer.Ordinal).ToList();
        return byValue.Count > MostValues ? [] : byValue.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new KnownCount(column.Name, [.. g]));
    }
}
