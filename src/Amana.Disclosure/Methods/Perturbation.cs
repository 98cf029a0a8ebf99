using System.Collections.Immutable;
using System.Globalization;

namespace Amana.Disclosure;

/// <summary>Coarsening of the ends of a numeric variable, where few people are.</summary>
public static class EndCoding
{
    /// <summary>Values of <paramref name="from"/> and above become one category, such as "80+". Refuses values that are not numbers.</summary>
    public static Answer<Column> Top(Column column, double from, string label) => Code(column, n => n >= from, label);

    /// <summary>Values of <paramref name="to"/> and below become one category. Refuses values that are not numbers.</summary>
    public static Answer<Column> Bottom(Column column, double to, string label) => Code(column, n => n <= to, label);

    private static Answer<Column> Code(Column column, Func<double, bool> isEnd, string label)
    {
        if (column.Numbers() is not Answer<double[]>.Given { Value: var numbers })
            return new Answer<Column>.Refused(((Answer<double[]>.Refused)column.Numbers()).Fault);
        return new Answer<Column>.Given(Column.FromValues(column.Name, numbers.Select((n, row) => isEnd(n) ? label : column[row])));
    }
}

/// <summary>
/// Post-randomisation (Gouweleeuw et al. 1998): a category is kept with a given probability, else drawn anew from the distribution of
/// the file. The matrix is invariant, Σ n_v·P[v,w] = n_w: expected counts are the true ones, and nobody's value is certain.
/// </summary>
public static class PostRandomisation
{
    /// <summary>The probability to move from category v to w; rows sum to 1. Missing values neither move nor count.</summary>
    public static double[,] Matrix(Column column, double keep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keep, 1);
        var share = Shares(column);
        var matrix = new double[share.Length, share.Length];
        for (var v = 0; v < share.Length; v++)
        {
            for (var w = 0; w < share.Length; w++)
                matrix[v, w] = ((1 - keep) * share[w]) + (v == w ? keep : 0);
        }

        return matrix;
    }

    /// <summary>Draws. The same column, probability and seed give the same result; the seed must stay secret.</summary>
    public static Column Run(Column column, double keep, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keep, 1);
        int[] pool = [.. column.Codes.ToArray().Where(c => c != Column.Missing)];
        var random = new Random(seed);
        var codes = column.Codes.ToArray();
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] != Column.Missing && random.NextDouble() >= keep)
                codes[row] = pool[random.Next(pool.Length)];
        }

        return Column.Own(column.Name, codes, column.Categories);
    }

    private static double[] Shares(Column column)
    {
        var counts = new double[column.Categories.Length];
        foreach (var code in column.Codes)
        {
            if (code != Column.Missing)
                counts[code]++;
        }

        var n = Math.Max(1, counts.Sum());
        return [.. counts.Select(c => c / n)];
    }
}

/// <summary>
/// Microaggregation of numeric variables by maximum distance to average (MDAV; Domingo-Ferrer &amp; Torra 2005): records are grouped by
/// k to 2k − 1 nearest ones, on variables of equal spread, and each value is replaced by the mean of its group. Means stay; time is n²/k.
/// </summary>
public static class Microaggregation
{
    /// <summary>Groups and replaces. Refuses values that are missing or not numbers, and a file of fewer than k rows.</summary>
    public static Answer<Microdata> Run(Microdata microdata, IEnumerable<string> columns, int k, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        ImmutableArray<Column> numeric = [.. columns.Select(c => microdata[c])];
        if (microdata.RowCount < k)
            return new Answer<Microdata>.Refused(new Fault("microaggregation.too-few-rows", 0, string.Empty));
        var values = new double[numeric.Length][];
        for (var j = 0; j < values.Length; j++)
        {
            if (numeric[j].Numbers() is not Answer<double[]>.Given { Value: var numbers })
                return new Answer<Microdata>.Refused(((Answer<double[]>.Refused)numeric[j].Numbers()).Fault);
            if (Array.FindIndex(numbers, double.IsNaN) is >= 0 and var gap)
                return new Answer<Microdata>.Refused(new Fault("microaggregation.missing-value", gap + 1, numeric[j].Name));
            values[j] = numbers;
        }

        var groups = new MdavGrouping(values, k, cancellation).Run();
        var result = microdata;
        for (var j = 0; j < values.Length; j++)
            result = result.With(Means(numeric[j].Name, values[j], groups));
        return new Answer<Microdata>.Given(result);
    }

    private static Column Means(string name, double[] values, List<int[]> groups)
    {
        var texts = new string[values.Length];
        foreach (var group in groups)
        {
            var mean = group.Average(row => values[row]).ToString("R", CultureInfo.InvariantCulture);
            foreach (var row in group)
                texts[row] = mean;
        }

        return Column.FromValues(name, texts);
    }
}

/// <summary>Groups rows by nearness; of rows equally near the first in the file is taken.</summary>
internal sealed class MdavGrouping
{
    private readonly double[][] _points;
    private readonly int _k;
    private readonly CancellationToken _cancellation;
    private List<int> _left;

    public MdavGrouping(double[][] values, int k, CancellationToken cancellation)
    {
        (_k, _cancellation) = (k, cancellation);
        var spreads = values.Select(Spread).ToArray();
        _points = [.. Enumerable.Range(0, values[0].Length).Select(row => values.Select((v, j) => v[row] / spreads[j]).ToArray())];
        _left = [.. Enumerable.Range(0, _points.Length)];
    }

    public List<int[]> Run()
    {
        var groups = new List<int[]>();
        while (_left.Count >= 3 * _k)
        {
            _cancellation.ThrowIfCancellationRequested();
            var far = _points[Farthest(Centre())];
            var opposite = _points[Farthest(far)];
            groups.Add(TakeNearest(far));
            groups.Add(TakeNearest(opposite));
        }

        if (_left.Count >= 2 * _k)
            groups.Add(TakeNearest(_points[Farthest(Centre())]));
        groups.Add([.. _left]);
        return groups;
    }

    private static double Spread(double[] values)
    {
        var mean = values.Average();
        var variance = values.Average(v => (v - mean) * (v - mean));
        return variance > 0 ? Math.Sqrt(variance) : 1;
    }

    private double[] Centre() => [.. Enumerable.Range(0, _points[0].Length).Select(j => _left.Average(row => _points[row][j]))];

    private int Farthest(double[] from) => _left.MaxBy(row => Distance(_points[row], from));

    private int[] TakeNearest(double[] to)
    {
        int[] group = [.. _left.OrderBy(row => Distance(_points[row], to)).Take(_k)];
        var taken = group.ToHashSet();
        _left = [.. _left.Where(row => !taken.Contains(row))];
        return group;
    }

    private static double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        return sum;
    }
}
