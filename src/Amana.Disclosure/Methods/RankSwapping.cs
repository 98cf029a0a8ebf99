namespace Amana.Disclosure;

/// <summary>
/// Rank swapping (Moore 1996): each value is exchanged with that of a record whose rank is near. The values of the file stay exactly the
/// same ones; only whose they are is no longer certain. Categories stand in the column's order, numbers in theirs. Missing values stay.
/// </summary>
public static class RankSwapping
{
    private const int Tries = 24;

    /// <summary>Swaps within a range of ranks, given as a share of the records in (0,1]. The same column, range and seed give the same result.</summary>
    public static Column Run(Column column, double range, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(range);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range, 1);
        var random = new Random(seed);
        int[] rows = [.. Enumerable.Range(0, column.RowCount).Where(row => column.CodeArray[row] != Column.Missing)];
        random.Shuffle(rows);
        // Stable, so that equal values keep the shuffled order and partners among them are not those next in the file.
        int[] order = [.. rows.OrderBy(row => column.CodeArray[row])];
        var reach = Math.Max(1, (int)(range * order.Length));
        var codes = column.Codes.ToArray();
        var swapped = new bool[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            if (swapped[i] || Partner(i, reach, swapped, random) is not (>= 0 and var partner))
                continue;
            (codes[order[i]], codes[order[partner]]) = (codes[order[partner]], codes[order[i]]);
            (swapped[i], swapped[partner]) = (true, true);
        }

        return Column.Own(column.Name, codes, column.Categories);
    }

    private static int Partner(int i, int reach, bool[] swapped, Random random)
    {
        var last = Math.Min(swapped.Length - 1, i + reach);
        for (var t = 0; t < Tries && last > i; t++)
        {
            var partner = i + 1 + random.Next(last - i);
            if (!swapped[partner])
                return partner;
        }

        for (var partner = i + 1; partner <= last; partner++)
        {
            if (!swapped[partner])
                return partner;
        }

        return -1;
    }
}
