using Amana.XForms.Evaluation;

namespace Amana.XForms.Reading;

/// <summary>
/// Expressions that no client can read, and calls to functions that there are not. The reference converter lets them pass, and then phones refuse the whole form, or a question stays hidden in
/// silence; so they are told here, each with what to write instead.
/// </summary>
internal static class ExpressionChecks
{
    private static readonly HashSet<string> Rules = ["relevant", "constraint", "calculate", "required", "readonly"];

    public static void Check(IEnumerable<FormNode> nodes, SurveyContext context)
    {
        var all = FormTree.All(nodes).ToList();
        foreach (var node in all.Where(n => n.Row > 0))
        {
            foreach (var rule in node.Bind.Where(b => Rules.Contains(b.Name)))
                One(rule.Value, Place(node, rule.Name, context), context, rule.Name is "required" or "readonly");
            if (node is FormQuestion { ChoiceFilter: { } filter })
                One(filter, Place(node, "choice_filter", context), context);
            if (node is FormQuestion { Default: { } first, DefaultIsComputed: true })
                Functions(first, Place(node, "default", context), context);
            if (node is FormRepeat { Count: { } count })
                One(Written(count, all), Place(node, "jr:count", context), context);
        }

        if (context.Settings.InstanceName is { } name)
            One(name, new FormPlace("settings", 2, "instance_name"), context);
        foreach (var (entity, place, _) in context.Entities.Declarations)
        {
            foreach (var (column, text) in new[] { ("entity_id", entity.EntityId), ("create_if", entity.CreateIf), ("update_if", entity.UpdateIf), ("label", entity.LabelExpression) })
                One(text ?? "", place with { Column = column }, context);
        }
    }

    private static FormPlace Place(FormNode node, string column, SurveyContext context) => new(context.Table.Sheet.Name, node.Row, context.Table.Written(column));

    /// <summary>The number of turns as its author wrote it: an expression became a calculation of the converter's own.</summary>
    private static string Written(string count, List<FormNode> all) =>
        References.IsOne(count) && all.OfType<FormQuestion>().FirstOrDefault(q => q.Row == 0 && q.Name == References.Match(count, 0)!.Value.Name)?.BindValue("calculate") is { } counted ? counted : count;

    private static void One(string text, FormPlace place, SurveyContext context, bool takesYesNo = false)
    {
        if (IsNone(text) || BindWords.YesNo(text) is not null)
            return;
        if (takesYesNo && text.All(char.IsLetter))
        {
            context.Log.Warn(FormProblem.Unreadable, $"'{text}' is not understood in the column '{place.Column}'. Write yes or no.", place);
            return;
        }

        var (expanded, problems) = Functions(text, place, context);
        var problem = problems.FirstOrDefault(p => p.Kind is not ProblemKind.Function);
        if (problem is not null || InvisibleCharacters.In(OutsideQuotes(expanded)) is not null)
            context.Log.Warn(FormProblem.Unreadable, $"This expression cannot be read, and phones refuse a form with it. {Remedy(OutsideQuotes(expanded)) ?? problem?.Message}", place);
    }

    /// <summary>Tells of each call that means nothing; gives the text with its references expanded, and all that is wrong with it.</summary>
    private static (string Expanded, IReadOnlyList<ExpressionProblem> Problems) Functions(string text, FormPlace place, SurveyContext context)
    {
        if (IsNone(text))
            return (text, []);
        var expanded = References.Replace(text, static _ => " /x ");
        var (syntax, problems) = Parser.Inspect(expanded, EvaluationLimits.Standard);
        foreach (var call in problems.Where(p => p.Kind is ProblemKind.Function).DistinctBy(p => p.Message))
        {
            if (FunctionLibrary.TryFind(call.Subject, out _))
                context.Log.Warn(FormProblem.WrongArguments, $"{call.Message} Phones refuse a form with it.", place);
            else
                context.Log.Warn(FormProblem.NoSuchFunction, $"There is no function '{call.Subject}', and phones refuse a form with it. {FunctionAdvice.For(call.Subject)}", place);
        }

        var webOnly = new SortedDictionary<string, string>(StringComparer.Ordinal);
        PathResolver.Calls(syntax, function =>
        {
            if (FunctionAdvice.OnPhones(function.Name) is { } both)
                webOnly[function.Name] = both;
            return false; // all calls are looked at
        });
        foreach (var (name, both) in webOnly)
            context.Log.Warn("expression.not-on-phones", $"Web forms know the function '{name}'; ODK Collect and KoboCollect do not, and refuse a form with it. If it is for phones, write {both}.", place);
        return (expanded, problems);
    }

    /// <summary>Nothing that can be read here; what is wrong with references is told already.</summary>
    private static bool IsNone(string text) => text.Length == 0 || text.Length > EvaluationLimits.Standard.Length || !References.TryAll(text, out _);

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
