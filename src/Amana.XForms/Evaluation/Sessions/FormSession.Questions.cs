namespace Amana.XForms.Evaluation;

/// <summary>One question as it stands now.</summary>
public sealed record QuestionState
{
    /// <summary>Its path with positions; give it to <see cref="FormSession.Set"/>.</summary>
    public required string Path { get; init; }

    /// <summary>What the form says of it.</summary>
    public required CompiledNode Node { get; init; }

    /// <summary>How it is asked.</summary>
    public required CompiledControl Control { get; init; }

    /// <summary>Label in the language of the session.</summary>
    public required string Label { get; init; }

    /// <summary>Hint in the language of the session, or empty.</summary>
    public required string Hint { get; init; }

    /// <summary>The answer as it is stored, or empty.</summary>
    public required string Answer { get; init; }

    /// <summary>Whether it is asked now.</summary>
    public required bool IsVisible { get; init; }

    /// <summary>Whether an answer is required now.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>Whether the answer may not be changed: the form says so, or works it out by itself.</summary>
    public required bool IsReadOnly { get; init; }

    /// <summary>Choices on offer now, filtered by the answers so far; empty for questions without choices.</summary>
    public required IReadOnlyList<OfferedChoice> Choices { get; init; }
}

/// <summary>What is wrong with one answer.</summary>
/// <param name="Path">The question's path with positions.</param>
/// <param name="Fault">The kind of fault.</param>
/// <param name="Message">The form's own words in the session's language where it has some, else plain English.</param>
public sealed record AnswerError(string Path, AnswerFault Fault, string Message)
{
    /// <summary>What is said of a missing answer where the form's author wrote no message.</summary>
    public const string Needed = "An answer is needed here.";

    /// <summary>What is said of an answer that breaks a constraint where the form's author wrote no message.</summary>
    public const string NotAllowed = "This answer is not allowed here.";
}

/// <summary>A part of the form as it is shown: a group, a turn of a repeat, or a question.</summary>
/// <param name="Kind">Group, Repeat (one turn), or the kind of question.</param>
/// <param name="Path">Path with positions; empty for a group that binds no node.</param>
/// <param name="Label">Label in the session's language, or empty.</param>
/// <param name="Appearance">Appearance, or empty.</param>
/// <param name="IsVisible">Whether it is shown now.</param>
/// <param name="Question">The question; null for groups and turns.</param>
/// <param name="Parts">Parts inside, in order.</param>
public sealed record FormPart(
    ControlKind Kind, string Path, string Label, string Appearance, bool IsVisible, QuestionState? Question, IReadOnlyList<FormPart> Parts)
{
    /// <summary>For a repeat: whether people may add and remove turns. The part of a repeat holds one part of kind Repeat a turn.</summary>
    public bool CanAddTurns { get; init; }
}

/// <summary>The part that says what is to be asked and what is wrong.</summary>
public sealed partial class FormSession
{
    private AnswerCheck Check => _check ??= new AnswerCheck(_runner);

    private AnswerCheck? _check;

    /// <summary>The form from top to bottom as it is to be shown now. Parts that are not visible are there too, so that a page can keep their place.</summary>
    public IReadOnlyList<FormPart> Parts
    {
        get
        {
            Refresh();
            var root = Document.First(Form.Root.Name)!;
            return [.. Form.Body.SelectMany(control => PartsOf(control, root))];
        }
    }

    /// <summary>A question as it stands now, or null when the form has none there.</summary>
    public QuestionState? Question(string path)
    {
        Refresh();
        var node = InstancePath.Find(Document, path, mayAdd: false, Added, out _);
        return node?.Definition?.Control is { } control ? StateOf(node, control) : null;
    }

    /// <summary>The answer at a path, worked-out ones too; null when there is no such node, empty when it does not count.</summary>
    public string? Answer(string path)
    {
        Refresh();
        var node = InstancePath.Find(Document, path, mayAdd: false, Added, out _);
        return node is null ? null : node.IsRelevant ? node.Text : "";
    }

    /// <summary>Whether the node at a path counts now.</summary>
    public bool IsVisible(string path)
    {
        Refresh();
        return InstancePath.Find(Document, path, mayAdd: false, Added, out _)?.IsRelevant ?? false;
    }

    /// <summary>How many turns a repeat has now.</summary>
    /// <param name="path">The repeat's path, with <c>[n]</c> for turns of repeats around it.</param>
    public int Turns(string path)
    {
        Refresh();
        var cut = path.LastIndexOf('/');
        var parent = cut > 0 ? InstancePath.Find(Document, path[..cut], mayAdd: false, Added, out _) : null;
        return parent?.Definition?.Child(path[(cut + 1)..]) is { IsRepeat: true } repeat ? CountTurns(parent, repeat) : 0;
    }

    /// <summary>Everything that is wrong with the answers to questions that count, from top to bottom.</summary>
    public IReadOnlyList<AnswerError> Errors()
    {
        Refresh();
        var errors = new List<AnswerError>();
        FindErrors(Document, errors);
        return errors;
    }

    private void FindErrors(InstanceNode node, List<AnswerError> errors)
    {
        foreach (var child in node.ChildSpan)
        {
            if (!child.IsRelevant || child.Definition is not { } definition)
                continue;
            if (definition.IsGroup)
                FindErrors(child, errors);
            else if (definition.Control is not null && Check.Judge(child) is var (fault, message))
                errors.Add(new AnswerError(child.Path, fault, message));
        }
    }

    private IEnumerable<FormPart> PartsOf(CompiledControl control, InstanceNode context)
    {
        if (control.Kind == ControlKind.Repeat)
            return control.Node is { } repeat && Holder(context, repeat) is { } holder ? [RepeatPart(control, repeat, holder)] : [];
        // A group around a repeat often names the repeat's own node; it stands around all turns, not in the first.
        var around = control.Kind == ControlKind.Group && control.Node is { IsRepeat: true };
        var node = control.Node is null || around ? context : Within(context, control.Node);
        if (node is null)
            return [];
        if (control.Kind != ControlKind.Group)
        {
            var state = StateOf(node, control);
            return [new FormPart(control.Kind, state.Path, state.Label, control.Appearance, state.IsVisible, state, [])];
        }

        var inside = control.Children.SelectMany(child => PartsOf(child, node)).ToList();
        var path = control.Node is null || around ? "" : node.Path;
        var visible = node.IsRelevant && (!around || inside.Exists(part => part.IsVisible));
        return [new FormPart(ControlKind.Group, path, Say(control.Label, node), control.Appearance, visible, null, inside)];
    }

    private FormPart RepeatPart(CompiledControl control, CompiledNode repeat, InstanceNode holder)
    {
        var turns = new List<FormPart>();
        for (var turn = holder.First(repeat.Name); turn is not null; turn = turn.NextSame)
        {
            var at = turn;
            var inside = control.Children.SelectMany(child => PartsOf(child, at)).ToList();
            turns.Add(new FormPart(ControlKind.Repeat, at.Path, Say(control.Label, at), control.Appearance, at.IsRelevant, null, inside));
        }

        var visible = holder.IsRelevant && (turns.Count == 0 ? CouldCount(holder, repeat) : turns.Exists(turn => turn.IsVisible));
        return new FormPart(ControlKind.Repeat, $"{holder.Path}/{repeat.Name}", "", control.Appearance, visible, null, turns)
        {
            CanAddTurns = repeat.RepeatCount is null && !control.Attributes.ContainsKey("noAddRemove"),
        };
    }

    /// <summary>Whether a first turn would count.</summary>
    private bool CouldCount(InstanceNode holder, CompiledNode repeat) =>
        repeat.Relevant is not { } relevant || _runner.Value(InstanceNode.StandIn(holder, repeat), relevant, "relevant") is not { } value || value.AsBoolean();

    /// <summary>The node that holds the turns of a repeat, seen from a place around it.</summary>
    private static InstanceNode? Holder(InstanceNode context, CompiledNode repeat) => repeat.Parent is { } parent ? Within(context, parent) : null;

    /// <summary>The node of a definition below (or at) a node; groups in between have one each.</summary>
    private static InstanceNode? Within(InstanceNode context, CompiledNode wanted)
    {
        if (ReferenceEquals(context.Definition, wanted))
            return context;
        if (wanted.Parent is null)
            return null;
        var parent = Within(context, wanted.Parent);
        return wanted.IsAttribute ? parent?.Attribute(wanted.Name) : parent?.First(wanted.Name);
    }

    private QuestionState StateOf(InstanceNode node, CompiledControl control)
    {
        var definition = node.Definition!;
        var selects = control.Kind is ControlKind.SelectOne or ControlKind.SelectMany or ControlKind.Rank;
        return new QuestionState
        {
            Path = node.Path,
            Node = definition,
            Control = control,
            Label = Say(control.Label, node),
            Hint = Say(control.Hint, node),
            Answer = node.Text,
            IsVisible = node.IsRelevant,
            IsRequired = node.IsRelevant && Check.IsRequired(node),
            IsReadOnly = definition.Calculate is not null || Check.IsReadOnly(node),
            Choices = selects && node.IsRelevant ? Evaluation.Choices.Offered(_runner.Evaluator, control, node) : [],
        };
    }

    private string Say(CompiledText? text, InstanceNode node)
    {
        if (text is null)
            return "";
        _runner.Evaluator.Clear();
        return text.In(_runner.Evaluator, Scope.At(node));
    }
}
