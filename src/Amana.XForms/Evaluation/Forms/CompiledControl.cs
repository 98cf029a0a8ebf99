namespace Amana.XForms.Evaluation;

/// <summary>Ways of asking.</summary>
public enum ControlKind
{
    /// <summary>A field to type in.</summary>
    Input,

    /// <summary>One of several choices.</summary>
    SelectOne,

    /// <summary>Any of several choices.</summary>
    SelectMany,

    /// <summary>Choices to be put in order.</summary>
    Rank,

    /// <summary>A file to be taken or chosen.</summary>
    Upload,

    /// <summary>A statement to be acknowledged.</summary>
    Trigger,

    /// <summary>A number on a scale.</summary>
    Range,

    /// <summary>Questions that belong together.</summary>
    Group,

    /// <summary>Questions that are asked several times.</summary>
    Repeat,
}

/// <summary>One choice as the form lists it.</summary>
/// <param name="Value">Its name in the data.</param>
/// <param name="Label">What people read.</param>
internal sealed record CompiledChoice(string Value, CompiledText Label);

/// <summary>A control of the form's body: how a node is asked, with its texts and choices.</summary>
public sealed class CompiledControl
{
    private readonly List<CompiledControl> _children = [];

    internal CompiledControl(ControlKind kind, CompiledNode? node)
    {
        Kind = kind;
        Node = node;
    }

    /// <summary>How it is asked.</summary>
    public ControlKind Kind { get; }

    /// <summary>The node; null for a group that binds none.</summary>
    public CompiledNode? Node { get; }

    /// <summary>Controls inside, in order.</summary>
    public IReadOnlyList<CompiledControl> Children => _children;

    /// <summary>Appearance, or empty.</summary>
    public string Appearance { get; internal set; } = "";

    /// <summary>Attributes of the control that matter to whoever draws it: mediatype, start, end, step, rows, query…</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; internal set; } = new Dictionary<string, string>();

    internal CompiledText? Label { get; set; }

    internal CompiledText? Hint { get; set; }

    internal List<CompiledChoice> Choices { get; } = [];

    internal Expression? ItemList { get; set; }

    internal Expression? ItemValue { get; set; }

    internal Expression? ItemLabel { get; set; }

    /// <summary>The values on offer where no answer and no file has a say in them; worked out once.</summary>
    internal HashSet<string>? FixedValues { get; set; }

    /// <summary>Whether the list of choices is a list of the form itself, without a filter.</summary>
    internal bool HasFixedList { get; set; }

    internal void Add(CompiledControl child) => _children.Add(child);
}
