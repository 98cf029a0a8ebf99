using Amana.Domain.Forms;

namespace Amana.Features.Analysis.Export;

/// <summary>A column of an export: the element, and for a multiple selection that is split the choice.</summary>
internal sealed record AnswerColumn(string Heading, Element Element, string? Choice = null)
{
    public CellKind Kind => Choice is not null || Element.Type is "integer" or "int" or "decimal" ? CellKind.Number : Element.Type is "date" or "today" ? CellKind.Day : CellKind.Text;
}

/// <summary>One table of an export: the records, or the turns of one repeat. Keys as ODK Central has them: a turn's <c>KEY</c> is its record's with the way to the turn, and <c>PARENT_KEY</c>
/// is the key of what it stands in.</summary>
internal sealed class AnswerTable
{
    private readonly bool[] _repeats;

    private AnswerTable(string name, string? repeat, IReadOnlyCollection<string> repeats, IReadOnlyList<AnswerColumn> columns)
    {
        (Name, Repeat, Columns) = (name, repeat, columns);
        var steps = repeat is null ? [] : repeat.Split('/', StringSplitOptions.RemoveEmptyEntries);
        _repeats = [.. steps.Select((_, i) => repeats.Contains("/" + string.Join('/', steps.Take(i + 1))))];
        ParentDepth = Array.LastIndexOf(_repeats, true, Math.Max(0, _repeats.Length - 2));
        for (var i = 0; i < columns.Count; i++)
            Places.TryAdd(columns[i].Element.Path, i);
        Head = [.. Keys, .. columns.Select(c => c.Heading)];
        Kinds = [.. Keys.Select(_ => CellKind.Text), .. columns.Select(c => c.Kind)];
    }

    public string Name { get; }

    /// <summary>The repeat's path without positions; none for the records themselves.</summary>
    public string? Repeat { get; }

    public IReadOnlyList<AnswerColumn> Columns { get; }

    /// <summary>The first column of each element, by its path.</summary>
    public Dictionary<string, int> Places { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Keys => Repeat is null ? ["KEY"] : ["KEY", "PARENT_KEY"];

    public IReadOnlyList<string> Head { get; }

    public IReadOnlyList<CellKind> Kinds { get; }

    private int ParentDepth { get; }

    /// <summary>Which elements go into which table. Without tables for repeats all go into one.</summary>
    /// <param name="elements">The elements, each path once, in the order of the form.</param>
    /// <param name="repeats">Paths of the repeats; none puts all into one table.</param>
    /// <param name="split">Whether a multiple selection has a column for each choice besides.</param>
    public static IReadOnlyList<AnswerTable> Of(IReadOnlyList<Element> elements, IReadOnlyCollection<string> repeats, bool split)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. elements.GroupBy(e => Inner(e.Path, repeats)).OrderBy(g => g.Key is not null).Select(g => new AnswerTable(Unique(g.Key is null ? "records" : g.Key[(g.Key.LastIndexOf('/') + 1)..], names), g.Key, repeats,
            [.. g.SelectMany(e => ColumnsOf(e, g.Key, split))]))];
    }

    /// <summary>The keys of the turn that an answer stands in, written from the record's key and the answer's path; none when the path does not lead into this repeat.</summary>
    public (string Key, string Parent) KeysOf(string record, ReadOnlySpan<char> path)
    {
        var key = new System.Text.StringBuilder(record, 96);
        var parent = record;
        var depth = 0;
        foreach (var range in path[1..].Split('/'))
        {
            if (depth >= _repeats.Length)
                break;
            var step = path[1..][range];
            var repeats = _repeats[depth];
            if (depth > 0)
                key.Append('/').Append(step).Append(repeats && !step.EndsWith("]", StringComparison.Ordinal) ? "[1]" : "");
            if (depth == ParentDepth && repeats)
                parent = key.ToString();
            depth++;
        }

        return (key.ToString(), parent);
    }

    /// <summary>The length of the part of a path with positions that leads to the turn.</summary>
    public int TurnLength(ReadOnlySpan<char> path)
    {
        var at = 0;
        for (var depth = 0; depth < _repeats.Length; depth++)
        {
            var next = path[(at + 1)..].IndexOf('/');
            at = next < 0 ? path.Length : at + 1 + next;
        }

        return at;
    }

    private static IEnumerable<AnswerColumn> ColumnsOf(Element element, string? repeat, bool split)
    {
        var heading = element.Path[((repeat?.Length ?? element.Path.IndexOf('/', 1)) + 1)..];
        yield return new AnswerColumn(heading, element);
        if (split && IsMultiple(element))
            foreach (var choice in element.Choices)
                yield return new AnswerColumn(heading + "/" + choice.Code, element, choice.Code);
    }

    public static bool IsMultiple(Element element) =>
        element.IsCoded && (element.Type.Contains("multiple", StringComparison.Ordinal) || element.Type.Contains("all that apply", StringComparison.Ordinal) || element.Type == "rank");

    private static string? Inner(string path, IReadOnlyCollection<string> repeats) =>
        repeats.Where(r => path.Length > r.Length && path[r.Length] == '/' && path.StartsWith(r, StringComparison.Ordinal)).MaxBy(r => r.Length);

    private static string Unique(string name, HashSet<string> names)
    {
        var unique = name;
        for (var n = 1; !names.Add(unique); n++)
            unique = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}~{n}");
        return unique;
    }
}
