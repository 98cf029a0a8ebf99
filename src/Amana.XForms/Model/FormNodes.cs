using System.Text.Json.Serialization;

namespace Amana.XForms;

/// <summary>Anything that has its place in a form's data: a question, a group, a repeat, an entity, an attached data file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "node")]
[JsonDerivedType(typeof(FormQuestion), "question")]
[JsonDerivedType(typeof(FormGroup), "group")]
[JsonDerivedType(typeof(FormRepeat), "repeat")]
[JsonDerivedType(typeof(FormEntity), "entity")]
[JsonDerivedType(typeof(FormDataFile), "dataFile")]
public abstract record FormNode
{
    /// <summary>The name in the data; unique among its siblings.</summary>
    public required string Name { get; init; }

    /// <summary>The path from the root of the data, such as /data/household/age.</summary>
    public required string Path { get; init; }

    /// <summary>The row of the survey sheet; 0 when the converter made the node.</summary>
    public int Row { get; init; }

    /// <summary>What people read, or null.</summary>
    public FormText? Label { get; init; }

    /// <summary>The hint below the label, or null.</summary>
    public FormText? Hint { get; init; }

    /// <summary>Longer guidance that clients may hide, or null.</summary>
    public FormText? GuidanceHint { get; init; }

    /// <summary>Pictures, sounds and films that go with the label.</summary>
    public IReadOnlyList<FormMedia> Media { get; init; } = [];

    /// <summary>Logic and type, as they go into the bind: type, relevant, constraint, required, calculate, readonly and the form's own.</summary>
    public IReadOnlyList<FormAttribute> Bind { get; init; } = [];

    /// <summary>Appearance and the like, as they go into the control.</summary>
    public IReadOnlyList<FormAttribute> Body { get; init; } = [];

    /// <summary>Attributes of the element in the data.</summary>
    public IReadOnlyList<FormAttribute> Instance { get; init; } = [];

    /// <summary>What is said when the constraint is not met.</summary>
    public FormText? ConstraintMessage { get; init; }

    /// <summary>What is said when an answer is required and missing.</summary>
    public FormText? RequiredMessage { get; init; }

    /// <summary>What is said when an app that the question opens is not there.</summary>
    public FormText? NoAppMessage { get; init; }

    /// <summary>True when the converter made this node and no row of the sheet did.</summary>
    [JsonIgnore]
    public bool IsGenerated => Row == 0;

    /// <summary>When the node is asked, as an XPath expression with ${references}; null means always.</summary>
    [JsonIgnore]
    public string? Relevant => BindValue("relevant");

    /// <summary>What an answer must meet.</summary>
    [JsonIgnore]
    public string? Constraint => BindValue("constraint");

    /// <summary>When an answer is required: "true()", "false()" or an expression.</summary>
    [JsonIgnore]
    public string? Required => BindValue("required");

    /// <summary>When an answer cannot be changed.</summary>
    [JsonIgnore]
    public string? ReadOnly => BindValue("readonly");

    /// <summary>How the value is computed.</summary>
    [JsonIgnore]
    public string? Calculation => BindValue("calculate");

    /// <summary>How clients show the node.</summary>
    [JsonIgnore]
    public string? Appearance => Value(Body, "appearance");

    /// <summary>The value of one attribute of the bind, with yes and no written as true() and false(); null when absent.</summary>
    public string? BindValue(string name) => Value(Bind, name) is { } value ? BindWords.Expression(name, value) : null;

    internal static string? Value(IReadOnlyList<FormAttribute> attributes, string name)
    {
        foreach (var attribute in attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal))
                return attribute.Value;
        }

        return null;
    }
}

/// <summary>A node with others inside.</summary>
public abstract record FormSection : FormNode
{
    /// <summary>What is inside, in the order of the sheet.</summary>
    public IReadOnlyList<FormNode> Children { get; init; } = [];

    /// <summary>True where the section has no element of its own in the data (the "flat" setting).</summary>
    public bool IsFlat { get; init; }
}

/// <summary>Questions that stand together.</summary>
public sealed record FormGroup : FormSection
{
    /// <summary>True for the meta block, which nobody sees: instanceID, instanceName, audit, entity.</summary>
    public bool IsMeta { get; init; }
}

/// <summary>Questions that are asked again and again, such as once per member of a household.</summary>
public sealed record FormRepeat : FormSection
{
    /// <summary>How often, as an expression; null when the person decides.</summary>
    [JsonIgnore]
    public string? Count => Value(Body, "jr:count");
}

/// <summary>A file of data that goes with the form; it shows nowhere, but expressions read it as an instance of this name.</summary>
public sealed record FormDataFile : FormNode
{
    /// <summary>csv or xml.</summary>
    public required string Extension { get; init; }
}

/// <summary>The creation or update of an entity (ODK XForms entities specification 2024.1 and 2025.1), in the meta block of its scope.</summary>
public sealed record FormEntity : FormNode
{
    /// <summary>The entity list.</summary>
    public required string ListName { get; init; }

    /// <summary>The expression that gives the id of the entity to update; null when one is only ever created.</summary>
    public string? EntityId { get; init; }

    /// <summary>When to create; null with no entity id means always.</summary>
    public string? CreateIf { get; init; }

    /// <summary>When to update; null with an entity id means always.</summary>
    public string? UpdateIf { get; init; }

    /// <summary>The expression that labels the entity, or null.</summary>
    public string? LabelExpression { get; init; }

    /// <summary>True inside a repeat, where each turn makes its own entity.</summary>
    public bool IsInRepeat { get; init; }
}
