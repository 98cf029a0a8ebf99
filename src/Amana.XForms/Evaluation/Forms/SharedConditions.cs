namespace Amana.XForms.Evaluation;

/// <summary>
/// Finds conditions that many questions of a form have in common (<c>${consent} = 'yes'</c>) and that say the same wherever they stand, because they read answers
/// outside all repeats by their whole path and nothing else. The order of rules puts each behind everything it reads, so that one working out serves all.
/// </summary>
internal static class SharedConditions
{
    /// <summary>The same rules in the same order, with those numbered that share a condition.</summary>
    public static IReadOnlyList<Rule> Mark(IReadOnlyList<Rule> rules)
    {
        var numbers = rules.Where(rule => rule.Kind == RuleKind.Relevant).GroupBy(rule => rule.Expression.Text, StringComparer.Ordinal)
            .Where(alike => alike.Skip(1).Any() && SaysTheSameEverywhere(alike.First().Expression.Syntax, alike.First().Node.Form))
            .Select((alike, number) => (alike.Key, number)).ToDictionary(StringComparer.Ordinal);
        return numbers.Count == 0 ? rules : [.. rules.Select(rule => rule.Kind == RuleKind.Relevant && numbers.TryGetValue(rule.Expression.Text, out var number) ? rule with { Shared = number } : rule)];
    }

    private static bool SaysTheSameEverywhere(Syntax syntax, CompiledForm form) => syntax switch
    {
        NumberSyntax or TextSyntax => true,
        NegateSyntax negate => SaysTheSameEverywhere(negate.Operand, form),
        BinarySyntax binary => binary.Operator != BinaryOperator.Union && SaysTheSameEverywhere(binary.Left, form) && SaysTheSameEverywhere(binary.Right, form),
        CallSyntax call => call.Function is { IsPure: true, IsVolatile: false } && Array.TrueForAll(call.Arguments, argument => SaysTheSameEverywhere(argument, form)),
        PathSyntax path => IsOneAnswer(path, form),
        _ => false,
    };

    private static bool IsOneAnswer(PathSyntax path, CompiledForm form)
    {
        if (!path.Absolute || path.Start is not null)
            return false;
        var node = form.Document;
        foreach (var step in path.Steps)
        {
            if (step.Axis != Axis.Child || step.Predicates.Length > 0 || node.Child(step.LocalName) is not { IsRepeat: false } next)
                return false;
            node = next;
        }

        return true;
    }
}
