namespace Amana.Linkage;

/// <summary>Turns scored pairs into decisions about groups.</summary>
public static class Grouping
{
    /// <summary>Takes pairs from the heaviest on and leaves out those of which one side already has its partner.</summary>
    public static IReadOnlyList<ScoredPair> OneToOne(IEnumerable<ScoredPair> pairs)
    {
        var (left, right) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var links = new List<ScoredPair>();
        foreach (var pair in pairs.OrderByDescending(p => p.Bits).ThenBy(p => p.Left, StringComparer.Ordinal).ThenBy(p => p.Right, StringComparer.Ordinal))
        {
            if (left.Contains(pair.Left) || right.Contains(pair.Right))
                continue;
            left.Add(pair.Left);
            right.Add(pair.Right);
            links.Add(pair);
        }

        return links;
    }

    /// <summary>
    /// Groups of ids that are joined by links, directly or through others (connected components), of two or more, in order of first appearance.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<T>> Connected<T>(IEnumerable<(T A, T B)> links)
        where T : notnull
    {
        var parent = new Dictionary<T, T>();
        T Root(T id)
        {
            parent.TryAdd(id, id);
            while (!parent[id].Equals(id))
                id = parent[id] = parent[parent[id]];
            return id;
        }

        foreach (var (a, b) in links)
        {
            var (rootA, rootB) = (Root(a), Root(b));
            if (!rootA.Equals(rootB))
                parent[rootB] = rootA;
        }

        return [.. parent.Keys.ToList().GroupBy(Root).Select(g => (IReadOnlyList<T>)[.. g])];
    }

    /// <summary>All pairs within the groups.</summary>
    public static IEnumerable<(T A, T B)> PairsWithin<T>(IEnumerable<IReadOnlyList<T>> groups) =>
        groups.SelectMany(g => g.SelectMany((a, i) => g.Skip(i + 1).Select(b => (a, b))));
}

/// <summary>How well found pairs agree with the truth, counted by pairs.</summary>
public sealed record Evaluation(long Right, long Wrong, long Missed)
{
    /// <summary>Share of found pairs that are right; 1 if none was found.</summary>
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    /// <summary>Share of true pairs that were found; 1 if there are none.</summary>
    public double Recall => Right + Missed == 0 ? 1 : (double)Right / (Right + Missed);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1 => Right == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Compares two sets of pairs of ids; with <paramref name="ordered"/> false, (a, b) and (b, a) are one pair.</summary>
    public static Evaluation Of(IEnumerable<(string A, string B)> found, IEnumerable<(string A, string B)> truth, bool ordered = true)
    {
        (string, string) Key((string A, string B) p) => ordered || string.CompareOrdinal(p.A, p.B) <= 0 ? p : (p.B, p.A);
        var (mine, real) = (found.Select(Key).ToHashSet(), truth.Select(Key).ToHashSet());
        var right = mine.Count(real.Contains);
        return new(right, mine.Count - right, real.Count - right);
    }
}
