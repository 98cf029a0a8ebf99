using Amana.XForms.Evaluation;

namespace Amana.XForms.Reading;

/// <summary>Expressions that no client can read. The reference converter lets them pass, and then phones refuse the whole form, or a question stays hidden in silence; so they are told here, with what to write instead.</summary>
internal static class ExpressionChecks
{
    private static readonly HashSet<string> Rules = ["relevant", "constraint", "calculate", "required", "readonly"];

    public static void Check(IEnumerable<FormNode> nodes, SurveyContext context)
    {
        foreach (var node in FormTree.All(nodes).Where(n => n.Row > 0))
        {
            foreach (var rule in node.Bind.Where(b => Rules.Contains(b.Name)))
                One(node, rule.Name, rule.Value, context);
            if (node is FormQuestion { ChoiceFilter: { } filter })
                One(node, "choice_filter", filter, context);
        }
    }

    private static void One(FormNode node, string rule, string text, SurveyContext context)
    {
        if (text.Length == 0 || text.Length > EvaluationLimits.Standard.Length || BindWords.YesNo(text) is not null || !References.TryAll(text, out _))
            return; // what is wrong with references is told already
        var place = new FormPlace(context.Table.Sheet.Name, node.Row, context.Table.Written(rule));
        if (rule is "required" or "readonly" && text.All(char.IsLetter))
        {
            context.Log.Warn(FormProblem.Unreadable, $"'{text}' is not understood in the column '{place.Column}'. Write yes or no.", place);
            return;
        }

        var expanded = References.Replace(text, static _ => " /x ");
        if (Parser.Parse(expanded, EvaluationLimits.Standard, out var problem) is null || InvisibleCharacters.In(OutsideQuotes(expanded)) is not null)
            context.Log.Warn(FormProblem.Unreadable, $"This expression cannot be read, and phones refuse a form with it. {Remedy(OutsideQuotes(expanded)) ?? problem?.Message}", place);
    }

    private static string? Remedy(string text)
    {
        if (InvisibleCharacters.In(text) is { } unseen)
            return $"It holds {unseen}. Delete it and type a plain blank.";
        if (text.AsSpan().IndexOfAny('$', '{') >= 0)
            return "A reference to a question is misspelt. Write ${name}, without blanks.";
        if (text.Contains("==", StringComparison.Ordinal))
            return "For 'is equal' write = once.";
        if (text.Contains("<>", StringComparison.Ordinal) || text.Contains('≠', StringComparison.Ordinal))
            return "For 'is not equal' write !=.";
        if (text.AsSpan().IndexOfAny('≤', '≥') >= 0)
            return "Write <= or >=, as two signs.";
        if (text.Any(c => c > 127 && (char.IsDigit(c) || c is >= '！' and <= '～')))
            return "Write digits and signs as on a Latin keyboard: 0 to 9, <, >, =.";
        if (Words(text).Any(w => w is "AND" or "OR" or "DIV" or "MOD" or "And" or "Or"))
            return "Write and, or, div and mod in small letters.";
        return Words(text).Any(w => w is "&&" or "||") ? "Write the words and, or." : null;
    }

    private static string[] Words(string text) => text.Split([' ', '(', ')', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static string OutsideQuotes(string text)
    {
        var (kept, quote) = (new System.Text.StringBuilder(text.Length), '\0');
        foreach (var c in text)
        {
            if (quote == '\0' && c is '\'' or '"')
                quote = c;
            else if (c == quote)
                quote = '\0';
            else if (quote == '\0')
                kept.Append(c);
        }

        return kept.ToString();
    }
}

/// <summary>Characters that are there and cannot be seen: copied in from web pages and documents, and found by nobody.</summary>
internal static class InvisibleCharacters
{
    /// <summary>The first one, in words; null when there is none. Blanks, tabs and line ends are seen well enough.</summary>
    public static string? In(string text)
    {
        foreach (var c in text)
            if (Is(c))
                return FormattableString.Invariant($"an invisible character (U+{(int)c:X4})");
        return null;
    }

    /// <summary>The text without them at its ends and inside; a no-break blank becomes a plain one.</summary>
    public static string Without(string text) => In(text) is null ? text : string.Concat(text.Select(c => c is '\u00a0' or '\u202f' ? " " : Is(c) ? "" : c.ToString()));

    private static bool Is(char c) => c is '\u00a0' or '\u202f' or '\u00ad' or '\ufeff' or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u2069');
}
