namespace Amana.XForms.Writing;

/// <summary>
/// The texts that clients look up by id and language (itext). A text is looked up when it names a language, when media go with it, when
/// it is a guidance hint or the hint beside one, and when it is a message with references.
/// </summary>
internal sealed class Translations
{
    private readonly Dictionary<string, Dictionary<string, Entry>> texts = new(StringComparer.Ordinal);
    private readonly List<string> order = [];
    private readonly List<string> languages = [];
    private readonly string defaultLanguage;

    private Translations(string defaultLanguage) => this.defaultLanguage = defaultLanguage;

    public IReadOnlyList<string> Languages => languages;

    public static Translations Of(FormModel form)
    {
        var translations = new Translations(form.Settings.DefaultLanguage);
        foreach (var list in form.ChoiceLists.Where(l => l.NeedsTranslations))
        {
            for (var i = 0; i < list.Choices.Count; i++)
                translations.Add(ChoiceId(list, i), list.Choices[i]);
        }

        var nodes = form.Nodes.Where(n => n is FormQuestion or FormSection).ToList();
        foreach (var node in nodes)
            translations.Add(node);
        foreach (var node in nodes)
            translations.AddMedia($"{node.Path}:label", node.Media);
        return translations;
    }

    public static string ChoiceId(ChoiceList list, int index) => FormattableString.Invariant($"{list.Name}-{index}");

    /// <summary>True when the label is looked up.</summary>
    public static bool LooksUpLabel(FormNode node) => node.Label is { IsTranslated: true } || node.Media.Count > 0;

    /// <summary>True when the message is looked up.</summary>
    public static bool LooksUp(FormText message) => message.IsTranslated || References.AnyIn(message.PlainText);

    public void Write(XmlOut xml, Expressions expressions, Places places)
    {
        if (languages.Count == 0)
            return;
        xml.Start("itext");
        foreach (var language in languages)
        {
            xml.Start("translation");
            xml.Attribute("lang", language);
            if (language == defaultLanguage)
                xml.Attribute("default", "true()");
            foreach (var id in order)
                WriteText(xml, id, language, expressions, places);
            xml.End();
        }

        xml.End();
    }

    private void WriteText(XmlOut xml, string id, string language, Expressions expressions, Places places)
    {
        xml.Start("text");
        xml.Attribute("id", id);
        foreach (var (form, entry) in texts[id])
        {
            var content = entry.Texts.GetValueOrDefault(language, "-");
            if (form is not ("long" or "guidance" or "hint") && content == "-")
                continue;
            xml.Start("value");
            if (form is not ("long" or "hint"))
                xml.Attribute("form", form);
            var folder = form switch { "long" or "hint" or "guidance" => string.Empty, "image" or "big-image" => "jr://images/", _ => $"jr://{form}/" };
            if (folder.Length > 0)
                xml.Text(folder);
            expressions.WriteText(xml, content, entry.Node is null ? null : places[entry.Node]);
            xml.End();
        }

        xml.End();
    }

    private void Add(string id, Choice choice)
    {
        if (choice.Label is not null)
            Put(id, "long", choice.Label, null);
        AddMedia(id, choice.Media);
    }

    private void Add(FormNode node)
    {
        AddMessage(node, "jr:constraintMsg", node.ConstraintMessage);
        AddMessage(node, "jr:requiredMsg", node.RequiredMessage);
        if (node.NoAppMessage is { IsTranslated: true } noApp)
            Put($"{node.Path}:jr:noAppErrorString", "long", noApp, node);
        if (node.Label is not null && LooksUpLabel(node))
            Put($"{node.Path}:label", "long", node.Label, node);
        if (node.Hint is not null && (node.Hint.IsTranslated || node.GuidanceHint is not null))
            Put($"{node.Path}:hint", "hint", node.Hint, node);
        if (node.GuidanceHint is not null)
            Put($"{node.Path}:hint", "guidance", node.GuidanceHint, node);
    }

    private void AddMessage(FormNode node, string name, FormText? message)
    {
        if (message is not null && LooksUp(message))
            Put($"{node.Path}:{name}", "long", message, node);
    }

    /// <summary>References in names of files begin at the root, as the reference converter writes them; clients find the turn of a repeat themselves.</summary>
    private void AddMedia(string id, IReadOnlyList<FormMedia> media)
    {
        foreach (var file in media)
            Put(id, file.Kind, file.File, null);
    }

    private void Put(string id, string form, FormText text, FormNode? node)
    {
        if (!texts.TryGetValue(id, out var forms))
        {
            texts[id] = forms = new Dictionary<string, Entry>(StringComparer.Ordinal);
            order.Add(id);
        }

        if (!forms.TryGetValue(form, out var entry))
            forms[form] = entry = new Entry(node);
        foreach (var (language, content) in text.Texts)
        {
            var named = language ?? defaultLanguage;
            if (!languages.Contains(named, StringComparer.Ordinal))
                languages.Add(named);
            entry.Texts[named] = content;
        }
    }

    private sealed class Entry(FormNode? node)
    {
        public FormNode? Node { get; } = node;

        public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);
    }
}
