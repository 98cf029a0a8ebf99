using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>
/// How many records share each record's combination of key variables (Samarati 2001; Sweeney 2002), in the file (f) and, by the sum
/// of weights, in the population (F). A missing key value is a wildcard: it matches every category, on either side.
/// </summary>
public sealed class KAnonymity
{
    private readonly double[] _frequency;
    private readonly double[] _population;

    private KAnonymity(KeyClasses classes, double[] frequency, double[] population)
    {
        Classes = classes;
        _frequency = frequency;
        _population = population;
    }

    public KeyClasses Classes { get; }

    public int RowCount => Classes.ClassOfRow.Length;

    /// <summary>f of each class, in rows.</summary>
    public ReadOnlySpan<double> ClassFrequencies => _frequency;

    /// <summary>F of each class, in people of the population.</summary>
    public ReadOnlySpan<double> ClassPopulations => _population;

    /// <summary>f of the record that is easiest to find; 0 without rows.</summary>
    public double Smallest => _frequency.Length == 0 ? 0 : _frequency.Min();

    /// <summary>Records whose combination nobody else has.</summary>
    public int Uniques => RowsWhere(f => f < 2);

    /// <summary>
    /// Measures. <paramref name="alpha"/> in [0,1] says how much a match counts whose other record has a missing key value: 1 takes
    /// it as a full match, 0 as none. The record itself always counts 1.
    /// </summary>
    public static KAnonymity Measure(Microdata microdata, IEnumerable<string> keys, double alpha = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alpha, 1);
        return Measure(KeyClasses.Of(microdata, keys), alpha);
    }

    internal static KAnonymity Measure(KeyClasses classes, double alpha = 1)
    {
        var anyMissing = classes.Keys.Any(k => k.Codes.Contains(Column.Missing));
        return anyMissing ? WithWildcards(classes, alpha) : new KAnonymity(classes, [.. classes.SizeArray.Select(s => (double)s)], classes.WeightArray);
    }

    /// <summary>f of one row.</summary>
    public double Frequency(int row) => _frequency[Classes.ClassOfRow[row]];

    /// <summary>F of one row.</summary>
    public double Population(int row) => _population[Classes.ClassOfRow[row]];

    /// <summary>Number of records with f below k.</summary>
    public int ViolatorCount(double k) => RowsWhere(f => f < k);

    /// <summary>Rows with f below k, in the order of the file.</summary>
    public ImmutableArray<int> Violators(double k)
    {
        var rows = ImmutableArray.CreateBuilder<int>();
        var classOfRow = Classes.ClassOfRow;
        for (var row = 0; row < classOfRow.Length; row++)
        {
            if (_frequency[classOfRow[row]] < k)
                rows.Add(row);
        }

        return rows.ToImmutable();
    }

    /// <summary>Whether every record has at least k − 1 others like it. A file without rows has nobody to find.</summary>
    public bool Holds(double k) => RowCount == 0 || Smallest >= k;

    private static KAnonymity WithWildcards(KeyClasses classes, double alpha)
    {
        var patterns = new KeyPatterns(classes.Keys);
        var packed = patterns.PackAll(classes);
        var index = new WildcardIndex(patterns);
        for (var c = 0; c < packed.Length; c++)
            index.Add(packed[c], new Tally(classes.SizeArray[c], classes.WeightArray[c]));
        var frequency = new double[packed.Length];
        var population = new double[packed.Length];
        for (var c = 0; c < packed.Length; c++)
        {
            var hasMissing = patterns.MissingOf(packed[c]) != 0;
            // A record with a missing value is among those that α weighs, but it is no wildcard to itself.
            var own = hasMissing ? new Tally(1, classes.WeightArray[c] / classes.SizeArray[c]) : default;
            var sum = index.MatchesWithoutMissing(packed[c]) + (alpha * index.MatchesWithMissing(packed[c])) + ((1 - alpha) * own);
            (frequency[c], population[c]) = (sum.Rows, sum.Weight);
        }

        return new KAnonymity(classes, frequency, population);
    }

    private int RowsWhere(Func<double, bool> holds)
    {
        var rows = 0;
        for (var c = 0; c < _frequency.Length; c++)
            rows += holds(_frequency[c]) ? Classes.SizeArray[c] : 0;
        return rows;
    }
}
