namespace Amana.XForms.Evaluation;

/// <summary>Truth, choice between values, and checklists.</summary>
internal static class LogicFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("true", 0, 0, (Evaluator _, CallSyntax _, in Scope _) => XPathValue.True),
        new("false", 0, 0, (Evaluator _, CallSyntax _, in Scope _) => XPathValue.False),
        new("not", 1, 1, (Evaluator e, CallSyntax c, in Scope s) => XPathValue.Of(!e.Boolean(c.Arguments[0], s))),
        new("boolean", 1, 1, (Evaluator e, CallSyntax c, in Scope s) => XPathValue.Of(e.Boolean(c.Arguments[0], s))),
        new("boolean-from-string", 1, 1, FromText),
        new("if", 3, 3, (Evaluator e, CallSyntax c, in Scope s) => e.Value(e.Boolean(c.Arguments[0], s) ? c.Arguments[1] : c.Arguments[2], s)),
        new("coalesce", 2, int.MaxValue, Coalesce),
        new("depend", 1, int.MaxValue, (Evaluator e, CallSyntax c, in Scope s) => e.Value(c.Arguments[0], s)),
        new("once", 1, 1, Once) { IsPure = false, IsVolatile = true },
        new("checklist", 3, int.MaxValue, Checklist),
        new("weighted-checklist", 4, int.MaxValue, WeightedChecklist) { Step = 2 },
    ];

    private static XPathValue FromText(Evaluator e, CallSyntax call, in Scope scope)
    {
        var text = e.Text(call.Arguments[0], scope);
        return XPathValue.Of(text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));
    }

    private static XPathValue Coalesce(Evaluator e, CallSyntax call, in Scope scope)
    {
        foreach (var argument in call.Arguments)
        {
            var value = e.Single(argument, scope);
            if (value.AsText().Length > 0 && !(value.Kind == ValueKind.Number && double.IsNaN(value.AsNumber())))
                return value;
        }

        return XPathValue.Empty;
    }

    /// <summary>Keeps what the node has; works the expression out only while it has nothing.</summary>
    private static XPathValue Once(Evaluator e, CallSyntax call, in Scope scope) =>
        scope.Node.Text.Length > 0 ? e.Answer(scope.Node) : e.Value(call.Arguments[0], scope);

    private static XPathValue Checklist(Evaluator e, CallSyntax call, in Scope scope)
    {
        var least = e.Number(call.Arguments[0], scope);
        var most = e.Number(call.Arguments[1], scope);
        var count = NodeFunctions.Spread(e, call, 2, scope).Count(value => value.AsBoolean());
        return XPathValue.Of((least < 0 || count >= least) && (most < 0 || count <= most));
    }

    private static XPathValue WeightedChecklist(Evaluator e, CallSyntax call, in Scope scope)
    {
        var least = e.Number(call.Arguments[0], scope);
        var most = e.Number(call.Arguments[1], scope);
        var values = new List<XPathValue>();
        if (call.Arguments.Length == 4)
        {
            var factors = NodeFunctions.Values(e, call.Arguments[2], scope);
            var weights = NodeFunctions.Values(e, call.Arguments[3], scope);
            if (factors.Count != weights.Count)
                return e.Fail(call, "weighted-checklist needs as many weights as factors.");
            for (var i = 0; i < factors.Count; i++)
                values.AddRange([factors[i], weights[i]]);
        }
        else
        {
            for (var i = 2; i < call.Arguments.Length; i++)
                values.Add(e.Single(call.Arguments[i], scope));
        }

        if (values.Count % 2 != 0)
            return e.Fail(call, "weighted-checklist needs a weight behind every factor.");
        var sum = 0d;
        for (var i = 0; i < values.Count; i += 2)
            sum += values[i].AsBoolean() ? values[i + 1].AsNumber() : 0;
        return XPathValue.Of(sum >= least && sum <= most);
    }
}
