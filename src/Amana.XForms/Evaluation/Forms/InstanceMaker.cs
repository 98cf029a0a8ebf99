namespace Amana.XForms.Evaluation;

/// <summary>Makes data trees of a form: an empty one, or further turns of its repeats.</summary>
internal static class InstanceMaker
{
    /// <summary>The document node of an empty instance with the form's fixed defaults.</summary>
    public static InstanceNode Empty(CompiledForm form)
    {
        var document = new InstanceNode("") { Definition = form.Document };
        document.Add(Turn(form.Root));
        return document;
    }

    /// <summary>One node as the form has it, with all below.</summary>
    public static InstanceNode Turn(CompiledNode definition)
    {
        var node = new InstanceNode(definition.Name, definition.Default) { Definition = definition, IsAttribute = definition.IsAttribute };
        foreach (var child in definition.Children)
        {
            var turns = child.IsRepeat ? child.InitialTurns : 1;
            for (var i = 0; i < turns; i++)
                node.Add(Turn(child));
        }

        return node;
    }

    /// <summary>
    /// Lays given nodes out as the form has them, under a new document node: what the form knows keeps its text, what is absent is there without an answer
    /// and marked so, what the form does not know is named to <paramref name="stray"/> and left out.
    /// </summary>
    public static InstanceNode Fit(CompiledForm form, InstanceNode given, int mostTurns, Action<InstanceNode, bool> stray)
    {
        var document = new InstanceNode("") { Definition = form.Document };
        document.Add(Fit(form.Root, given, mostTurns, stray));
        return document;
    }

    private static InstanceNode Fit(CompiledNode definition, InstanceNode given, int mostTurns, Action<InstanceNode, bool> stray)
    {
        var (isGroup, placed) = (definition.IsGroup, 0);
        var node = new InstanceNode(definition.Name, isGroup ? "" : given.Text) { Definition = definition, IsAttribute = definition.IsAttribute };
        foreach (var child in definition.Children)
        {
            var before = child.IsAttribute ? given.Attribute(child.Name) : given.First(child.Name);
            InstanceNode? last = null;
            if (before is null && !child.IsRepeat)
                node.Append(Absent(child), null);
            for (var turns = 0; before is not null; turns++, before = before.NextSame)
            {
                placed++;
                if (turns < (child.IsRepeat ? mostTurns : 1))
                {
                    var turn = Fit(child, before, mostTurns, stray);
                    node.Append(turn, last);
                    last = turn;
                }
                else
                    stray(before, true);
            }
        }

        var isRoot = definition.Parent?.Parent is null;
        foreach (var child in placed < given.ChildSpan.Length ? given.ChildSpan : []) // mostly all have found their place
        {
            if (definition.Child(child.Name, child.IsAttribute) is null && !(isRoot && child.IsAttribute))
                stray(child, false);
        }

        return node;
    }

    /// <summary>What was left out has no answer, not the default's.</summary>
    private static InstanceNode Absent(CompiledNode definition)
    {
        var node = new InstanceNode(definition.Name) { Definition = definition, IsAttribute = definition.IsAttribute, IsAbsent = true };
        foreach (var child in definition.Children)
        {
            if (!child.IsRepeat)
                node.Append(Absent(child), null);
        }

        return node;
    }

    /// <summary>Adds a turn behind the last one, or at the form's place for it when there is none.</summary>
    public static InstanceNode AddTurn(InstanceNode parent, CompiledNode repeat)
    {
        var turn = Turn(repeat);
        InstanceNode? before = null;
        foreach (var definition in repeat.Parent!.Children)
        {
            before = definition.IsAttribute ? before : parent.LastOf(definition.Name) ?? before;
            if (ReferenceEquals(definition, repeat))
                break;
        }

        parent.AddAfter(before, turn);
        return turn;
    }
}
