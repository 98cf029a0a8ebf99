using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>Values taken out of one variable in one group of people.</summary>
/// <param name="Column">The variable.</param>
/// <param name="Group">The group, or null for those whose group is missing.</param>
/// <param name="Records">Records of the group.</param>
/// <param name="Cells">Values that were there and are not shown.</param>
public sealed record SuppressedShare(string Column, string? Group, int Records, int Cells)
{
    /// <summary>Cells per record, in [0,1].</summary>
    public double Share => Records == 0 ? 0 : (double)Cells / Records;
}

/// <summary>
/// Which variables and which people lost values to protection, and who lost most: protection falls on small groups first, and a figure that
/// leaves them out is not impartial. Both files hold the same people in the same order.
/// </summary>
/// <param name="Shares">By variable, then by group.</param>
/// <param name="ByGroup">All variables together, the group that lost most first.</param>
public sealed record SuppressedCells(ImmutableArray<SuppressedShare> Shares, ImmutableArray<SuppressedShare> ByGroup)
{
    /// <summary>Values taken out in all.</summary>
    public int Cells => ByGroup.Sum(g => g.Cells);

    /// <summary>The group that lost most per record, or null where nobody lost anything.</summary>
    public SuppressedShare? LosesMost => ByGroup.FirstOrDefault(g => g.Cells > 0);

    /// <summary>How many times more the group that lost most lost than people do on average; 0 where nobody did.</summary>
    public double Disparity => LosesMost is { } most ? most.Share / ((double)Cells / ByGroup.Sum(g => g.Records)) : 0;

    /// <summary>Counts. The groups are those of the original; throws where the files differ in length.</summary>
    public static SuppressedCells Of(Microdata original, Microdata released, IEnumerable<string> columns, string group)
    {
        if (original.RowCount != released.RowCount)
            throw new ArgumentException("The files have different people.", nameof(released));
        var groups = original[group];
        var records = Count(groups, _ => true);
        var shares = ImmutableArray.CreateBuilder<SuppressedShare>();
        var all = new int[records.Length];
        foreach (var name in columns)
        {
            var (before, after) = (original[name].CodeArray, released[name].CodeArray);
            var cells = Count(groups, row => before[row] != Column.Missing && after[row] == Column.Missing);
            for (var g = 0; g < cells.Length; g++)
            {
                all[g] += cells[g];
                if (records[g] > 0)
                    shares.Add(new SuppressedShare(name, Name(groups, g), records[g], cells[g]));
            }
        }

        var together = Enumerable.Range(0, all.Length).Where(g => records[g] > 0).Select(g => new SuppressedShare("", Name(groups, g), records[g], all[g]));
        return new SuppressedCells(shares.ToImmutable(), [.. together.OrderByDescending(s => s.Share).ThenBy(s => s.Group, StringComparer.Ordinal)]);
    }

    private static string? Name(Column groups, int g) => g == 0 ? null : groups.Categories[g - 1];

    private static int[] Count(Column groups, Func<int, bool> counts)
    {
        var result = new int[groups.Categories.Length + 1];
        for (var row = 0; row < groups.RowCount; row++)
            result[groups.CodeArray[row] + 1] += counts(row) ? 1 : 0;
        return result;
    }
}
