namespace Amana.XForms.Evaluation;

/// <summary>Choices: what is selected, what a choice is called, what a list says of it.</summary>
internal static class ListFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("selected", 2, 2, Selected),
        new("is-selected", 2, 2, Selected),
        new("selected-at", 2, 2, SelectedAt),
        new("count-selected", 1, 1, (Evaluator e, CallSyntax c, in Scope s) => XPathValue.Of(Split(e.Text(c.Arguments[0], s)).Length)),
        new("jr:choice-name", 2, 2, ChoiceName) { IsPure = false },
        new("jr:itext", 1, 1, Translated) { IsPure = false },
        new("pulldata", 4, 4, PullData),
    ];

    public static string[] Split(string answer) => answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static XPathValue Selected(Evaluator e, CallSyntax call, in Scope scope)
    {
        var answer = e.Text(call.Arguments[0], scope).AsSpan();
        var wanted = e.Text(call.Arguments[1], scope).AsSpan().Trim();
        if (!e.Spend(answer.Length / 32, call))
            return XPathValue.Empty;
        foreach (var part in answer.Split(' '))
        {
            if (answer[part].SequenceEqual(wanted))
                return XPathValue.True;
        }

        return XPathValue.False;
    }

    private static XPathValue SelectedAt(Evaluator e, CallSyntax call, in Scope scope)
    {
        var chosen = Split(e.Text(call.Arguments[0], scope));
        var at = Numbers.Index(e.Number(call.Arguments[1], scope), -1);
        return XPathValue.Of(at >= 0 && at < chosen.Length ? chosen[at] : "");
    }

    /// <summary>The label, in the evaluation's language, of the choice of a question (named by its path in quotes) that has a value.</summary>
    private static XPathValue ChoiceName(Evaluator e, CallSyntax call, in Scope scope)
    {
        var value = e.Text(call.Arguments[0], scope);
        var path = e.Text(call.Arguments[1], scope);
        if (e.Problem is not null || e.Form is not { } form || value.Length == 0 || Expression.Parse(path).Expression is not { } reference)
            return XPathValue.Empty;
        var nodes = e.Value(reference.Syntax, scope);
        var definition = PathResolver.Single(reference.Syntax, scope.Node.Definition ?? form.Root);
        if (definition?.Control is not { } control)
            return XPathValue.Empty;
        var from = nodes.NodeCount > 0 ? nodes.NodeAt(0) : scope.Node;
        return e.Made(Choices.Label(e, control, from, value), call);
    }

    private static XPathValue Translated(Evaluator e, CallSyntax call, in Scope scope)
    {
        var id = e.Text(call.Arguments[0], scope);
        return e.Form is { } form ? e.Made(form.Translation(id, e.Language).In(e, scope), call) : XPathValue.Empty;
    }

    /// <summary>From the row of a file whose key column has a value, another column: pulldata(file, column, key column, key).</summary>
    private static XPathValue PullData(Evaluator e, CallSyntax call, in Scope scope)
    {
        var id = e.Text(call.Arguments[0], scope);
        var wanted = e.Text(call.Arguments[1], scope);
        var keyColumn = e.Text(call.Arguments[2], scope);
        var key = e.Text(call.Arguments[3], scope);
        var list = e.Form?.List(id) ?? e.Context.Lists.GetValueOrDefault(id);
        if (list is null)
            return e.Fail(call, $"The file {id} was not given.", ProblemKind.MissingInstance, id);
        for (var item = list.First("root")?.First("item"); item is not null && e.Spend(2, call); item = item.NextSame)
        {
            if (string.Equals(item.First(keyColumn)?.Text, key, StringComparison.Ordinal))
                return XPathValue.Of(item.First(wanted)?.Text ?? "");
        }

        return XPathValue.Empty;
    }
}
