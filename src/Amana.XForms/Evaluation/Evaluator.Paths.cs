namespace Amana.XForms.Evaluation;

/// <summary>The part that walks location paths.</summary>
internal sealed partial class Evaluator
{
    private XPathValue Path(PathSyntax path, in Scope scope)
    {
        if (path.Start is null)
            return path.Absolute ? FromRoot(path, scope) : Walk(path, scope.Node, 0, scope);
        var start = Value(path.Start, scope);
        if (start.Kind != ValueKind.Nodes)
            return Problem is null ? Fail(path, "Only nodes can be followed by a step or a condition in brackets.") : XPathValue.Empty;
        var nodes = Copy(start);
        foreach (var predicate in path.StartPredicates)
            nodes = Filter(nodes, predicate, scope);
        return Finish(Follow(path, nodes, 0, scope));
    }

    /// <summary>
    /// An absolute path inside a repeat means the same turn of the repeat in which the expression stands: as far as its names agree with the
    /// context's own path, it follows that path (the habit of ODK's engine, on which forms rely).
    /// </summary>
    private XPathValue FromRoot(PathSyntax path, in Scope scope)
    {
        var node = Document;
        var step = 0;
        var trail = Trail(scope);
        while (step < path.Steps.Length && step + 1 < trail.Count)
        {
            var next = trail[step + 1];
            var wanted = path.Steps[step];
            if (wanted.Axis != Axis.Child || wanted.Predicates.Length > 0 || !ReferenceEquals(trail[step], node)
                || !string.Equals(wanted.LocalName, next.Name, StringComparison.Ordinal))
            {
                break;
            }

            node = next;
            step++;
        }

        return Walk(path, node, step, scope);
    }

    private readonly List<InstanceNode> _trail = [];

    private List<InstanceNode> Trail(in Scope scope)
    {
        var end = scope.Node.Definition is not null ? scope.Node : scope.Current;
        _trail.Clear();
        for (var node = end; node is not null; node = node.Parent)
            _trail.Add(node);
        _trail.Reverse();
        if (_trail.Count == 0 || !ReferenceEquals(_trail[0], Document))
            _trail.Clear();
        return _trail;
    }

    /// <summary>Follows steps from one node; as long as each finds a single node no list is made.</summary>
    private XPathValue Walk(PathSyntax path, InstanceNode node, int step, in Scope scope)
    {
        for (; step < path.Steps.Length; step++)
        {
            var wanted = path.Steps[step];
            if (!Spend(1, path))
                return XPathValue.Empty;
            if (wanted.Predicates.Length > 0 || wanted.Name == "*" && wanted.Axis is Axis.Child or Axis.Attribute or Axis.DescendantOrSelf)
                return Finish(Follow(path, [node], step, scope));
            var next = wanted.Axis switch
            {
                Axis.Self => node,
                Axis.Parent => node.Parent,
                Axis.Attribute => node.Attribute(wanted.LocalName),
                _ => node.First(wanted.LocalName),
            };
            if (next is null)
                return XPathValue.NoNodes;
            if (wanted.Axis == Axis.Child && next.NextSame is not null)
                return Finish(Follow(path, [node], step, scope));
            node = next;
        }

        return node.IsRelevant ? XPathValue.Of(node) : XPathValue.NoNodes;
    }

    private static XPathValue Finish(List<InstanceNode> nodes)
    {
        nodes.RemoveAll(node => !node.IsRelevant);
        return XPathValue.Of(nodes);
    }

    private static List<InstanceNode> Copy(in XPathValue value)
    {
        var nodes = new List<InstanceNode>(value.NodeCount);
        for (var i = 0; i < value.NodeCount; i++)
            nodes.Add(value.NodeAt(i));
        return nodes;
    }

    private List<InstanceNode> Follow(PathSyntax path, List<InstanceNode> nodes, int from, in Scope scope)
    {
        for (var i = from; i < path.Steps.Length && nodes.Count > 0 && Problem is null; i++)
        {
            var step = path.Steps[i];
            var next = new List<InstanceNode>();
            foreach (var node in nodes)
            {
                if (!Spend(1, step))
                    return [];
                var found = Take(step, node);
                foreach (var predicate in step.Predicates)
                    found = Filter(found, predicate, scope);
                next.AddRange(found);
            }

            // Only a step upwards or to all below can meet one node twice.
            nodes = step.Axis is Axis.Parent or Axis.DescendantOrSelf && nodes.Count > 1 ? [.. next.Distinct()] : next;
        }

        return nodes;
    }

    private List<InstanceNode> Take(StepSyntax step, InstanceNode node)
    {
        var found = new List<InstanceNode>();
        switch (step.Axis)
        {
            case Axis.Self:
                found.Add(node);
                break;
            case Axis.Parent when node.Parent is not null:
                found.Add(node.Parent);
                break;
            case Axis.DescendantOrSelf:
                Below(node, found, step);
                break;
            case Axis.Child when step.Name != "*":
                for (var child = node.First(step.LocalName); child is not null && Spend(1, step); child = child.NextSame)
                    found.Add(child);
                break;
            case Axis.Child or Axis.Attribute:
                foreach (var child in node.ChildSpan)
                {
                    if (Spend(1, step) && child.IsAttribute == (step.Axis == Axis.Attribute) && (step.Name == "*" || child.Name == step.LocalName))
                        found.Add(child);
                }

                break;
        }

        return found;
    }

    private void Below(InstanceNode node, List<InstanceNode> found, StepSyntax step)
    {
        var open = new Stack<InstanceNode>([node]);
        while (open.Count > 0 && Spend(4, step))
        {
            var next = open.Pop();
            found.Add(next);
            for (var i = next.Children.Count - 1; i >= 0; i--)
            {
                if (!next.Children[i].IsAttribute)
                    open.Push(next.Children[i]);
            }
        }
    }

    private List<InstanceNode> Filter(List<InstanceNode> nodes, Syntax predicate, in Scope scope)
    {
        if (nodes.Count == 0 || Problem is not null)
            return nodes;
        if (predicate is NumberSyntax place)
            return PlaceOf(nodes, place.Value.AsNumber());
        if (nodes[0].Definition is null && KeyedFilter.TryRead(predicate, out var key))
            return ByKey(nodes, key, scope);
        var kept = new List<InstanceNode>();
        for (var i = 0; i < nodes.Count && Problem is null; i++)
        {
            var value = Single(predicate, new Scope(nodes[i], scope.Current, i + 1, nodes.Count));
            if (value.Kind == ValueKind.Number ? Math.Abs(value.AsNumber() - (i + 1)) < 1e-12 : value.AsBoolean())
                kept.Add(nodes[i]);
        }

        return Problem is null ? kept : [];
    }

    private static List<InstanceNode> PlaceOf(List<InstanceNode> nodes, double place)
    {
        var at = Numbers.Index(place, 0);
        return at == place && at >= 1 && at <= nodes.Count ? [nodes[at - 1]] : [];
    }

    /// <summary>A condition <c>[name = value]</c> whose value does not depend on the item is worked out once, not once an item.</summary>
    private List<InstanceNode> ByKey(List<InstanceNode> nodes, KeyedFilter key, in Scope scope)
    {
        var wanted = Single(key.Value, scope with { Node = nodes[0] });
        var kept = new List<InstanceNode>();
        foreach (var node in nodes)
        {
            if (Problem is not null || !Spend(2, key.Value))
                return [];
            var own = node.First(key.Name);
            var value = own is null || !own.IsRelevant ? XPathValue.Empty : own.NextSame is null ? Answer(own) : Fail(key.Value, $"Several nodes are called {key.Name}.");
            if (Same(value, wanted))
                kept.Add(node);
        }

        return Problem is null ? kept : [];
    }
}

/// <summary>The commonest condition of choice filters and look-ups: a child's text equals a value that is the same for every item.</summary>
internal readonly record struct KeyedFilter(string Name, Syntax Value)
{
    public static bool TryRead(Syntax predicate, out KeyedFilter filter)
    {
        filter = default;
        if (predicate is not BinarySyntax { Operator: BinaryOperator.Equal } equal)
            return false;
        if (NameOf(equal.Left) is { } left && IsFixed(equal.Right))
            filter = new KeyedFilter(left, equal.Right);
        else if (NameOf(equal.Right) is { } right && IsFixed(equal.Left))
            filter = new KeyedFilter(right, equal.Left);
        return filter.Name is not null;
    }

    private static string? NameOf(Syntax syntax) =>
        syntax is PathSyntax { Absolute: false, Start: null, Steps: [{ Axis: Axis.Child, Name: not "*", Predicates.Length: 0 } step] } ? step.LocalName : null;

    private static bool IsFixed(Syntax syntax) => syntax switch
    {
        TextSyntax or NumberSyntax => true,
        PathSyntax { Absolute: true } path => path.Steps.All(step => step.Predicates.Length == 0),
        PathSyntax { Start: CallSyntax { Function.Name: "current" }, StartPredicates.Length: 0 } path => path.Steps.All(step => step.Predicates.Length == 0),
        CallSyntax { Function.IsPure: true } call => call.Arguments.All(IsFixed),
        _ => false,
    };
}
