namespace Amana.Disclosure;

/// <summary>
/// l-diversity (Machanavajjhala et al. 2007): how varied a sensitive variable is among records that cannot be told apart. Where all
/// of them have the same value, nobody needs to be singled out to be found out.
/// </summary>
public sealed class LDiversity
{
    private readonly KeyClasses _classes;
    private readonly int[][] _sorted;
    private readonly int[] _distinct;
    private readonly double[] _entropy;

    private LDiversity(KeyClasses classes, int[][] sorted)
    {
        _classes = classes;
        _sorted = sorted;
        _distinct = [.. sorted.Select(counts => counts.Length)];
        _entropy = [.. sorted.Select(EntropyOf)];
    }

    /// <summary>The least distinct values of any group; 0 without rows, or where a group's values are all missing.</summary>
    public int SmallestDistinct => _distinct.Length == 0 ? 0 : _distinct.Min();

    /// <summary>The least entropy l of any group.</summary>
    public double SmallestEntropy => _entropy.Length == 0 ? 0 : _entropy.Min();

    /// <summary>Measures one sensitive variable, which is not among the keys.</summary>
    public static LDiversity Measure(Microdata microdata, IEnumerable<string> keys, string sensitive)
    {
        var classes = KeyClasses.Of(microdata, keys);
        var groups = new SensitiveGroups(classes, microdata[sensitive]);
        var sorted = new int[classes.Count][];
        for (var c = 0; c < sorted.Length; c++)
            sorted[c] = [.. groups.Of(c).Where(n => n > 0).OrderDescending()];
        return new LDiversity(classes, sorted);
    }

    /// <summary>Number of different values in the group of a row.</summary>
    public int Distinct(int row) => _distinct[_classes.ClassOfRow[row]];

    /// <summary>exp(−Σ p ln p) in the group of a row: the number of equally frequent values that would be as varied.</summary>
    public double Entropy(int row) => _entropy[_classes.ClassOfRow[row]];

    /// <summary>Recursive (c, l)-diversity in the group of a row: r₁ &lt; c·(r_l + … + r_m), r the counts in falling order.</summary>
    public bool IsRecursive(int row, double c, int l)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(l, 1);
        var counts = _sorted[_classes.ClassOfRow[row]];
        return counts.Length > 0 && counts[0] < c * counts.Skip(l - 1).Sum(n => (double)n);
    }

    /// <summary>Number of records in groups with fewer than l different values.</summary>
    public int ViolatorCount(int l)
    {
        var rows = 0;
        for (var c = 0; c < _distinct.Length; c++)
            rows += _distinct[c] < l ? _classes.Sizes[c] : 0;
        return rows;
    }

    private static double EntropyOf(int[] counts)
    {
        double n = counts.Sum();
        return counts.Length == 0 ? 0 : Math.Exp(-counts.Sum(c => c / n * Math.Log(c / n)));
    }
}
