using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>
/// A file of records about people, held by column (an int code per value, no object per row), with optional sampling weights and
/// households. Immutable: every method answers with new microdata that share the columns that did not change. Has no concept of
/// who is in it: direct identifiers do not belong here.
/// </summary>
public sealed class Microdata
{
    private readonly Dictionary<string, Column> _byName = new(StringComparer.Ordinal);
    private readonly double[]? _weights;

    private Microdata(ImmutableArray<Column> columns, int rows, double[]? weights, Column? household)
    {
        Columns = columns;
        RowCount = rows;
        _weights = weights;
        Household = household;
        foreach (var column in columns)
        {
            if (column.RowCount != rows)
                throw new ArgumentException($"Column {column.Name} has {column.RowCount} rows, not {rows}.", nameof(columns));
            if (!_byName.TryAdd(column.Name, column))
                throw new ArgumentException($"Two columns are named {column.Name}.", nameof(columns));
        }
    }

    public ImmutableArray<Column> Columns { get; }

    public int RowCount { get; }

    /// <summary>Whether records stand for more people than themselves. Without weights the file is taken as a full census.</summary>
    public bool IsWeighted => _weights is not null;

    /// <summary>Sampling weight of each row; empty without weights.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The column that says which rows live together, or null.</summary>
    public Column? Household { get; }

    internal double[]? WeightArray => _weights;

    /// <summary>The column of that name; throws where there is none.</summary>
    public Column this[string name] =>
        _byName.TryGetValue(name, out var column) ? column : throw new ArgumentException($"There is no column {name}.", nameof(name));

    /// <summary>Puts columns of equal length and different names together.</summary>
    public static Microdata FromColumns(IEnumerable<Column> columns)
    {
        ImmutableArray<Column> all = [.. columns];
        return new Microdata(all, all.Length == 0 ? 0 : all[0].RowCount, null, null);
    }

    /// <summary>Encodes rows of strings, one string per name; null and the empty string are missing. Throws on a row of another length.</summary>
    public static Microdata FromRows(IReadOnlyList<string> names, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var encoders = names.Select(name => new ColumnEncoder(name)).ToArray();
        foreach (var row in rows)
        {
            if (row.Count != encoders.Length)
                throw new ArgumentException($"A row has {row.Count} values for {encoders.Length} columns.", nameof(rows));
            for (var i = 0; i < encoders.Length; i++)
            {
                if (string.IsNullOrEmpty(row[i]))
                    encoders[i].AddMissing();
                else
                    encoders[i].Add(row[i]);
            }
        }

        return FromColumns(encoders.Select(e => e.Build()));
    }

    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>The same data with another column in place of the one of its name (or added, where there is none).</summary>
    public Microdata With(Column column)
    {
        var at = Columns.IndexOf(Columns.FirstOrDefault(c => string.Equals(c.Name, column.Name, StringComparison.Ordinal))!);
        var columns = at < 0 ? Columns.Add(column) : Columns.SetItem(at, column);
        return new Microdata(columns, Columns.Length == 0 ? column.RowCount : RowCount, _weights, Household);
    }

    /// <summary>The same data without a column.</summary>
    public Microdata Without(string name) => new(Columns.Remove(this[name]), RowCount, _weights, Household);

    /// <summary>The same data with only these rows, in the order given.</summary>
    public Microdata Rows(IEnumerable<int> rows)
    {
        int[] kept = [.. rows];
        Column Pick(Column c) => Column.Own(c.Name, Array.ConvertAll(kept, row => c.CodeArray[row]), c.Categories);
        var weights = _weights is null ? null : Array.ConvertAll(kept, row => _weights[row]);
        return new Microdata([.. Columns.Select(Pick)], kept.Length, weights, Household is null ? null : Pick(Household));
    }

    /// <summary>Takes a column as sampling weights and out of the variables. Refuses a weight that is missing, not a number or not above 0.</summary>
    public Answer<Microdata> WeightedBy(string name)
    {
        switch (this[name].Numbers())
        {
            case Answer<double[]>.Given { Value: var weights }:
                var bad = Array.FindIndex(weights, w => !(w > 0));
                return bad >= 0
                    ? new Answer<Microdata>.Refused(new Fault("weight.not-positive", bad + 1, name))
                    : new Answer<Microdata>.Given(new Microdata(Columns.Remove(this[name]), RowCount, weights, Household));
            case Answer<double[]>.Refused { Fault: var fault }:
                return new Answer<Microdata>.Refused(fault);
            default:
                throw new InvalidOperationException("An answer is given or refused.");
        }
    }

    /// <summary>Takes a column as the household and out of the variables. A row without one lives alone.</summary>
    public Microdata InHouseholdsOf(string name) => new(Columns.Remove(this[name]), RowCount, _weights, this[name]);
}
