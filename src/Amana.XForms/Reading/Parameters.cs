using Amana.XForms.Workbooks;

namespace Amana.XForms.Reading;

/// <summary>The parameters of a question: key=value pairs with blanks, commas or semicolons between them.</summary>
internal sealed class Parameters
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Values => values;

    public string? this[string key] => values.GetValueOrDefault(key);

    public bool Has(string key) => values.ContainsKey(key);

    public void Set(string key, string value) => values[key] = value;

    public IReadOnlyList<FormAttribute> Attributes => [.. values.Select(v => new FormAttribute(v.Key, v.Value))];

    /// <summary>Keys are read in lower case, and so are values, but for label and value, which name columns of a file.</summary>
    public static Parameters Read(string? text, ProblemLog log, FormPlace place)
    {
        var parameters = new Parameters();
        if (string.IsNullOrWhiteSpace(text))
            return parameters;
        var pieces = Pieces(text);
        for (var i = 0; i < pieces.Count; i += 3)
        {
            if (i + 2 >= pieces.Count || pieces[i] == "=" || pieces[i + 1] != "=" || pieces[i + 2] == "=")
            {
                log.Error("parameters.unreadable", $"The parameters '{text}' cannot be read. Write them as key=value pairs with blanks between them, such as start=1 end=10.", place);
                return parameters;
            }

            var key = pieces[i].ToLowerInvariant();
            parameters.values[key] = key is "label" or "value" ? pieces[i + 2] : pieces[i + 2].ToLowerInvariant();
        }

        return parameters;
    }

    /// <summary>False, with a problem, when there is a key that the type does not take.</summary>
    public bool OnlyHas(ProblemLog log, FormPlace place, params string[] accepted)
    {
        var others = values.Keys.Except(accepted, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (others.Count == 0)
            return true;
        log.Error("parameters.unknown", $"This type of question does not take the parameters {string.Join(", ", others)}. It takes: {string.Join(", ", accepted)}.", place);
        return false;
    }

    /// <summary>False, with a problem, when the parameter is there and is not one of the words.</summary>
    public bool IsOneOf(string key, ProblemLog log, FormPlace place, params string[] words)
    {
        if (this[key] is not { } value || words.Contains(value, StringComparer.Ordinal))
            return true;
        log.Error("parameters.value", $"The parameter {key} is '{value}', but must be {string.Join(" or ", words)}.", place);
        return false;
    }

    private static List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || c is ',' or ';')
            {
                at++;
                continue;
            }

            var end = at + 1;
            while (c != '=' && end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('=' or ',' or ';'))
                end++;
            pieces.Add(text[at..end]);
            at = end;
        }

        return pieces;
    }
}
