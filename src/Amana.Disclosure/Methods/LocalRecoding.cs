using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>
/// Local recoding: each group of records is shown as finely as it can be while k of them stay alike, so a value may be shown coarsely in
/// one record and as it is in another. From the top of the hierarchies down, as in multidimensional partitioning (LeFevre et al. 2006): a
/// group is divided by the key that gains most detail; parts that are too small stay together under the coarser value. Nothing is suppressed
/// but where a hierarchy has no top, or a value is missing.
/// </summary>
public sealed class LocalRecoding
{
    private LocalRecoding(Microdata result, double loss, int classes) => (Result, Loss, Classes) = (result, loss, classes);

    public Microdata Result { get; }

    /// <summary>Iyengar's loss in [0,1], geometric mean over the keys, comparable with that of <see cref="Recoding"/>.</summary>
    public double Loss { get; }

    /// <summary>Number of groups; each has k records or more.</summary>
    public int Classes { get; }

    /// <summary>Recodes. Refuses a value that is not in its hierarchy and a file of fewer than k rows. Same rows in another order get the same values.</summary>
    /// <param name="microdata">What to recode.</param>
    /// <param name="hierarchies">One per key.</param>
    /// <param name="k">Least number of records in every group.</param>
    /// <param name="progress">Told the share of the classes whose group is final.</param>
    public static Answer<LocalRecoding> Run(
        Microdata microdata, IEnumerable<Hierarchy> hierarchies, int k, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ImmutableArray<Hierarchy> all = [.. hierarchies];
        if (microdata.RowCount < k)
            return new Answer<LocalRecoding>.Refused(new Fault("local-recoding.too-few-rows", 0, string.Empty));
        if (all.FirstOrDefault(h => h.Leaves(microdata[h.Name]) is null) is { } unknown)
            return new Answer<LocalRecoding>.Refused(unknown.UnknownIn(microdata[unknown.Name])!);
        var classes = KeyClasses.Of(microdata, all.Select(h => h.Name));
        var tree = all.Select((h, a) => new KeyTree(h, classes, a)).ToArray();
        var parts = new Partitioning(classes, tree, k, cancellation).Run(progress);
        return new Answer<LocalRecoding>.Given(Apply(classes, all, tree, parts));
    }

    private static LocalRecoding Apply(KeyClasses classes, ImmutableArray<Hierarchy> hierarchies, KeyTree[] tree, List<Part> parts)
    {
        var (result, product) = (classes.Microdata, 1.0);
        for (var a = 0; a < tree.Length; a++)
        {
            var (labelOfClass, shares) = (new string?[classes.Count], 0.0);
            foreach (var part in parts)
            {
                foreach (var c in part.Classes)
                {
                    labelOfClass[c] = tree[a].Label(part.Levels[a], c);
                    shares += tree[a].Share(part.Levels[a], c) * classes.SizeArray[c];
                }
            }

            double n = classes.RowClasses.Length;
            var least = n / hierarchies[a].LeafCount;
            product *= 1 + (n > least ? Math.Max(0, (shares - least) / (n - least)) : 0);
            result = result.With(Column.FromValues(hierarchies[a].Name, classes.RowClasses.Select(c => labelOfClass[c])));
        }

        return new LocalRecoding(result, Math.Pow(product, 1.0 / tree.Length) - 1, parts.Count);
    }
}

/// <summary>One key's hierarchy over the classes of the file; above its last level everything is one.</summary>
internal sealed class KeyTree
{
    private readonly Hierarchy _hierarchy;
    private readonly int[] _leaf;
    private readonly int[][] _under;

    public KeyTree(Hierarchy hierarchy, KeyClasses classes, int key)
    {
        _hierarchy = hierarchy;
        var leafOf = hierarchy.Leaves(classes.Keys[key])!;
        _leaf = Array.ConvertAll(classes.CodesOf(key), code => code == Column.Missing ? -1 : leafOf[code]);
        _under = [.. Enumerable.Range(0, hierarchy.Levels).Select(hierarchy.LeavesUnder)];
    }

    public int Top => _hierarchy.Levels;

    public int Group(int level, int @class) => level == Top ? 0 : _leaf[@class] < 0 ? -1 : _hierarchy.Group(level, _leaf[@class]);

    public double Share(int level, int @class) => level == Top || _leaf[@class] < 0 ? 1 : (double)_under[level][_hierarchy.Group(level, _leaf[@class])] / _hierarchy.LeafCount;

    public string? Label(int level, int @class) => level == Top || _leaf[@class] < 0 ? null : _hierarchy.Labels[level][_hierarchy.Group(level, _leaf[@class])];
}

/// <summary>Classes shown alike, the level of each key, and the keys that cannot be shown more finely.</summary>
internal sealed record Part(int[] Classes, int[] Levels, bool[] Final);

/// <summary>Divides as long as a division gains detail.</summary>
internal sealed class Partitioning(KeyClasses classes, KeyTree[] tree, int k, CancellationToken cancellation)
{
    public List<Part> Run(IProgress<double>? progress)
    {
        var (done, classesDone) = (new List<Part>(), 0);
        var open = new Stack<Part>();
        open.Push(new Part([.. Enumerable.Range(0, classes.Count)], [.. tree.Select(t => t.Top)], new bool[tree.Length]));
        while (open.TryPop(out var part))
        {
            cancellation.ThrowIfCancellationRequested();
            for (var a = 0; a < tree.Length; a++)
                Descend(part, a);
            var (best, bestGain) = (default(List<Part>), 0.0);
            for (var a = 0; a < tree.Length; a++)
            {
                if (!part.Final[a] && Divide(part, a, out var gain) is { } divided && gain > bestGain)
                    (best, bestGain) = (divided, gain);
            }

            if (best is not null)
            {
                best.ForEach(open.Push);
                continue;
            }

            done.Add(part);
            classesDone += part.Classes.Length;
            progress?.Report((double)classesDone / classes.Count);
        }

        return done;
    }

    /// <summary>Goes down as long as all the part has one and the same value there.</summary>
    private void Descend(Part part, int a)
    {
        while (!part.Final[a] && part.Levels[a] > 0)
        {
            var below = part.Levels[a] - 1;
            var first = tree[a].Group(below, part.Classes[0]);
            if (Array.Exists(part.Classes, c => tree[a].Group(below, c) != first))
                return;
            part.Levels[a] = below;
        }
    }

    /// <summary>The parts by the next level of a key, too small ones together; null where nothing would be told apart.</summary>
    private List<Part>? Divide(Part part, int a, out double gain)
    {
        gain = 0;
        var below = part.Levels[a] - 1;
        if (below < 0)
            return null;
        var children = part.Classes.GroupBy(c => tree[a].Group(below, c))
            .Select(g => (Classes: g.ToArray(), Rows: g.Sum(c => classes.SizeArray[c]), g.Key)).OrderBy(g => g.Rows).ThenBy(g => g.Key).ToList();
        var (together, rows) = (new List<int>(), 0);
        while (children.Count > 0 && (children[0].Rows < k || (rows > 0 && rows < k)))
        {
            together.AddRange(children[0].Classes);
            rows += children[0].Rows;
            children.RemoveAt(0);
        }

        if (children.Count == 0)
            return null;
        var parts = new List<Part>();
        foreach (var child in children)
        {
            gain += child.Classes.Sum(c => (tree[a].Share(part.Levels[a], c) - tree[a].Share(below, c)) * classes.SizeArray[c]);
            parts.Add(new Part(child.Classes, [.. part.Levels.Select((level, i) => i == a ? below : level)], (bool[])part.Final.Clone()));
        }

        if (together.Count > 0)
            parts.Add(new Part([.. together], (int[])part.Levels.Clone(), [.. part.Final.Select((final, i) => final || i == a)]));
        return parts;
    }
}
