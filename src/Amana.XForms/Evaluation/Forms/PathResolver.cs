namespace Amana.XForms.Evaluation;

/// <summary>Says, without any data, which nodes of a form an expression can read.</summary>
internal sealed class PathResolver
{
    private const int MostVisits = 200_000;
    private readonly CompiledNode _origin;
    private readonly HashSet<CompiledNode> _read = [];
    private int _visitsLeft = MostVisits;

    private PathResolver(CompiledNode origin) => _origin = origin;

    /// <summary>Every node that an expression at a node can read.</summary>
    /// <param name="syntax">The expression.</param>
    /// <param name="at">The node.</param>
    /// <param name="visits">Visits that may still be made; what is beyond them is not found.</param>
    public static IReadOnlyCollection<CompiledNode> Read(Syntax syntax, CompiledNode at, ref int visits)
    {
        var resolver = new PathResolver(at) { _visitsLeft = Math.Min(visits, MostVisits) };
        var before = resolver._visitsLeft;
        resolver.Walk(syntax, [at]);
        visits -= before - Math.Max(0, resolver._visitsLeft);
        return resolver._read;
    }

    /// <summary>The node that a path from a node means; null when the expression is no path of the form.</summary>
    public static CompiledNode? Single(Syntax syntax, CompiledNode at)
    {
        var found = syntax is PathSyntax path ? new PathResolver(at).Resolve(path, [at]) : null;
        return found is { Count: > 0 } && found[0].Parent is not null ? found[0] : null;
    }

    /// <summary>Whether an expression calls a function of some kind.</summary>
    public static bool Calls(Syntax? syntax, Func<Function, bool> which) => syntax switch
    {
        CallSyntax call => which(call.Function) || Array.Exists(call.Arguments, argument => Calls(argument, which)),
        BinarySyntax binary => Calls(binary.Left, which) || Calls(binary.Right, which),
        NegateSyntax negate => Calls(negate.Operand, which),
        PathSyntax path => Calls(path.Start, which) || Array.Exists(path.StartPredicates, p => Calls(p, which))
            || Array.Exists(path.Steps, step => Array.Exists(step.Predicates, p => Calls(p, which))),
        _ => false,
    };

    private void Walk(Syntax syntax, List<CompiledNode>? context)
    {
        switch (syntax)
        {
            case BinarySyntax binary:
                Walk(binary.Left, context);
                Walk(binary.Right, context);
                break;
            case NegateSyntax negate:
                Walk(negate.Operand, context);
                break;
            case CallSyntax call:
                foreach (var argument in call.Arguments)
                    Walk(argument, context);
                if (call.Function.Name == "jr:choice-name" && call.Arguments[1] is TextSyntax quoted && Expression.Parse(quoted.Text).Expression is { } named)
                    Walk(named.Syntax, context);
                break;
            case PathSyntax path:
                foreach (var node in Resolve(path, context) ?? [])
                    _read.Add(node);
                break;
        }
    }

    /// <summary>Nodes at the end of a path; null when it leads through a list.</summary>
    private List<CompiledNode>? Resolve(PathSyntax path, List<CompiledNode>? context)
    {
        var nodes = path.Absolute ? [_origin.Form.Document] : path.Start is null ? context : Start(path.Start, context);
        foreach (var predicate in path.StartPredicates)
            Walk(predicate, nodes);
        foreach (var step in path.Steps)
        {
            nodes = nodes is null ? null : Step(step, nodes);
            foreach (var predicate in step.Predicates)
                Walk(predicate, nodes);
        }

        return nodes;
    }

    private List<CompiledNode>? Start(Syntax start, List<CompiledNode>? context)
    {
        switch (start)
        {
            case CallSyntax { Function.Name: "current" }:
                return [_origin];
            case PathSyntax path:
                return Resolve(path, context);
            case CallSyntax { Function.Name: "randomize", Arguments: [PathSyntax inner, ..] } call:
                Walk(call, context);
                return Resolve(inner, context);
            default:
                Walk(start, context);
                return null;
        }
    }

    private List<CompiledNode> Step(StepSyntax step, List<CompiledNode> nodes)
    {
        var found = new List<CompiledNode>();
        foreach (var node in nodes)
        {
            if (--_visitsLeft < 0)
                break;
            switch (step.Axis)
            {
                case Axis.Self:
                    found.Add(node);
                    break;
                case Axis.Parent when node.Parent is not null:
                    found.Add(node.Parent);
                    break;
                case Axis.DescendantOrSelf:
                    AddBelow(node, found);
                    break;
                case Axis.Child or Axis.Attribute:
                    AddChildren(step, node, found);
                    break;
            }
        }

        return nodes.Count > 1 ? [.. found.Distinct()] : found;
    }

    private void AddChildren(StepSyntax step, CompiledNode node, List<CompiledNode> found)
    {
        var attribute = step.Axis == Axis.Attribute;
        if (step.Name != "*")
        {
            if (node.Child(step.LocalName, attribute) is { } child)
                found.Add(child);
            return;
        }

        _visitsLeft -= node.Children.Count;
        found.AddRange(node.Children.Where(child => child.IsAttribute == attribute));
    }

    private void AddBelow(CompiledNode node, List<CompiledNode> found)
    {
        found.Add(node);
        foreach (var child in node.Children)
        {
            if (--_visitsLeft >= 0 && !child.IsAttribute)
                AddBelow(child, found);
        }
    }
}
