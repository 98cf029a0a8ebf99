namespace Amana.XForms.Reading;

/// <summary>The meta block, in which a form says of itself what nobody is asked: entity, audit, instanceID, instanceName.</summary>
internal static class MetaBlock
{
    public static FormGroup Of(string parent, IReadOnlyList<FormNode> children) => new() { Name = "meta", Path = $"{parent}/meta", Children = children, IsMeta = true };

    /// <summary>The form's nodes with its meta block completed, or added at the end.</summary>
    public static IReadOnlyList<FormNode> Into(IReadOnlyList<FormNode> nodes, SurveyContext context)
    {
        var path = $"/{context.Draft.RootName}";
        var children = context.Meta.ToList();
        if (!context.Settings.OmitInstanceId)
        {
            var id = new QuestionDraft("calculate", "instanceID");
            id.Bind("readonly", "true()");
            id.Bind("jr:preload", context.Settings.InstanceId);
            children.Add(id.Finished($"{path}/meta/instanceID", QuestionTypes.Find("calculate")!));
        }

        if (context.Settings.InstanceName is { } expression)
        {
            var name = new QuestionDraft("calculate", "instanceName");
            name.Bind("calculate", expression);
            children.Add(name.Finished($"{path}/meta/instanceName", QuestionTypes.Find("calculate")!));
        }

        if (children.Count == 0)
            return nodes;
        return nodes is [.., FormGroup { IsMeta: true } meta]
            ? [.. nodes.SkipLast(1), meta with { Children = [.. meta.Children, .. children] }]
            : [.. nodes, Of(path, children)];
    }
}
