using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>
/// The rows of microdata grouped by their combination of key variables (equivalence classes). A missing value is a category of its
/// own here; <see cref="KAnonymity"/> treats it as the wildcard that it is. Time and memory are linear in rows × keys.
/// </summary>
public sealed class KeyClasses
{
    private readonly int[] _classOfRow;
    private readonly int[] _sizes;
    private readonly double[] _weights;
    private readonly int[] _firstRow;

    private KeyClasses(Microdata microdata, ImmutableArray<Column> keys, int[] classOfRow, int count)
    {
        Microdata = microdata;
        Keys = keys;
        _classOfRow = classOfRow;
        _sizes = new int[count];
        _weights = new double[count];
        _firstRow = new int[count];
        for (var row = classOfRow.Length - 1; row >= 0; row--)
        {
            var c = classOfRow[row];
            _sizes[c]++;
            _weights[c] += microdata.WeightArray?[row] ?? 1;
            _firstRow[c] = row;
        }
    }

    public Microdata Microdata { get; }

    public ImmutableArray<Column> Keys { get; }

    /// <summary>Number of different combinations.</summary>
    public int Count => _sizes.Length;

    /// <summary>Class of each row; classes are numbered by their first row.</summary>
    public ReadOnlySpan<int> ClassOfRow => _classOfRow;

    /// <summary>Rows of each class.</summary>
    public ReadOnlySpan<int> Sizes => _sizes;

    /// <summary>Sum of the weights of each class (rows, without weights).</summary>
    public ReadOnlySpan<double> Weights => _weights;

    internal int[] SizeArray => _sizes;

    internal double[] WeightArray => _weights;

    internal int[] RowClasses => _classOfRow;

    /// <summary>Groups by the named columns. Refuses (throws on) an empty list of keys and a column that is not there.</summary>
    public static KeyClasses Of(Microdata microdata, IEnumerable<string> keys)
    {
        ImmutableArray<Column> columns = [.. keys.Select(k => microdata[k])];
        if (columns.IsEmpty)
            throw new ArgumentException("At least one key variable is needed.", nameof(keys));
        var (classes, count) = Group(columns, microdata.RowCount);
        return new KeyClasses(microdata, columns, classes, count);
    }

    /// <summary>The code of a key in a class, or <see cref="Column.Missing"/>.</summary>
    public int Code(int key, int @class) => Keys[key].CodeArray[_firstRow[@class]];

    /// <summary>The codes of one key, class by class.</summary>
    internal int[] CodesOf(int key)
    {
        var codes = Keys[key].CodeArray;
        var own = new int[Count];
        for (var c = 0; c < own.Length; c++)
            own[c] = codes[_firstRow[c]];
        return own;
    }

    /// <summary>Rows listed class by class: the rows of class c stand at starts[c] up to starts[c + 1].</summary>
    internal (int[] Starts, int[] Rows) RowsByClass()
    {
        var starts = new int[Count + 1];
        for (var c = 0; c < Count; c++)
            starts[c + 1] = starts[c] + _sizes[c];
        var next = starts.AsSpan(0, Count).ToArray();
        var rows = new int[_classOfRow.Length];
        for (var row = 0; row < rows.Length; row++)
            rows[next[_classOfRow[row]]++] = row;
        return (starts, rows);
    }

    /// <summary>Mixed-radix packing into 64 bits; where the next key would not fit, what is packed so far is first numbered densely.</summary>
    private static (int[] Classes, int Count) Group(ImmutableArray<Column> keys, int rows)
    {
        var packed = new ulong[rows];
        var range = 1UL;
        foreach (var key in keys)
        {
            var radix = (ulong)key.Categories.Length + 1;
            if (range > ulong.MaxValue / radix)
                range = Renumber(packed);
            var codes = key.CodeArray;
            for (var row = 0; row < rows; row++)
                packed[row] = (packed[row] * radix) + (ulong)(codes[row] + 1);
            range *= radix;
        }

        var index = new NumberIndex(1024);
        var classes = new int[rows];
        for (var row = 0; row < rows; row++)
            classes[row] = index.IdOf(packed[row]);
        return (classes, index.Count);
    }

    internal static ulong Renumber(ulong[] packed)
    {
        var index = new NumberIndex(1024);
        for (var row = 0; row < packed.Length; row++)
            packed[row] = (ulong)index.IdOf(packed[row]);
        return (ulong)index.Count;
    }
}
