namespace Amana.XForms.Reading;

/// <summary>
/// Writes a loop out: a group with one group inside for each choice of the list ("none" left out), in which %(name)s and %(label)s
/// stand for the choice.
/// </summary>
internal static class LoopExpansion
{
    public static FormGroup Of(FormSection loop, IReadOnlyList<Choice> choices) => new()
    {
        Name = loop.Name,
        Path = loop.Path,
        Row = loop.Row,
        Label = loop.Label,
        Hint = loop.Hint,
        Media = loop.Media,
        Bind = loop.Bind,
        Body = loop.Body,
        Instance = loop.Instance,
        ConstraintMessage = loop.ConstraintMessage,
        RequiredMessage = loop.RequiredMessage,
        NoAppMessage = loop.NoAppMessage,
        IsFlat = loop.IsFlat,
        Children = [.. choices.Where(c => c.Name != "none").Select(c => Turn(loop, c))],
    };

    private static FormNode Turn(FormSection loop, Choice choice)
    {
        var path = loop.IsFlat ? loop.Path : $"{loop.Path}/{choice.Name}";
        return new FormGroup
        {
            Name = choice.Name,
            Path = path,
            Row = loop.Row,
            Label = choice.Label,
            Media = choice.Media,
            IsFlat = loop.IsFlat,
            Children = [.. loop.Children.Select(c => For(choice, c, path))],
        };
    }

    private static FormNode For(Choice choice, FormNode node, string parent)
    {
        string Put(string text, string? language) => text
            .Replace("%(name)s", choice.Name, StringComparison.Ordinal)
            .Replace("%(label)s", LabelIn(choice, language), StringComparison.Ordinal)
            .Replace("%%", "%", StringComparison.Ordinal);
        FormText? PutText(FormText? text) => text is null ? null : new FormText([.. text.Texts.Select(t => t with { Text = Put(t.Text, t.Language) })]);
        IReadOnlyList<FormAttribute> PutAll(IReadOnlyList<FormAttribute> attributes) => [.. attributes.Select(a => a with { Value = Put(a.Value, null) })];

        var name = Put(node.Name, null);
        var path = node is FormSection { IsFlat: true } ? parent : $"{parent}/{name}";
        var copy = node with
        {
            Name = name,
            Path = path,
            Label = PutText(node.Label),
            Hint = PutText(node.Hint),
            GuidanceHint = PutText(node.GuidanceHint),
            Bind = PutAll(node.Bind),
            Body = PutAll(node.Body),
            ConstraintMessage = PutText(node.ConstraintMessage),
            RequiredMessage = PutText(node.RequiredMessage),
            NoAppMessage = PutText(node.NoAppMessage),
        };
        return copy switch
        {
            FormSection section => section with { Children = [.. section.Children.Select(c => For(choice, c, path))] },
            FormQuestion question => question with
            {
                Default = question.Default is null ? null : Put(question.Default, null),
                ChoiceFilter = question.ChoiceFilter is null ? null : Put(question.ChoiceFilter, null),
            },
            _ => copy,
        };
    }

    private static string LabelIn(Choice choice, string? language) =>
        choice.Label is null ? string.Empty : choice.Label.Texts.FirstOrDefault(t => t.Language == language)?.Text ?? choice.Label.Texts[0].Text;
}
