namespace Amana.XForms.Reading;

/// <summary>A question while it is put together from its row and its type.</summary>
internal sealed class QuestionDraft
{
    private readonly List<FormAttribute> bind = [];
    private readonly List<FormAttribute> body = [];

    public QuestionDraft(string type, string name, TableRow? row = null)
    {
        Type = type;
        Name = name;
        Row = row;
        if (row is null)
            return;
        Label = row.Text("label") ?? (row.Has("media") && row.Bundle("media").Count == 0 ? FormText.Plain(string.Empty) : null);
        Hint = row.Text("hint");
        Default = row.Value("default");
    }

    public string Type { get; }

    public string Name { get; }

    public TableRow? Row { get; }

    public FormText? Label { get; set; }

    public FormText? Hint { get; set; }

    public string? Default { get; set; }

    public bool DefaultIsComputed { get; set; }

    public string? ChoicesFrom { get; set; }

    public string? ExternalList { get; set; }

    public IReadOnlyList<FormAttribute> Parameters { get; set; } = [];

    public IReadOnlyList<string> Triggers { get; set; } = [];

    public List<FormAction> Actions { get; } = [];

    public IReadOnlyList<FormTag> Tags { get; set; } = [];

    /// <summary>Sets an attribute of the bind over what row and type say.</summary>
    public void Bind(string name, string value) => Attributes.Set(bind, name, value);

    /// <summary>Sets an attribute of the control over what row and type say.</summary>
    public void Body(string name, string value) => Attributes.Set(body, name, value);

    public FormQuestion Finished(string path, QuestionType type)
    {
        var bound = type.Bind.ToList();
        var shown = new List<FormAttribute>();
        if (type.MediaType is not null)
            shown.Add(new FormAttribute("mediatype", type.MediaType));
        Attributes.SetAll(bound, Attributes.OfBundle(Row, "bind"));
        Attributes.SetAll(bound, bind);
        Attributes.SetAll(shown, Attributes.OfBundle(Row, "control").Where(a => a.Name != "tag"));
        Attributes.SetAll(shown, body);
        return new FormQuestion
        {
            Name = Name,
            Path = path,
            Row = Row?.Number ?? 0,
            Type = Type,
            Control = type.Control,
            Label = Label ?? (FormNode.Value(shown, "appearance") == "label" ? FormText.Plain(" ") : null),
            Hint = Hint ?? (type.Hint is null ? null : FormText.Plain(type.Hint)),
            GuidanceHint = Row?.Text("guidance_hint"),
            Media = Attributes.Media(Row),
            Bind = bound,
            Body = shown,
            Instance = [.. Attributes.OfBundle(Row, "instance")],
            ConstraintMessage = Row?.Text("bind", "jr:constraintMsg"),
            RequiredMessage = Row?.Text("bind", "jr:requiredMsg"),
            NoAppMessage = Row?.Text("bind", "jr:noAppErrorString"),
            ChoicesFrom = ChoicesFrom,
            ExternalList = ExternalList,
            ChoiceFilter = Row?.Value("choice_filter"),
            Default = Default,
            DefaultIsComputed = DefaultIsComputed,
            Parameters = Parameters,
            Triggers = Triggers,
            Actions = Actions,
            Tags = Tags,
        };
    }
}

/// <summary>Lists of attributes, in which a name stands once.</summary>
internal static class Attributes
{
    private static readonly HashSet<string> Messages = ["jr:constraintMsg", "jr:requiredMsg", "jr:noAppErrorString"];

    public static void Set(List<FormAttribute> attributes, string name, string value)
    {
        var at = attributes.FindIndex(a => a.Name == name);
        if (at < 0)
            attributes.Add(new FormAttribute(name, value));
        else
            attributes[at] = new FormAttribute(name, value);
    }

    public static void SetAll(List<FormAttribute> attributes, IEnumerable<FormAttribute> others)
    {
        foreach (var other in others)
            Set(attributes, other.Name, other.Value);
    }

    /// <summary>The bundle's attributes without messages, which are texts for people.</summary>
    public static IEnumerable<FormAttribute> OfBundle(TableRow? row, string bundle) =>
        row?.Bundle(bundle).Where(e => !Messages.Contains(e.Name)).Select(e => new FormAttribute(e.Name, Written(e.Text))) ?? [];

    /// <summary>A heading of three parts (body:esri:style) gives a map in one attribute, written as the reference converter writes it.</summary>
    private static string Written(FormText text) =>
        text.IsTranslated ? $"{{{string.Join(", ", text.Texts.Select(t => $"'{t.Language}': '{t.Text}'"))}}}" : text.Texts[0].Text;

    public static IReadOnlyList<FormMedia> Media(TableRow? row) => row is null ? [] : [.. row.Bundle("media").Select(m => new FormMedia(m.Name, m.Text))];
}
