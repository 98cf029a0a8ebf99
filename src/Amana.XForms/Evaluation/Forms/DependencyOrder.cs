namespace Amana.XForms.Evaluation;

internal enum RuleKind
{
    Relevant,
    Calculate,
}

/// <summary>A rule that is worked out whenever answers change.</summary>
internal sealed record Rule(CompiledNode Node, RuleKind Kind, Expression Expression)
{
    /// <summary>Number of the condition that it shares with other rules, so that it is worked out once for all of them; -1 for one of its own.</summary>
    public int Shared { get; init; } = -1;
}

/// <summary>
/// Puts relevance and calculations in an order in which each stands behind everything it reads: the answers it reads, their relevance and that of the
/// groups around them. Rules that wait for each other in a circle are a fault of the form and are left out.
/// </summary>
internal sealed class DependencyOrder
{
    private const int MostVisits = 5_000_000;
    private readonly List<Rule> _rules = [];
    private readonly Dictionary<(CompiledNode, RuleKind), int> _places = [];
    private readonly List<int>[] _waiting;
    private readonly int[] _pending;
    private int _visitsLeft = MostVisits;

    private DependencyOrder(CompiledForm form)
    {
        foreach (var node in form.Nodes)
        {
            Add(node, RuleKind.Relevant, node.Relevant);
            Add(node, RuleKind.Calculate, node.Calculate);
        }

        _waiting = new List<int>[_rules.Count];
        _pending = new int[_rules.Count];
    }

    public static IReadOnlyList<Rule> Of(CompiledForm form, List<FormFault> faults)
    {
        var order = new DependencyOrder(form);
        for (var i = 0; i < order._rules.Count && order._visitsLeft > 0; i++)
            order.Connect(i);
        if (order._visitsLeft <= 0)
        {
            faults.Add(new FormFault("", "calculate", new ExpressionProblem(ProblemKind.Limit, 0, "The form's rules read so much that their order cannot be found.")));
            return [];
        }

        var sorted = order.Sort();
        if (sorted.Count < order._rules.Count)
            order.Report(faults);
        return sorted;
    }

    private void Add(CompiledNode node, RuleKind kind, Expression? expression)
    {
        if (expression is null)
            return;
        _places.Add((node, kind), _rules.Count);
        _rules.Add(new Rule(node, kind, expression));
    }

    private void Connect(int place)
    {
        var rule = _rules[place];
        var before = new HashSet<int>();
        foreach (var read in PathResolver.Read(rule.Expression.Syntax, rule.Node, ref _visitsLeft))
        {
            if (_places.TryGetValue((read, RuleKind.Calculate), out var calculation))
                before.Add(calculation);
            AddRelevance(read, before);
        }

        if (rule.Kind == RuleKind.Relevant && rule.Node.Parent is { } parent)
            AddRelevance(parent, before);
        foreach (var first in before)
        {
            (_waiting[first] ??= []).Add(place);
            _pending[place]++;
        }
    }

    private void AddRelevance(CompiledNode read, HashSet<int> before)
    {
        for (var node = read; node is not null; node = node.Parent)
        {
            if (_places.TryGetValue((node, RuleKind.Relevant), out var place))
                before.Add(place);
        }
    }

    private List<Rule> Sort()
    {
        var sorted = new List<Rule>(_rules.Count);
        var ready = new Queue<int>(Enumerable.Range(0, _rules.Count).Where(place => _pending[place] == 0));
        while (ready.TryDequeue(out var place))
        {
            sorted.Add(_rules[place]);
            foreach (var next in _waiting[place] ?? [])
            {
                if (--_pending[next] == 0)
                    ready.Enqueue(next);
            }
        }

        return sorted;
    }

    /// <summary>Names one circle: from a rule that waits, back along rules that wait, until one comes again.</summary>
    private void Report(List<FormFault> faults)
    {
        var waitsFor = new Dictionary<int, int>();
        for (var first = 0; first < _rules.Count; first++)
        {
            foreach (var next in _pending[first] > 0 ? _waiting[first] ?? [] : [])
            {
                if (_pending[next] > 0)
                    waitsFor[next] = first;
            }
        }

        var trail = new List<int>();
        var at = waitsFor.Keys.Min();
        while (!trail.Contains(at))
        {
            trail.Add(at);
            at = waitsFor[at];
        }

        var circle = trail[trail.IndexOf(at)..];
        var start = circle.IndexOf(circle.Min());
        circle = [.. circle[start..], .. circle[..start]];
        var names = string.Join(" → ", circle.Append(circle[0]).Select(place => _rules[place].Node.Path));
        foreach (var place in circle)
        {
            var rule = _rules[place];
            var problem = new ExpressionProblem(ProblemKind.Value, 0, $"These questions wait for each other in a circle: {names}.");
            faults.Add(new FormFault(rule.Node.Path, rule.Kind == RuleKind.Relevant ? "relevant" : "calculate", problem));
        }
    }
}
