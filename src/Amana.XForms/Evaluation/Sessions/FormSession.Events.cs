namespace Amana.XForms.Evaluation;

/// <summary>The part that sets what the form sets by itself: computed defaults, what a change sets off, what the device knows.</summary>
public sealed partial class FormSession
{
    private const int DeepestChain = 20;
    private int _chain;

    private void Fire(InstanceNode below, params ReadOnlySpan<string> events)
    {
        // All are found before the first is set: what one sets may add turns.
        var due = new List<(InstanceNode Node, SetValue SetValue)>();
        FindDue(below, events, due);
        foreach (var (node, setValue) in due)
            Apply(node, setValue);
    }

    private static void FindDue(InstanceNode node, ReadOnlySpan<string> events, List<(InstanceNode Node, SetValue SetValue)> due)
    {
        foreach (var setValue in node.Definition?.SetValues ?? [])
        {
            var isDue = false;
            foreach (var name in events)
                isDue |= setValue.Events.Contains(name);
            if (isDue)
                due.Add((node, setValue));
        }

        foreach (var child in node.ChildSpan)
            FindDue(child, events, due);
    }

    private void Apply(InstanceNode node, SetValue setValue)
    {
        var text = setValue.Text;
        if (setValue.Value is { } expression)
        {
            if (_runner.Value(node, expression, "setvalue") is not { } value)
                return;
            text = AnswerFormat.Write(value, node.Definition!.Type);
        }

        if (string.Equals(node.Text, text, StringComparison.Ordinal))
            return;
        node.Text = text;
        _isStale = true;
        Changed(node);
    }

    /// <summary>A change of an answer sets what waits for it, in the same turn of a repeat; a chain of such changes is cut at a depth.</summary>
    private void Changed(InstanceNode changed)
    {
        var waiting = Form.Waiting(changed.Definition!);
        if (waiting.Count == 0 || ++_chain > DeepestChain)
        {
            _chain = Math.Max(0, _chain - 1);
            return;
        }

        if (!_isRefreshing)
            Refresh();
        foreach (var (node, setValue) in waiting)
        {
            foreach (var target in _runner.NodesOf(node).ToList())
            {
                if (SharesTurns(target, changed))
                    Apply(target, setValue);
            }
        }

        _chain--;
    }

    /// <summary>Whether two nodes stand in the same turn of every repeat that is around both of their definitions.</summary>
    private static bool SharesTurns(InstanceNode left, InstanceNode right)
    {
        for (var node = left.Parent; node?.Definition is { } definition; node = node.Parent)
        {
            if (definition.IsRepeat && definition.IsAbove(right.Definition!) && !IsWithin(right, node))
                return false;
        }

        return true;
    }

    private static bool IsWithin(InstanceNode node, InstanceNode around)
    {
        for (var at = node.Parent; at is not null; at = at.Parent)
        {
            if (ReferenceEquals(at, around))
                return true;
        }

        return false;
    }

    private void FillIn(InstanceNode node)
    {
        if (node.Definition is not { Preload: { } preload } definition || node.Text.Length > 0)
            return;
        var now = _context.LocalNow;
        var text = preload switch
        {
            "timestamp" when definition.PreloadParameter == "start" => Moments.PrintWhole(now),
            "date" => Moments.Print(now),
            "property" => _context.Properties.GetValueOrDefault(definition.PreloadParameter ?? ""),
            _ => null,
        };
        node.Text = text ?? node.Text;
    }
}
