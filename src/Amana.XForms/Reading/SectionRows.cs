namespace Amana.XForms.Reading;

/// <summary>Rows that begin and end groups, repeats and loops.</summary>
internal static class SectionRows
{
    private static readonly string[] GroupWords = ["group"];
    private static readonly string[] RepeatWords = ["lgroup", "repeat", "looped group"];

    /// <summary>The kind of section that a type begins, and the list of a loop; null for other types.</summary>
    public static (string Kind, string? List)? Begin(string type)
    {
        if (Rest(type, "begin") is not { } rest)
            return null;
        foreach (var (word, kind) in Words())
        {
            if (rest == word)
                return (kind, null);
            if (!rest.StartsWith(word + " ", StringComparison.Ordinal))
                continue;
            var list = rest[(word.Length + 1)..];
            if (list.StartsWith("over ", StringComparison.Ordinal) && list.Length > 5)
                list = list[5..];
            if (!list.Contains(' ', StringComparison.Ordinal))
                return (kind, list);
        }

        return null;
    }

    /// <summary>The kind of section that a type ends; null for other types.</summary>
    public static string? End(string type) =>
        Rest(type, "end") is { } rest ? Words().FirstOrDefault(w => w.Word == rest).Kind : null;

    public static void Open(string kind, string? list, TableRow row, SurveyContext context)
    {
        var name = row.Value("name")!;
        CheckOpening(kind, list, name, row, context);
        var body = Attributes.OfBundle(row, "control").ToList();
        if (row.Value("intent") is { } intent)
            Attributes.Set(body, "intent", intent);
        Count(name, body, row, context);
        var tableLabel = TableList(name, body, row, context);
        var path = context.Draft.IsFlat ? context.Current.Path : context.PathOf(name);
        var frame = Opened(kind, name, path, row, context, body, tableLabel is not null, list);
        context.Frames.Push(frame);
        if (tableLabel is not null)
            context.Add(tableLabel with { Path = context.PathOf(tableLabel.Name) });
    }

    public static void Close(string kind, TableRow row, SurveyContext context)
    {
        if (context.Current.Kind != kind || context.Frames.Count == 1)
        {
            var open = context.Frames.Count > 1 ? $"the {context.Current.Kind} '{context.Current.Name}' is open here" : "nothing is open here";
            context.Error("section.not-begun", $"This row ends a {kind}, but {open}. Check that every begin row has its end row.", row, "type");
            if (context.Frames.Any(f => f.Kind == kind))
                while (context.Current.Kind != kind)
                    context.Frames.Pop();
            else
                return;
        }

        var frame = context.Frames.Pop();
        context.TableList = null;
        if (context.Frames.Count < context.Limits.Depth && frame.Section is { } section)
            context.Add(kind == "loop" ? LoopExpansion.Of(section, context.Choices[frame.LoopList] ?? []) : section);
    }

    private static Frame Opened(string kind, string name, string path, TableRow row, SurveyContext context, List<FormAttribute> body, bool labelIsMoved, string? list)
    {
        var inside = new List<FormNode>();
        var label = labelIsMoved ? null : row.Text("label");
        if (label is null && FormNode.Value(body, "appearance") == "label")
            label = FormText.Plain(" ");
        FormSection section = kind == "repeat"
            ? new FormRepeat { Name = name, Path = path, Children = inside }
            : new FormGroup { Name = name, Path = path, Children = inside };
        return new Frame(kind, name, path, row)
        {
            LoopList = list,
            Scope = context.Current.Scope.Into(name, kind),
            Children = inside,
            Section = section with
            {
                Row = row.Number,
                Label = label,
                Hint = labelIsMoved ? null : row.Text("hint"),
                Media = Attributes.Media(row),
                Bind = [.. Attributes.OfBundle(row, "bind")],
                Body = body,
                Instance = [.. Attributes.OfBundle(row, "instance")],
                ConstraintMessage = row.Text("bind", "jr:constraintMsg"),
                RequiredMessage = row.Text("bind", "jr:requiredMsg"),
                NoAppMessage = row.Text("bind", "jr:noAppErrorString"),
                IsFlat = context.Draft.IsFlat,
            },
        };
    }

    private static void CheckOpening(string kind, string? list, string name, TableRow row, SurveyContext context)
    {
        if (context.Frames.Count == context.Limits.Depth)
            context.Error("section.too-deep", $"Groups and repeats stand more than {context.Limits.Depth} deep in each other. Flatten the form.", row, "type");
        if (kind == "repeat" && name == context.Draft.RootName)
            context.Error("name.same-as-root", $"A repeat cannot have the name of the form's root, '{name}'. Choose another.", row, "name");
        else if (kind == "repeat" && !context.RepeatNames.Add(name))
            context.Error("name.repeat-twice", $"Another repeat of the form is named '{name}'. Repeats need names of their own, wherever they stand.", row, "name");
        if (kind == "repeat" && !row.Has("label") && !row.Has("media"))
            context.Log.Warn("repeat.no-label", $"The repeat '{name}' has no label.", context.Table.Place(row, "label"));
        if (kind == "loop" && context.Choices[list]?.Find(c => !NamePrefixes.AreKnown(c.Name, context.Settings)) is { } unfit)
            context.Error("loop.choice-name", $"The loop makes a group named after each choice of '{list}', but '{unfit.Name}' cannot be a name. Use letters, digits, underscores, hyphens and full stops, a letter first.", row, "type");
        if (kind == "loop" && context.Choices[list] is null)
            context.Error("loop.no-list", $"A loop needs a list of the choices sheet: write 'begin loop over LIST'. {(list is null ? "No list is named." : $"There is no list '{list}'.")}", row, "type");
    }

    private static void Count(string name, List<FormAttribute> body, TableRow row, SurveyContext context)
    {
        if (FormNode.Value(body, "jr:count") is not { } count || References.IsOne(count))
            return;
        var counter = new QuestionDraft("calculate", $"{name}_count");
        counter.Bind("readonly", "true()");
        counter.Bind("calculate", count);
        context.Add(counter.Finished(context.PathOf(counter.Name), QuestionTypes.Find("calculate")!));
        Attributes.Set(body, "jr:count", $"${{{counter.Name}}}");
    }

    private static FormQuestion? TableList(string name, List<FormAttribute> body, TableRow row, SurveyContext context)
    {
        var words = FormNode.Value(body, "appearance")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (!words.Contains("table-list", StringComparer.Ordinal))
            return null;
        context.TableList = string.Empty;
        Attributes.Set(body, "appearance", string.Join(' ', words.Where(w => w != "table-list").Prepend("field-list")));
        if (!row.Has("label") && !row.Has("hint"))
            return null;
        var note = new QuestionDraft("note", FormattableString.Invariant($"generated_table_list_label_{row.Number}")) { Label = row.Text("label"), Hint = row.Text("hint") };
        return note.Finished(name, QuestionTypes.Find("note")!);
    }

    private static string? Rest(string type, string word) =>
        type.Length > word.Length + 1 && type.StartsWith(word, StringComparison.Ordinal) && (type[word.Length] == '_' || char.IsWhiteSpace(type[word.Length]))
            ? type[(word.Length + 1)..]
            : null;

    private static IEnumerable<(string Word, string Kind)> Words()
    {
        foreach (var word in GroupWords)
            yield return (word, "group");
        foreach (var word in RepeatWords)
            yield return (word, "repeat");
        yield return ("loop", "loop");
    }
}
