namespace Amana.Disclosure;

/// <summary>
/// t-closeness (Li, Li &amp; Venkatasubramanian 2007): how far the distribution of a sensitive variable among records that cannot be told
/// apart lies from its distribution in the whole file, as earth mover's distance in [0,1].
/// </summary>
public sealed class TCloseness
{
    private readonly KeyClasses _classes;
    private readonly double[] _distance;

    private TCloseness(KeyClasses classes, double[] distance)
    {
        _classes = classes;
        _distance = distance;
    }

    /// <summary>The largest distance of any group: the file is t-close for every t from there on.</summary>
    public double Largest => _distance.Length == 0 ? 0 : _distance.Max();

    /// <summary>Distance of the group of a row. A group whose values are all missing tells nothing: 0.</summary>
    public double this[int row] => _distance[_classes.ClassOfRow[row]];

    /// <summary>All values are equally far from each other: ½·Σ|p − q|.</summary>
    public static TCloseness MeasureEqual(Microdata microdata, IEnumerable<string> keys, string sensitive) =>
        Measure(microdata, keys, sensitive, (p, q) => p.Zip(q, (a, b) => Math.Abs(a - b)).Sum() / 2);

    /// <summary>Values stand in the order of the column's categories, each one step from the next: 1/(m−1)·Σ|Σ(p − q)|.</summary>
    public static TCloseness MeasureOrdered(Microdata microdata, IEnumerable<string> keys, string sensitive) =>
        Measure(microdata, keys, sensitive, Ordered);

    /// <summary>Values are as far from each other as the level at which they meet. Refuses a value that the hierarchy does not have.</summary>
    public static Answer<TCloseness> MeasureHierarchical(Microdata microdata, IEnumerable<string> keys, string sensitive, Hierarchy hierarchy)
    {
        if (hierarchy.Leaves(microdata[sensitive]) is not { } leaves)
            return new Answer<TCloseness>.Refused(new Fault("hierarchy.value-unknown", 0, sensitive));
        return new Answer<TCloseness>.Given(Measure(microdata, keys, sensitive, (p, q) => Hierarchical(p, q, leaves, hierarchy)));
    }

    private static TCloseness Measure(Microdata microdata, IEnumerable<string> keys, string sensitive, Func<double[], double[], double> distance)
    {
        var classes = KeyClasses.Of(microdata, keys);
        var groups = new SensitiveGroups(classes, microdata[sensitive]);
        var overall = Shares(groups.Overall());
        var distances = new double[classes.Count];
        for (var c = 0; c < distances.Length; c++)
        {
            var counts = groups.Of(c);
            distances[c] = counts.Any(n => n > 0) ? Math.Min(1, distance(Shares(counts), overall)) : 0;
        }

        return new TCloseness(classes, distances);
    }

    private static double[] Shares(int[] counts)
    {
        double n = Math.Max(1, counts.Sum());
        return [.. counts.Select(c => c / n)];
    }

    private static double Ordered(double[] p, double[] q)
    {
        var (moved, sum) = (0.0, 0.0);
        for (var i = 0; i < p.Length; i++)
        {
            moved += p[i] - q[i];
            sum += Math.Abs(moved);
        }

        return p.Length < 2 ? 0 : sum / (p.Length - 1);
    }

    /// <summary>Σ over groups of height/H · min(surplus, want) of what their children could not settle among themselves.</summary>
    private static double Hierarchical(double[] p, double[] q, int[] leaves, Hierarchy hierarchy)
    {
        var extra = new double[hierarchy.LeafCount];
        for (var i = 0; i < p.Length; i++)
            extra[leaves[i]] += p[i] - q[i];
        var representative = Enumerable.Range(0, hierarchy.LeafCount).ToArray();
        var hasRoot = hierarchy.Levels > 1 && hierarchy.Labels[^1].Length == 1;
        var height = hasRoot ? hierarchy.Levels - 1 : hierarchy.Levels;
        var cost = 0.0;
        for (var level = 1; level <= height; level++)
        {
            var isTop = level == hierarchy.Levels;
            var count = isTop ? 1 : hierarchy.Labels[level].Length;
            var (surplus, want, next) = (new double[count], new double[count], new int[count]);
            for (var child = 0; child < extra.Length; child++)
            {
                var parent = isTop ? 0 : hierarchy.Group(level, representative[child]);
                (extra[child] > 0 ? surplus : want)[parent] += Math.Abs(extra[child]);
                next[parent] = representative[child];
            }

            cost += surplus.Zip(want, Math.Min).Sum() * level / height;
            extra = [.. surplus.Zip(want, (a, b) => a - b)];
            representative = next;
        }

        return cost;
    }
}
