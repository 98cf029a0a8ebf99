namespace Amana.XForms.Evaluation;

/// <summary>Arithmetic beyond the operators.</summary>
internal static class NumberFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("number", 0, 1, Number) { IsPure = false },
        new("int", 1, 1, (Evaluator e, CallSyntax c, in Scope s) => XPathValue.Of(Numbers.Whole(e.Number(c.Arguments[0], s)))),
        new("round", 1, 2, Round),
        One("abs", Math.Abs),
        One("floor", Math.Floor),
        One("ceiling", Math.Ceiling),
        One("sin", Math.Sin),
        One("cos", Math.Cos),
        One("tan", Math.Tan),
        One("asin", Math.Asin),
        One("acos", Math.Acos),
        One("atan", Math.Atan),
        One("sqrt", Math.Sqrt),
        One("exp", Math.Exp),
        One("exp10", number => Math.Pow(10, number)),
        One("log", Math.Log),
        One("log10", Math.Log10),
        Two("pow", Math.Pow),
        Two("atan2", Math.Atan2),
        new("pi", 0, 0, (Evaluator _, CallSyntax _, in Scope _) => XPathValue.Of(Math.PI)),
        new("random", 0, 0, (Evaluator e, CallSyntax _, in Scope _) => XPathValue.Of(e.Random.NextDouble())) { IsPure = false, IsVolatile = true },
        new("sum", 1, 1, Sum),
        new("max", 1, int.MaxValue, (Evaluator e, CallSyntax c, in Scope s) => Extreme(e, c, s, Math.Max)),
        new("min", 1, int.MaxValue, (Evaluator e, CallSyntax c, in Scope s) => Extreme(e, c, s, Math.Min)),
    ];

    private static Function One(string name, Func<double, double> of) =>
        new(name, 1, 1, (Evaluator e, CallSyntax c, in Scope s) => XPathValue.Of(of(e.Number(c.Arguments[0], s))));

    private static Function Two(string name, Func<double, double, double> of) =>
        new(name, 2, 2, (Evaluator e, CallSyntax c, in Scope s) => XPathValue.Of(of(e.Number(c.Arguments[0], s), e.Number(c.Arguments[1], s))));

    private static XPathValue Number(Evaluator e, CallSyntax call, in Scope scope) =>
        XPathValue.Of(call.Arguments.Length == 0 ? e.Answer(scope.Node).AsNumber() : e.Number(call.Arguments[0], scope));

    private static XPathValue Round(Evaluator e, CallSyntax call, in Scope scope)
    {
        var places = call.Arguments.Length == 2 ? Numbers.Index(e.Number(call.Arguments[1], scope), 0) : 0;
        return XPathValue.Of(Numbers.Round(e.Number(call.Arguments[0], scope), places));
    }

    /// <summary>Nodes without a number count nothing.</summary>
    private static XPathValue Sum(Evaluator e, CallSyntax call, in Scope scope)
    {
        var value = e.Value(call.Arguments[0], scope);
        if (value.Kind != ValueKind.Nodes)
            return e.Fail(call, "sum adds up the answers of a repeated question; this is a single value.");
        var sum = 0d;
        for (var i = 0; i < value.NodeCount && e.Spend(1, call); i++)
        {
            var number = e.Answer(value.NodeAt(i)).AsNumber();
            sum += double.IsNaN(number) ? 0 : number;
        }

        return XPathValue.Of(sum);
    }

    private static XPathValue Extreme(Evaluator e, CallSyntax call, in Scope scope, Func<double, double, double> choose)
    {
        var best = double.NaN;
        foreach (var value in NodeFunctions.Spread(e, call, 0, scope))
        {
            var number = value.AsNumber();
            if (!double.IsNaN(number))
                best = double.IsNaN(best) ? number : choose(best, number);
        }

        return XPathValue.Of(best);
    }
}
