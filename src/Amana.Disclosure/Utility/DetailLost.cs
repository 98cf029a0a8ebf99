using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>Detail that one variable lost.</summary>
/// <param name="Column">The variable.</param>
/// <param name="Bits">Non-uniform entropy in bits: −Σ log₂ c(v)/c(g(v)) over the records, v the true value, g(v) what is shown for it.</param>
/// <param name="Share">Of what would be lost if nothing were shown, in [0,1].</param>
public sealed record ColumnDetail(string Column, double Bits, double Share);

/// <summary>
/// How much less a release tells than the file did (non-uniform entropy), for any method that shows coarser values or none: recoding,
/// local recoding, suppression. Both hold the same people in the same order; a value missing before is no loss after.
/// </summary>
public sealed record DetailLost(ImmutableArray<ColumnDetail> Columns)
{
    /// <summary>Bits over all variables.</summary>
    public double Bits => Columns.Sum(c => c.Bits);

    /// <summary>Mean of the variables' shares, in [0,1].</summary>
    public double Share => Columns.IsEmpty ? 0 : Columns.Average(c => c.Share);

    /// <summary>Measures; throws where the files differ in length.</summary>
    public static DetailLost Measure(Microdata original, Microdata released, IEnumerable<string> columns) => original.RowCount != released.RowCount
        ? throw new ArgumentException("The files have different people.", nameof(released))
        : new DetailLost([.. columns.Select(name => Of(original[name], released[name]))]);

    private static ColumnDetail Of(Column before, Column after)
    {
        // What may stand behind a shown value are the records that are shown it.
        var width = (ulong)after.Categories.Length + 1;
        var (together, shown, own) = (new Dictionary<ulong, double>(), new double[width], new double[before.Categories.Length]);
        for (var row = 0; row < before.RowCount; row++)
        {
            if (before.CodeArray[row] == Column.Missing)
                continue;
            var pair = ((ulong)before.CodeArray[row] * width) + (ulong)(after.CodeArray[row] + 1);
            together[pair] = together.GetValueOrDefault(pair) + 1;
            shown[after.CodeArray[row] + 1]++;
            own[before.CodeArray[row]]++;
        }

        var n = own.Sum();
        var bits = together.Sum(e => -e.Value * Math.Log2(e.Value / shown[e.Key % width]));
        var most = own.Sum(c => c == 0 ? 0 : -c * Math.Log2(c / n));
        return new ColumnDetail(before.Name, Math.Max(0, bits), most == 0 ? 0 : Math.Clamp(bits / most, 0, 1));
    }
}
