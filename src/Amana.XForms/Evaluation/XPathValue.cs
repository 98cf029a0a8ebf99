using System.Globalization;

namespace Amana.XForms.Evaluation;

/// <summary>The kinds of value an expression can have. The dialect adds dates to the four of XPath 1.0.</summary>
public enum ValueKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A number (IEEE double, as XPath 1.0 clause 3.5 has it).</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A moment; a date is midnight of the day in the evaluation's time zone.</summary>
    Date,

    /// <summary>Nodes of an instance, in document order.</summary>
    Nodes,
}

/// <summary>A value of an expression with the conversions of ODK's dialect: dates count days since 1970-01-01, numbers print without exponent.</summary>
public readonly struct XPathValue : IEquatable<XPathValue>
{
    private readonly double _number;
    private readonly object? _content;

    private XPathValue(ValueKind kind, double number, object? content)
    {
        Kind = kind;
        _number = number;
        _content = content;
    }

    /// <summary>The kind of value.</summary>
    public ValueKind Kind { get; }

    /// <summary>The empty text.</summary>
    public static XPathValue Empty { get; } = Of("");

    internal static XPathValue True { get; } = new(ValueKind.Boolean, 1, null);

    internal static XPathValue False { get; } = new(ValueKind.Boolean, 0, null);

    internal static XPathValue NoNodes { get; } = new(ValueKind.Nodes, 0, null);

    internal object? Content => _content;

    internal DateTimeOffset Moment => (DateTimeOffset)_content!;

    /// <summary>A text.</summary>
    public static XPathValue Of(string text) => new(ValueKind.Text, 0, text);

    /// <summary>A number.</summary>
    public static XPathValue Of(double number) => new(ValueKind.Number, number, null);

    /// <summary>True or false.</summary>
    public static XPathValue Of(bool truth) => truth ? True : False;

    /// <summary>A moment.</summary>
    public static XPathValue Of(DateTimeOffset moment) => new(ValueKind.Date, 0, moment);

    internal static XPathValue Of(InstanceNode node) => new(ValueKind.Nodes, 1, node);

    internal static XPathValue Of(List<InstanceNode> nodes) => nodes.Count == 1 ? Of(nodes[0]) : new(ValueKind.Nodes, nodes.Count, nodes);

    /// <summary>How many nodes (0 for a value that is no node set).</summary>
    public int NodeCount => Kind == ValueKind.Nodes ? (int)_number : 0;

    internal InstanceNode NodeAt(int index) => _content as InstanceNode ?? ((List<InstanceNode>)_content!)[index];

    /// <summary>The value as text. A node set gives its first node's text.</summary>
    public string AsText() => Kind switch
    {
        ValueKind.Text => (string)_content!,
        ValueKind.Number => Print(_number),
        ValueKind.Boolean => _number != 0 ? "true" : "false",
        ValueKind.Date => Moments.Print(Moment),
        _ => NodeCount == 0 ? "" : NodeAt(0).Text,
    };

    /// <summary>The value as a number; NaN where it is none.</summary>
    public double AsNumber() => Kind switch
    {
        ValueKind.Text => Numbers.Read((string)_content!),
        ValueKind.Number or ValueKind.Boolean => _number,
        ValueKind.Date => Moments.Day(Moment),
        _ => NodeCount == 0 ? double.NaN : Numbers.Read(NodeAt(0).Text),
    };

    /// <summary>The value as true or false: a number that is neither zero nor NaN, a text that is not empty, every date, a node set whose first node has text.</summary>
    public bool AsBoolean() => Kind switch
    {
        ValueKind.Text => ((string)_content!).Length > 0,
        ValueKind.Number => !double.IsNaN(_number) && Math.Abs(_number) > 1e-12,
        ValueKind.Boolean => _number != 0,
        ValueKind.Date => true,
        _ => NodeCount > 0 && NodeAt(0).Text.Length > 0,
    };

    internal static string Print(double number)
    {
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "Infinity" : "-Infinity";
        if (Math.Abs(number) < 1e-12)
            return "0";
        if (Math.Abs(number) < 1e15 && Math.Abs(number - Math.Round(number)) < 1e-12)
            return ((long)Math.Round(number)).ToString(CultureInfo.InvariantCulture);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) ? number.ToString("0.#################", CultureInfo.InvariantCulture) : text;
    }

    /// <inheritdoc/>
    public bool Equals(XPathValue other) => Kind == other.Kind && _number.Equals(other._number) && Equals(_content, other._content);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is XPathValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _number, _content);

    /// <summary>Whether two values are the same kind and content.</summary>
    public static bool operator ==(XPathValue left, XPathValue right) => left.Equals(right);

    /// <summary>Whether two values differ in kind or content.</summary>
    public static bool operator !=(XPathValue left, XPathValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => AsText();
}
