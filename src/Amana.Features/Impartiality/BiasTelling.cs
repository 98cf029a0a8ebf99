using System.Buffers.Binary;
using Amana.Disclosure;
using Amana.Domain.Impartiality;
using Amana.Domain.Shared;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Impartiality;

/// <summary>What may be told of the measures of bias. Counts of groups are rounded at random to a multiple of the limit, by the keys of the records that are in them: the same people give the same number in every table, one more or one less
/// gives another, so nothing is found by subtracting, neither here nor with the figures (random rounding by cell key: Fraser and Wooton 2005). They are counted anew once twice the limit came, because a number for each day could be averaged.</summary>
internal static class BiasTelling
{
    /// <summary>The record's own key: nobody can make it without the keyring, and it is kept nowhere.</summary>
    public static double KeyOf(Safe safe, RecordId record) =>
        (BinaryPrimitives.ReadUInt64LittleEndian(safe.Index("bias-record", record.Value.ToString("N"))) >> 11) / (double)(1UL << 53);

    /// <param name="exact">The measures as they are judged.</param>
    /// <param name="before">What was told last.</param>
    /// <param name="records">The records, with their keys.</param>
    /// <param name="plan">The strata.</param>
    /// <param name="limit">The fewest people of whom a count is told.</param>
    /// <param name="now">The moment.</param>
    public static BiasMeasures Of(BiasMeasures exact, BiasMeasures before, IReadOnlyList<WatchedRecord> records, IReadOnlyList<ExpectedStratum> plan, int limit, DateTimeOffset now)
    {
        var fresh = BiasWatching.Told(exact, records, plan, members => (int)RandomRounding.Round(members.Count, CellKey.Of(members.Select(m => m.Key)), limit)) with { ToldAt = now, ToldOver = exact.Records, ToldIn = limit };
        if (before.ToldAt is null || before.ToldIn != limit || Math.Abs(exact.Records - before.ToldOver) >= 2 * limit)
            return fresh;
        return exact with
        {
            Coverage = [.. fresh.Coverage.Select(c => before.Coverage.FirstOrDefault(b => b.Group == c.Group) is { } told ? c with { Counted = told.Counted } : c)],
            NonResponse = before.NonResponse, Effects = before.Effects, Heaping = before.Heaping, RefusedBy = before.RefusedBy, ToldAt = before.ToldAt, ToldOver = before.ToldOver, ToldIn = limit,
        };
    }
}
