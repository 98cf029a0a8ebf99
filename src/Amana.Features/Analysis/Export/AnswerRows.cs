using System.Text.Json;

namespace Amana.Features.Analysis.Export;

/// <summary>Reads the rows of one table out of the coded answers of one record after the other. Its cells are used again for each record.</summary>
internal sealed class AnswerRows
{
    private readonly AnswerTable _table;
    private readonly Dictionary<string, string>?[] _labels;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _places;
    private readonly List<string?[]> _rows = [];
    private readonly List<string> _turns = [];
    private char[] _path = new char[256];
    private char[] _plain = new char[256];
    private int _used;

    /// <param name="table">The table.</param>
    /// <param name="labels">The language of the labels that stand for codes; none leaves codes.</param>
    public AnswerRows(AnswerTable table, string? labels)
    {
        _table = table;
        _places = table.Places.GetAlternateLookup<ReadOnlySpan<char>>();
        _labels = [.. table.Columns.Select(c => labels is null || !c.Element.IsCoded ? null : c.Element.Choices.DistinctBy(x => x.Code).ToDictionary(x => x.Code, x => x.Label.In(labels) is { Length: > 0 } label ? label : x.Code, StringComparer.Ordinal))];
    }

    /// <summary>The rows of one record. They are good until the next call.</summary>
    /// <param name="code">The record's code, which is its key.</param>
    /// <param name="answers">Its coded answers as its box holds them.</param>
    public IEnumerable<IReadOnlyList<string?>> Of(string code, byte[] answers)
    {
        (_used, var isRecords) = (0, _table.Repeat is null);
        _turns.Clear();
        if (isRecords)
            Next()[0] = code;
        Read(code, answers, isRecords);
        return _rows.Take(_used);
    }

    private void Read(string code, byte[] answers, bool isRecords)
    {
        var json = new Utf8JsonReader(answers);
        var (at, length) = (-1, 0);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            var (isPath, isValue) = (json.ValueTextEquals("P"u8), json.ValueTextEquals("V"u8));
            json.Read();
            if (isPath)
                at = Place(ref json, out length);
            else if (isValue && at >= 0 && json.GetString() is { Length: > 0 } value)
                Set(isRecords ? _rows[0] : Turn(code, _path.AsSpan(0, length)), at, value);
        }
    }

    private int Place(ref Utf8JsonReader json, out int length)
    {
        if (json.ValueSpan.Length > _path.Length)
            (_path, _plain) = (new char[json.ValueSpan.Length * 2], new char[json.ValueSpan.Length * 2]);
        length = json.CopyString(_path);
        var (kept, inside) = (0, false);
        foreach (var c in _path.AsSpan(0, length))
        {
            inside = c == '[' || (inside && c != ']');
            if (!inside && c != ']')
                _plain[kept++] = c;
        }

        return _places.TryGetValue(_plain.AsSpan(0, kept), out var at) ? at : -1;
    }

    private string?[] Turn(string code, ReadOnlySpan<char> path)
    {
        var turn = path[.._table.TurnLength(path)];
        for (var i = _used - 1; i >= 0; i--)
            if (turn.SequenceEqual(_turns[i]))
                return _rows[i];
        _turns.Add(turn.ToString());
        var row = Next();
        (row[0], row[1]) = _table.KeysOf(code, path);
        return row;
    }

    private string?[] Next()
    {
        if (_used == _rows.Count)
            _rows.Add(new string?[_table.Head.Count]);
        Array.Clear(_rows[_used]);
        return _rows[_used++];
    }

    /// <summary>Where the same question comes in turns and has no table, the first answer stands.</summary>
    private void Set(string?[] row, int column, string value)
    {
        var at = column + _table.Keys.Count;
        if (row[at] is not null)
            return;
        row[at] = _labels[column] is { } labels ? Labels(labels, value, AnswerTable.IsMultiple(_table.Columns[column].Element)) : value;
        for (var i = column + 1; i < _table.Columns.Count && _table.Columns[i].Choice is { } choice; i++)
            row[at + i - column] = value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(choice, StringComparer.Ordinal) ? "1" : "0";
    }

    private static string Labels(Dictionary<string, string> labels, string value, bool many) => many
        ? string.Join("; ", value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => labels.GetValueOrDefault(c, c)))
        : labels.GetValueOrDefault(value, value);
}
