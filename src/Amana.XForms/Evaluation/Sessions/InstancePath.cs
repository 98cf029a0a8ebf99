using System.Globalization;

namespace Amana.XForms.Evaluation;

/// <summary>Finds nodes by paths with positions: <c>/data/child[2]/age</c>. A step without a position means the first.</summary>
internal static class InstancePath
{
    private const int MostSteps = 100;

    public static InstanceNode? Find(InstanceNode document, string path, bool mayAdd, Action<InstanceNode> added, out AnswerOutcome outcome)
    {
        outcome = AnswerOutcome.NoSuchQuestion;
        if (path.Length == 0 || path[0] != '/')
            return null;
        var node = document;
        var steps = 0;
        foreach (var range in path.AsSpan(1).Split('/'))
        {
            if (++steps > MostSteps || !TryRead(path.AsSpan(1)[range], out var name, out var position))
                return null;
            if (position > FormSession.MostTurns)
            {
                outcome = AnswerOutcome.TooLarge;
                return null;
            }

            var next = Child(node, name, position);
            if (next is null && mayAdd && node.Definition?.Child(name) is { IsRepeat: true, RepeatCount: null } repeat)
                next = AddUpTo(node, repeat, position, added);
            if (next is null)
                return null;
            node = next;
        }

        outcome = AnswerOutcome.Taken;
        return node;
    }

    private static InstanceNode? Child(InstanceNode parent, string name, int position)
    {
        var node = name.StartsWith('@') ? parent.Attribute(name[1..]) : parent.First(name);
        while (node is not null && node.Position < position)
            node = node.NextSame;
        return node;
    }

    private static InstanceNode? AddUpTo(InstanceNode parent, CompiledNode repeat, int position, Action<InstanceNode> added)
    {
        for (var count = 0; count < FormSession.MostTurns && Child(parent, repeat.Name, position) is null; count++)
            added(InstanceMaker.AddTurn(parent, repeat));
        return Child(parent, repeat.Name, position);
    }

    private static bool TryRead(ReadOnlySpan<char> step, out string name, out int position)
    {
        position = 1;
        var open = step.IndexOf('[');
        name = (open < 0 ? step : step[..open]).ToString();
        return name.Length > 0
            && (open < 0 || (step[^1] == ']' && int.TryParse(step[(open + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out position) && position > 0));
    }
}
