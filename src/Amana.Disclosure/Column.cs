using System.Collections.Immutable;
using System.Globalization;

namespace Amana.Disclosure;

/// <summary>
/// One variable, dictionary-encoded: an int code per row and the list of categories the codes point to. Has no concept of a number;
/// what is to be counted or compared is a category, what is to be summed is read by <see cref="Numbers"/>.
/// </summary>
public sealed class Column
{
    /// <summary>The code of a value that is not there.</summary>
    public const int Missing = -1;

    private static readonly NumberFormatInfo s_comma = new() { NumberDecimalSeparator = "," };

    private readonly int[] _codes;

    private Column(string name, int[] codes, ImmutableArray<string> categories)
    {
        Name = name;
        _codes = codes;
        Categories = categories;
    }

    public string Name { get; }

    /// <summary>The categories in the order of their codes.</summary>
    public ImmutableArray<string> Categories { get; }

    /// <summary>Per row an index into <see cref="Categories"/>, or <see cref="Missing"/>.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    public int RowCount => _codes.Length;

    internal int[] CodeArray => _codes;

    /// <summary>The value of one row, or null where it is missing.</summary>
    public string? this[int row] => _codes[row] == Missing ? null : Categories[_codes[row]];

    /// <summary>Takes codes and categories as they are (in the order the caller gives them). Refuses a code outside the categories.</summary>
    public static Column FromCodes(string name, IEnumerable<int> codes, IEnumerable<string> categories)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        int[] own = [.. codes];
        ImmutableArray<string> labels = [.. categories];
        foreach (var code in own)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)(code + 1), (uint)labels.Length + 1, nameof(codes));
        return new Column(name, own, labels);
    }

    /// <summary>
    /// Encodes values; null is missing. Categories are sorted (as numbers when all are numbers, else ordinally), so that
    /// nothing computed from codes depends on the order of the rows.
    /// </summary>
    public static Column FromValues(string name, IEnumerable<string?> values)
    {
        var encoder = new ColumnEncoder(name);
        foreach (var value in values)
        {
            if (value is null)
                encoder.AddMissing();
            else
                encoder.Add(value);
        }

        return encoder.Build();
    }

    /// <summary>
    /// The values as numbers (missing as NaN), or a refusal naming the first line that is not a number. Written with a point; or with a comma where
    /// no value has a point and not every comma has three digits behind it, which could be thousands.
    /// </summary>
    public Answer<double[]> Numbers()
    {
        var parsed = new double[Categories.Length];
        var bad = new bool[Categories.Length];
        var written = WritesDecimalComma() ? s_comma : CultureInfo.InvariantCulture.NumberFormat;
        for (var i = 0; i < parsed.Length; i++)
            bad[i] = !double.TryParse(Categories[i], NumberStyles.Float, written, out parsed[i]) || !double.IsFinite(parsed[i]);
        var numbers = new double[_codes.Length];
        for (var row = 0; row < numbers.Length; row++)
        {
            var code = _codes[row];
            if (code != Missing && bad[code])
                return new Answer<double[]>.Refused(new Fault("column.not-a-number", row + 1, Name));
            numbers[row] = code == Missing ? double.NaN : parsed[code];
        }

        return new Answer<double[]>.Given(numbers);
    }

    private bool WritesDecimalComma()
    {
        var commas = Categories.Where(c => c.Contains(',', StringComparison.Ordinal)).ToList();
        return commas.Count > 0 && !Categories.Any(c => c.Contains('.', StringComparison.Ordinal)) && commas.Exists(c => c.Length - c.IndexOf(',', StringComparison.Ordinal) != 4);
    }

    internal static Column Own(string name, int[] codes, ImmutableArray<string> categories) => new(name, codes, categories);
}

/// <summary>Collects one column's values into codes while they stream past.</summary>
internal sealed class ColumnEncoder(string name)
{
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private int[] _codes = new int[256];
    private int _count;

    public void Add(ReadOnlySpan<char> value)
    {
        var lookup = _codeOf.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(value, out var code))
        {
            code = _codeOf.Count;
            lookup[value] = code;
        }

        Append(code);
    }

    public void AddMissing() => Append(Column.Missing);

    public Column Build()
    {
        var found = new string[_codeOf.Count];
        foreach (var (value, code) in _codeOf)
            found[code] = value;
        var order = SortedOrder(found);
        var newCode = new int[found.Length];
        for (var i = 0; i < order.Length; i++)
            newCode[order[i]] = i;
        var codes = new int[_count];
        for (var row = 0; row < codes.Length; row++)
            codes[row] = _codes[row] == Column.Missing ? Column.Missing : newCode[_codes[row]];
        return Column.Own(name, codes, [.. order.Select(i => found[i])]);
    }

    private static int[] SortedOrder(string[] values)
    {
        var numbers = new double[values.Length];
        var numeric = true;
        for (var i = 0; i < values.Length && numeric; i++)
            numeric = double.TryParse(values[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]);
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(order, (a, b) =>
        {
            var byNumber = numeric ? numbers[a].CompareTo(numbers[b]) : 0;
            return byNumber != 0 ? byNumber : string.CompareOrdinal(values[a], values[b]);
        });
        return order;
    }

    private void Append(int code)
    {
        if (_count == _codes.Length)
            Array.Resize(ref _codes, _count * 2);
        _codes[_count++] = code;
    }
}
