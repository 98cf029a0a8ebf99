namespace Amana.XForms.Evaluation;

/// <summary>A rule that could not be worked out on this data.</summary>
/// <param name="Path">The node's path.</param>
/// <param name="Rule">Which rule of it.</param>
/// <param name="Problem">Why.</param>
public sealed record RuleFault(string Path, string Rule, ExpressionProblem Problem);

/// <summary>Works a form's rules out over one instance, in the order of their dependencies.</summary>
internal sealed class RuleRunner
{
    private readonly CompiledForm _form;
    private readonly Dictionary<int, bool> _shared = [];
    private List<InstanceNode>?[] _nodes = [];

    public RuleRunner(CompiledForm form, InstanceNode document, EvaluationContext context)
    {
        _form = form;
        Document = document;
        Evaluator = new Evaluator(document, context, form);
    }

    public InstanceNode Document { get; }

    public Evaluator Evaluator { get; }

    public List<RuleFault> Faults { get; } = [];

    /// <summary>Nodes of one definition in document order.</summary>
    public IReadOnlyList<InstanceNode> NodesOf(CompiledNode definition) => _nodes[definition.Index] ?? [];

    /// <summary>Finds all nodes anew; needed after nodes were added or removed.</summary>
    public void Index()
    {
        _nodes = new List<InstanceNode>?[_form.Nodes.Count];
        Index(Document);
    }

    private void Index(InstanceNode node)
    {
        foreach (var child in node.ChildSpan)
        {
            if (child.Definition is not { } definition)
                continue;
            (_nodes[definition.Index] ??= []).Add(child);
            Index(child);
        }
    }

    /// <summary>Works out what counts, and calls back for each calculation in its turn.</summary>
    public void Run(Action<InstanceNode, Rule> calculation)
    {
        Faults.Clear();
        _shared.Clear();
        foreach (var nodes in _nodes)
        {
            foreach (var node in nodes ?? [])
                node.IsRelevant = true;
        }

        foreach (var rule in _form.Order)
        {
            foreach (var node in NodesOf(rule.Node))
            {
                if (rule.Kind == RuleKind.Calculate)
                    calculation(node, rule);
                else if (IsFalse(node, rule))
                    LeaveOut(node);
            }
        }
    }

    /// <summary>An expression's value at a node; null, with the fault noted, when it cannot be worked out.</summary>
    public XPathValue? Value(InstanceNode node, Expression expression, string rule)
    {
        var value = Evaluator.Unpack(Evaluator.Evaluate(expression.Syntax, Scope.At(node)), expression.Syntax);
        if (Evaluator.Problem is not { } problem)
            return value;
        Faults.Add(new RuleFault(node.Path, rule, problem));
        return null;
    }

    private bool IsFalse(InstanceNode node, Rule rule)
    {
        if (!node.IsRelevant)
            return false;
        if (_shared.TryGetValue(rule.Shared, out var known))
            return !known;
        if (Value(node, rule.Expression, "relevant") is not { } value)
            return false;
        if (rule.Shared >= 0)
            _shared[rule.Shared] = value.AsBoolean();
        return !value.AsBoolean();
    }

    private static void LeaveOut(InstanceNode node)
    {
        node.IsRelevant = false;
        foreach (var child in node.ChildSpan)
        {
            if (child.IsRelevant)
                LeaveOut(child);
        }
    }
}
