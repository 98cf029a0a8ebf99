using System.Text.Json.Serialization;

namespace Amana.XForms;

/// <summary>Something done without being asked: a default that is computed, a place that is taken, a sound that is recorded.</summary>
public sealed record FormAction(string Element, string Event, string? Quality = null);

/// <summary>A tag of an OpenStreetMap question.</summary>
public sealed record FormTag(string Key, FormText? Label);

/// <summary>One question, asked of a person or answered by the device.</summary>
public sealed record FormQuestion : FormNode
{
    /// <summary>The type, in one spelling for all its aliases: "text", "integer", "select one", "select all that apply", "photo"…</summary>
    public required string Type { get; init; }

    /// <summary>The element in the form's body (input, select1, select, upload, trigger, range, odk:rank); null when nothing shows.</summary>
    public string? Control { get; init; }

    /// <summary>Where the choices come from: a list's name, a file's name, or a ${reference} to earlier answers; null for other questions.</summary>
    public string? ChoicesFrom { get; init; }

    /// <summary>The list of the external_choices sheet that is looked through, or null.</summary>
    public string? ExternalList { get; init; }

    /// <summary>Which of the choices are offered, as an expression over their columns; null means all.</summary>
    public string? ChoiceFilter { get; init; }

    /// <summary>The first value, written out or as an expression.</summary>
    public string? Default { get; init; }

    /// <summary>True where the default is an expression and not a value.</summary>
    public bool DefaultIsComputed { get; init; }

    /// <summary>Parameters of the type, such as start, end and step of a range.</summary>
    public IReadOnlyList<FormAttribute> Parameters { get; init; } = [];

    /// <summary>Names of the questions whose change computes this one anew.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>Things done without being asked.</summary>
    public IReadOnlyList<FormAction> Actions { get; init; } = [];

    /// <summary>The tags of an OpenStreetMap question.</summary>
    public IReadOnlyList<FormTag> Tags { get; init; } = [];

    /// <summary>What sort of question it is.</summary>
    [JsonIgnore]
    public QuestionKind Kind => QuestionKinds.Of(this);

    /// <summary>The XForms data type: string, int, decimal, date, time, dateTime, geopoint, binary…; string where the form names none.</summary>
    [JsonIgnore]
    public string DataType => Value(Bind, "type") ?? "string";

    /// <summary>True when a person sees it and can answer (or read) it.</summary>
    [JsonIgnore]
    public bool IsShown => Control is not null && !IsHiddenCalculation;

    /// <summary>True for a question whose value is computed and that has nothing to show.</summary>
    [JsonIgnore]
    internal bool IsHiddenCalculation => Type == "calculate" || ((Triggers.Count > 0 || Value(Bind, "calculate") is not null) && Label is null or { PlainText: "" } && Hint is null);

    /// <summary>The value of a parameter, or null.</summary>
    public string? Parameter(string name) => Value(Parameters, name);
}

/// <summary>Sorts of questions, as the rest of the product tells them apart.</summary>
public enum QuestionKind
{
    /// <summary>Free text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Decimal,

    /// <summary>A number on a scale.</summary>
    Range,

    /// <summary>One of several choices.</summary>
    SelectOne,

    /// <summary>Any of several choices.</summary>
    SelectMultiple,

    /// <summary>Choices put in order.</summary>
    Rank,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A day with its time.</summary>
    DateTime,

    /// <summary>A point on the map.</summary>
    Geopoint,

    /// <summary>A line on the map.</summary>
    Geotrace,

    /// <summary>An area on the map.</summary>
    Geoshape,

    /// <summary>A picture, drawing or signature.</summary>
    Image,

    /// <summary>A sound.</summary>
    Audio,

    /// <summary>A film.</summary>
    Video,

    /// <summary>Any other file.</summary>
    File,

    /// <summary>A bar code.</summary>
    Barcode,

    /// <summary>Something to confirm.</summary>
    Acknowledge,

    /// <summary>Text to read; no answer.</summary>
    Note,

    /// <summary>A computed value.</summary>
    Calculate,

    /// <summary>A value that nobody sees.</summary>
    Hidden,

    /// <summary>Something the device says of itself or of the filling: start, end, today, device, user, audit.</summary>
    Metadata,
}
