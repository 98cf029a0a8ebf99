namespace Amana.XForms.Evaluation;

/// <summary>A choice that is offered.</summary>
/// <param name="Value">What is stored when it is chosen.</param>
/// <param name="Label">What people read, in the language asked for.</param>
public sealed record OfferedChoice(string Value, string Label);

/// <summary>The choices of a question at one place of the data, filtered as the form says.</summary>
internal static class Choices
{
    /// <summary>Values on offer; null with a problem when the list is not at hand or its filter cannot be worked out.</summary>
    public static HashSet<string>? Values(Evaluator evaluator, CompiledControl control, InstanceNode node, out ExpressionProblem? problem)
    {
        problem = null;
        if (control.FixedValues is { } known)
            return known;
        if (control.ItemList is null)
            return control.FixedValues = control.Choices.Select(choice => choice.Value).ToHashSet(StringComparer.Ordinal);
        var items = Items(evaluator, control, node, out problem);
        if (items is null)
            return null;
        var values = new HashSet<string>(items.Value.NodeCount, StringComparer.Ordinal);
        for (var i = 0; i < items.Value.NodeCount; i++)
            values.Add(ValueOf(control, items.Value.NodeAt(i)));
        control.FixedValues = control.HasFixedList ? values : null;
        return values;
    }

    /// <summary>Choices on offer with their labels; empty when the list is not at hand.</summary>
    public static IReadOnlyList<OfferedChoice> Offered(Evaluator evaluator, CompiledControl control, InstanceNode node)
    {
        var offered = new List<OfferedChoice>();
        foreach (var choice in control.Choices)
            offered.Add(new OfferedChoice(choice.Value, choice.Label.In(evaluator, Scope.At(node))));
        if (control.ItemList is null || Items(evaluator, control, node, out _) is not { } items)
            return offered;
        for (var i = 0; i < items.NodeCount; i++)
        {
            var item = items.NodeAt(i);
            offered.Add(new OfferedChoice(ValueOf(control, item), LabelOf(evaluator, control, item, node)));
        }

        return offered;
    }

    /// <summary>The label of one value, whether or not the filter lets it through now.</summary>
    public static string Label(Evaluator evaluator, CompiledControl control, InstanceNode node, string value)
    {
        foreach (var choice in control.Choices)
        {
            if (choice.Value == value)
                return choice.Label.In(evaluator, Scope.At(node));
        }

        if (control.ItemList is null)
            return "";
        var items = evaluator.Value(control.ItemList.Syntax, Scope.At(node));
        for (var i = 0; i < items.NodeCount && evaluator.Spend(1, control.ItemList.Syntax); i++)
        {
            if (ValueOf(control, items.NodeAt(i)) == value)
                return LabelOf(evaluator, control, items.NodeAt(i), node);
        }

        return "";
    }

    private static XPathValue? Items(Evaluator evaluator, CompiledControl control, InstanceNode node, out ExpressionProblem? problem)
    {
        var items = evaluator.Evaluate(control.ItemList!.Syntax, Scope.At(node));
        problem = evaluator.Problem;
        return problem is null && items.Kind == ValueKind.Nodes ? items : null;
    }

    private static string ValueOf(CompiledControl control, InstanceNode item) =>
        control.ItemValue?.Syntax is PathSyntax path ? Below(path, item)?.Text ?? "" : item.Text;

    private static string LabelOf(Evaluator evaluator, CompiledControl control, InstanceNode item, InstanceNode node) => control.ItemLabel?.Syntax switch
    {
        PathSyntax path => Below(path, item)?.Text ?? "",
        // The translation stands in the question's own place: what it says of answers is said of those around the question.
        CallSyntax { Function.Name: "jr:itext", Arguments: [PathSyntax path] } when node.Definition is { } definition =>
            definition.Form.Translation(Below(path, item)?.Text ?? "", evaluator.Language).In(evaluator, Scope.At(node)),
        { } other => evaluator.Text(other, new Scope(item, node)),
        null => ValueOf(control, item),
    };

    private static InstanceNode? Below(PathSyntax path, InstanceNode item)
    {
        var node = item;
        foreach (var step in path.Steps)
        {
            node = step.Axis switch
            {
                Axis.Child => node?.First(step.LocalName),
                Axis.Attribute => node?.Attribute(step.LocalName),
                Axis.Self => node,
                _ => null,
            };
        }

        return node;
    }
}
