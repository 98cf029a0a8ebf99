namespace Amana.XForms.Reading;

/// <summary>The "flat" setting: groups have no element in the data, so what they are relevant for goes to each question inside. An empty group keeps its element.</summary>
internal static class FlatForm
{
    public static IReadOnlyList<FormNode> Of(IReadOnlyList<FormNode> nodes, string outer = "")
    {
        var flat = new List<FormNode>(nodes.Count);
        foreach (var node in nodes)
        {
            var own = FormNode.Value(node.Bind, "relevant") ?? string.Empty;
            var relevant = (outer.Length, own.Length) switch
            {
                ( > 0, > 0) => $"{outer} and ({own})",
                ( > 0, 0) => outer,
                _ => own,
            };
            flat.Add(node switch
            {
                FormSection { Children.Count: > 0 } section => section with { Children = Of(section.Children, relevant) },
                FormSection empty => With(empty with { IsFlat = false, Path = $"{empty.Path}/{empty.Name}" }, relevant),
                _ => With(node, relevant),
            });
        }

        return flat;
    }

    private static FormNode With(FormNode node, string relevant)
    {
        if (relevant.Length == 0)
            return node;
        var bind = node.Bind.ToList();
        Attributes.Set(bind, "relevant", relevant);
        return node with { Bind = bind };
    }
}
