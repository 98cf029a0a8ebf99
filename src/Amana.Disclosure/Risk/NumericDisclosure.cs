using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>
/// How close released numbers still are to the true ones. Both files have the same people in the same order. Rows with a number missing
/// in either file are left aside.
/// </summary>
/// <param name="Rows">Rows compared.</param>
/// <param name="Close">Share of rows, in [0,1], in which every true number lies within the interval about the released one (interval disclosure).</param>
/// <param name="Linked">Share of rows, in [0,1], whose nearest released row is their own (distance-based linkage; of equally near ones each counts its part).</param>
public sealed record NumericDisclosure(int Rows, double Close, double Linked)
{
    /// <summary>Measures. Time is rows². Refuses a value that is no number; throws where the files differ in length.</summary>
    /// <param name="original">The true numbers.</param>
    /// <param name="released">Those that are to leave.</param>
    /// <param name="columns">The numeric variables.</param>
    /// <param name="width">Half the interval, in standard deviations of the original.</param>
    public static Answer<NumericDisclosure> Measure(
        Microdata original, Microdata released, IEnumerable<string> columns, double width = 0.05, CancellationToken cancellation = default)
    {
        if (original.RowCount != released.RowCount)
            throw new ArgumentException("The files have different people.", nameof(released));
        ImmutableArray<string> names = [.. columns];
        var (before, after) = (new double[names.Length][], new double[names.Length][]);
        for (var j = 0; j < names.Length; j++)
        {
            if (original[names[j]].Numbers() is Answer<double[]>.Refused { Fault: var fault })
                return new Answer<NumericDisclosure>.Refused(fault);
            if (released[names[j]].Numbers() is Answer<double[]>.Refused { Fault: var faultAfter })
                return new Answer<NumericDisclosure>.Refused(faultAfter);
            (before[j], after[j]) = (original[names[j]].Numbers().OrThrow(), released[names[j]].Numbers().OrThrow());
        }

        int[] rows = [.. Enumerable.Range(0, original.RowCount).Where(i => before.All(v => !double.IsNaN(v[i])) && after.All(v => !double.IsNaN(v[i])))];
        var spreads = before.Select(v => Spread(v, rows)).ToArray();
        double[] Point(double[][] values, int row) => [.. values.Select((v, j) => v[row] / spreads[j])];
        var truth = Array.ConvertAll(rows, row => Point(before, row));
        var shown = Array.ConvertAll(rows, row => Point(after, row));
        var (close, linked) = (0, 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            close += truth[i].Zip(shown[i]).All(p => Math.Abs(p.First - p.Second) <= width) ? 1 : 0;
            linked += ShareOfNearest(truth[i], shown, i);
        }

        return new Answer<NumericDisclosure>.Given(new NumericDisclosure(rows.Length, (double)close / Math.Max(1, rows.Length), linked / Math.Max(1, rows.Length)));
    }

    /// <summary>1 by the number of equally near rows where its own is among the nearest, else 0.</summary>
    private static double ShareOfNearest(double[] from, double[][] shown, int own)
    {
        var toOwn = Distance(from, shown[own]);
        var equal = 0;
        foreach (var point in shown)
        {
            var distance = Distance(from, point);
            if (distance < toOwn)
                return 0;
            equal += distance == toOwn ? 1 : 0;
        }

        return 1.0 / equal;
    }

    private static double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        return sum;
    }

    private static double Spread(double[] values, int[] rows)
    {
        if (rows.Length == 0)
            return 1;
        var mean = rows.Average(i => values[i]);
        var variance = rows.Sum(i => (values[i] - mean) * (values[i] - mean)) / Math.Max(1, rows.Length - 1);
        return variance > 0 ? Math.Sqrt(variance) : 1;
    }
}
