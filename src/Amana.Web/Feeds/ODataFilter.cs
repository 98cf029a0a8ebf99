using System.Globalization;
using System.Text;

namespace Amana.Web.Feeds;

/// <summary>A condition of OData: <c>eq ne gt ge lt le and or not in</c>, brackets, <c>contains startswith endswith</c>, on text, numbers and null. Depth and length are limited.</summary>
public sealed class ODataFilter
{
    private const int Longest = 2000;
    private const int Deepest = 30;

    private readonly List<string> _words;
    private readonly Dictionary<string, ODataProperty> _properties;
    private int _at;
    private int _depth;

    private ODataFilter(string text, IReadOnlyList<ODataProperty> properties) => (_words, _properties) = (Words(text), properties.ToDictionary(p => p.Name, StringComparer.Ordinal));

    /// <summary>How values are ordered: nothing first, then numbers, then text by its characters.</summary>
    public static IComparer<object?> Values { get; } = Comparer<object?>.Create(Compare);

    public static Func<IReadOnlyDictionary<string, object?>, bool> Parse(string text, IReadOnlyList<ODataProperty> properties)
    {
        if (text.Length > Longest)
            throw new FormatException("The condition is too long.");
        var filter = new ODataFilter(text, properties);
        var condition = filter.Or();
        return filter._at == filter._words.Count ? condition : throw new FormatException("'" + filter._words[filter._at] + "' was not expected.");
    }

    private Func<IReadOnlyDictionary<string, object?>, bool> Or()
    {
        if (++_depth > Deepest)
            throw new FormatException("The condition is nested too deep.");
        var left = And();
        while (Takes("or"))
        {
            var (first, second) = (left, And());
            left = line => first(line) || second(line);
        }

        _depth--;
        return left;
    }

    private Func<IReadOnlyDictionary<string, object?>, bool> And()
    {
        var left = Not();
        while (Takes("and"))
        {
            var (first, second) = (left, Not());
            left = line => first(line) && second(line);
        }

        return left;
    }

    private Func<IReadOnlyDictionary<string, object?>, bool> Not()
    {
        if (Takes("not"))
        {
            if (++_depth > Deepest)
                throw new FormatException("The condition is nested too deep.");
            var inner = Not();
            _depth--;
            return line => !inner(line);
        }

        if (!Takes("("))
            return Comparison();
        var within = Or();
        Needs(")");
        return within;
    }

    private Func<IReadOnlyDictionary<string, object?>, bool> Comparison()
    {
        if (Peek() is "contains" or "startswith" or "endswith")
        {
            var name = Next();
            Needs("(");
            var (text, comma, part) = (Operand(), Next(), Operand());
            Needs(comma == "," ? ")" : ",");
            return line => text(line) is string whole && part(line) is string searched && name switch
            {
                "contains" => whole.Contains(searched, StringComparison.Ordinal), "startswith" => whole.StartsWith(searched, StringComparison.Ordinal), _ => whole.EndsWith(searched, StringComparison.Ordinal),
            };
        }

        var left = Operand();
        var word = Next();
        if (word == "in")
        {
            Needs("(");
            var list = new List<Func<IReadOnlyDictionary<string, object?>, object?>> { Operand() };
            while (Takes(","))
                list.Add(Operand());
            Needs(")");
            return line => list.Exists(value => Equal(left(line), value(line)));
        }

        var right = Operand();
        return word switch
        {
            "eq" => line => Equal(left(line), right(line)), "ne" => line => !Equal(left(line), right(line)),
            "gt" => line => Ordered(left(line), right(line)) > 0, "ge" => line => Ordered(left(line), right(line)) >= 0,
            "lt" => line => Ordered(left(line), right(line)) is < 0 and > int.MinValue, "le" => line => Ordered(left(line), right(line)) is <= 0 and > int.MinValue,
            _ => throw new FormatException("'" + word + "' is no comparison that is understood."),
        };
    }

    private Func<IReadOnlyDictionary<string, object?>, object?> Operand()
    {
        var word = Next();
        if (word[0] == '\'')
        {
            var text = word[1..^1].Replace("''", "'", StringComparison.Ordinal);
            return _ => text;
        }

        if (word == "null")
            return _ => null;
        if (decimal.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return _ => number;
        if (DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return _ => moment;
        return _properties.ContainsKey(word) ? line => line[word] : throw new FormatException("There is no property '" + word + "'.");
    }

    private static bool Equal(object? a, object? b) => a is null || b is null ? a is null && b is null : Compare(a, b) == 0;

    /// <summary>Nothing is neither more nor less than anything.</summary>
    private static int Ordered(object? a, object? b) => a is null || b is null ? int.MinValue : Math.Sign(Compare(a, b));

    private static int Compare(object? a, object? b) => (a, b) switch
    {
        (null, null) => 0, (null, _) => -1, (_, null) => 1,
        (string x, string y) => string.CompareOrdinal(x, y),
        (DateTimeOffset x, DateTimeOffset y) => x.CompareTo(y),
        (string or DateTimeOffset, _) or (_, string or DateTimeOffset) => a is string ? 1 : -1,
        _ => Convert.ToDecimal(a, CultureInfo.InvariantCulture).CompareTo(Convert.ToDecimal(b, CultureInfo.InvariantCulture)),
    };

    private string? Peek() => _at < _words.Count ? _words[_at] : null;

    private string Next() => _at < _words.Count ? _words[_at++] : throw new FormatException("The condition ends too early.");

    private bool Takes(string word)
    {
        if (Peek() != word)
            return false;
        _at++;
        return true;
    }

    private void Needs(string word)
    {
        if (!Takes(word))
            throw new FormatException("'" + word + "' was expected.");
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i])) { i++; continue; }
            var word = new StringBuilder();
            if (text[i] is '(' or ')' or ',')
                word.Append(text[i++]);
            else if (text[i] == '\'')
            {
                do
                {
                    word.Append(text[i++]);
                    while (i < text.Length && text[i] != '\'')
                        word.Append(text[i++]);
                    word.Append(i < text.Length ? text[i++] : throw new FormatException("A text has no end."));
                }
                while (i < text.Length && text[i] == '\'');
            }
            else
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not ('(' or ')' or ',' or '\''))
                    word.Append(text[i++]);
            words.Add(word.ToString());
        }

        return words;
    }
}
