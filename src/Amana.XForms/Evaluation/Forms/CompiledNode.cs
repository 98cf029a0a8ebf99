namespace Amana.XForms.Evaluation;

/// <summary>Types of answers that a form can ask (ODK XForms specification, "data types").</summary>
public enum AnswerType
{
    /// <summary>Text; also the type of a node that says none.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A number.</summary>
    Decimal,

    /// <summary>True or false (1 or 0).</summary>
    Boolean,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A moment.</summary>
    DateTime,

    /// <summary>A point on the map.</summary>
    GeoPoint,

    /// <summary>A line on the map.</summary>
    GeoTrace,

    /// <summary>An area on the map.</summary>
    GeoShape,

    /// <summary>The name of a file that comes with the submission.</summary>
    File,
}

/// <summary>A value that a form sets by itself at an event.</summary>
/// <param name="Events">The events: odk-instance-first-load, odk-instance-load, odk-new-repeat, xforms-value-changed.</param>
/// <param name="Value">What is set; null sets the text.</param>
/// <param name="Text">The literal text where there is no expression.</param>
/// <param name="Trigger">The question whose change sets it, or null.</param>
public sealed record SetValue(IReadOnlyList<string> Events, Expression? Value, string Text, CompiledNode? Trigger);

/// <summary>What a form says of one node of its data: where it stands and every rule that binds it, ready to be evaluated.</summary>
public sealed class CompiledNode
{
    private readonly List<CompiledNode> _children = [];
    private readonly List<SetValue> _setValues = [];
    private readonly Dictionary<string, CompiledNode> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompiledNode> _attributes = new(StringComparer.Ordinal);

    internal CompiledNode(CompiledForm form, CompiledNode? parent, string name, bool isAttribute)
    {
        Form = form;
        Parent = parent;
        Name = name;
        IsAttribute = isAttribute;
        Path = parent is null ? "" : $"{parent.Path}/{(isAttribute ? "@" : "")}{name}";
    }

    /// <summary>The form.</summary>
    public CompiledForm Form { get; }

    /// <summary>The node above; null for the document.</summary>
    public CompiledNode? Parent { get; }

    /// <summary>Local name.</summary>
    public string Name { get; }

    /// <summary>Path without positions, e.g. <c>/data/child/age</c>.</summary>
    public string Path { get; }

    /// <summary>Whether it is an attribute of its parent.</summary>
    public bool IsAttribute { get; }

    /// <summary>Whether the form repeats it.</summary>
    public bool IsRepeat { get; internal set; }

    /// <summary>Nodes below, in document order.</summary>
    public IReadOnlyList<CompiledNode> Children => _children;

    /// <summary>Whether it holds nodes rather than an answer.</summary>
    public bool IsGroup => _byName.Count > 0;

    /// <summary>Type of its answer.</summary>
    public AnswerType Type { get; internal set; }

    /// <summary>The type as the form names it.</summary>
    public string TypeName { get; internal set; } = "string";

    /// <summary>Its answer in an empty form.</summary>
    public string Default { get; internal set; } = "";

    /// <summary>How its answer is worked out, or null.</summary>
    public Expression? Calculate { get; internal set; }

    /// <summary>When it counts; null: always.</summary>
    public Expression? Relevant { get; internal set; }

    /// <summary>When an answer is required; null: never.</summary>
    public Expression? Required { get; internal set; }

    /// <summary>What its answer must meet, or null.</summary>
    public Expression? Constraint { get; internal set; }

    /// <summary>When nobody may change it; null: never.</summary>
    public Expression? ReadOnly { get; internal set; }

    /// <summary>How many turns a repeat has; null: as many as people add.</summary>
    public Expression? RepeatCount { get; internal set; }

    /// <summary>What is said when the constraint is not met.</summary>
    public CompiledText? ConstraintMessage { get; internal set; }

    /// <summary>What is said when a required answer is missing.</summary>
    public CompiledText? RequiredMessage { get; internal set; }

    /// <summary>What the device fills in (<c>date</c>, <c>timestamp</c>, <c>property</c>, <c>uid</c>), or null.</summary>
    public string? Preload { get; internal set; }

    /// <summary>Which of those (<c>start</c>, <c>end</c>, <c>today</c>, <c>username</c>…), or null.</summary>
    public string? PreloadParameter { get; internal set; }

    /// <summary>How it is asked; null when it is not.</summary>
    public CompiledControl? Control { get; internal set; }

    /// <summary>Values that the form sets by itself.</summary>
    public IReadOnlyList<SetValue> SetValues => _setValues;

    internal int Index { get; set; }

    internal int InitialTurns { get; set; }

    internal string NamespaceUri { get; set; } = "";

    internal string Prefix { get; set; } = "";

    internal void Add(CompiledNode child)
    {
        _children.Add(child);
        (child.IsAttribute ? _attributes : _byName).TryAdd(child.Name, child);
    }

    internal void Add(SetValue setValue) => _setValues.Add(setValue);

    internal CompiledNode? Child(string name, bool attribute = false) => (attribute ? _attributes : _byName).GetValueOrDefault(name);

    internal bool IsAbove(CompiledNode other)
    {
        for (var node = other.Parent; node is not null; node = node.Parent)
        {
            if (ReferenceEquals(node, this))
                return true;
        }

        return false;
    }

    internal List<CompiledNode> FromRoot()
    {
        var nodes = new List<CompiledNode>();
        for (var node = this; node.Parent is not null; node = node.Parent)
            nodes.Add(node);
        nodes.Reverse();
        return nodes;
    }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
