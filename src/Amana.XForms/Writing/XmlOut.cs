using System.Text;

namespace Amana.XForms.Writing;

/// <summary>
/// Writes indented XML into memory, with names as they are given. Elements that hold text are written on one line, so that no blanks
/// get into texts. The same calls give the same bytes.
/// </summary>
internal sealed class XmlOut
{
    private readonly StringBuilder text = new("<?xml version=\"1.0\"?>\n");
    private readonly Stack<OpenElement> open = new();
    private readonly List<string> attributes = [];

    public void Start(string name)
    {
        if (open.TryPeek(out var parent))
        {
            CloseTag(parent);
            parent.HasChildren = true;
        }

        var inline = open.Any(e => e.HasText);
        if (!inline)
            Indent();
        text.Append('<').Append(name);
        open.Push(new OpenElement(name, inline));
        attributes.Clear();
    }

    /// <summary>An attribute of the element just started; null is left out, and the first of two with one name counts.</summary>
    public void Attribute(string name, string? value)
    {
        if (value is null || attributes.Contains(name))
            return;
        attributes.Add(name);
        text.Append(' ').Append(name).Append("=\"");
        Escape(value, inAttribute: true);
        text.Append('"');
    }

    public void Attributes(IEnumerable<FormAttribute> attributes)
    {
        foreach (var attribute in attributes)
            Attribute(attribute.Name, attribute.Value);
    }

    public void Text(string value)
    {
        var element = open.Peek();
        CloseTag(element);
        element.HasText = true;
        Escape(value, inAttribute: false);
    }

    public void End()
    {
        var element = open.Pop();
        if (!element.TagIsClosed)
        {
            text.Append("/>");
        }
        else
        {
            if (element.HasChildren && !element.HasText && !element.IsInline)
                Indent();
            text.Append("</").Append(element.Name).Append('>');
        }

        if (open.Count == 0)
            text.Append('\n');
    }

    public void Element(string name, string? content = null, params ReadOnlySpan<FormAttribute> attributes)
    {
        Start(name);
        foreach (var attribute in attributes)
            Attribute(attribute.Name, attribute.Value);
        if (!string.IsNullOrEmpty(content))
            Text(content);
        End();
    }

    public override string ToString() => text.ToString();

    private void Indent()
    {
        if (text[^1] != '\n')
            text.Append('\n');
        text.Append(' ', open.Count * 2);
    }

    private void CloseTag(OpenElement element)
    {
        if (element.TagIsClosed)
            return;
        text.Append('>');
        element.TagIsClosed = true;
    }

    private void Escape(string value, bool inAttribute)
    {
        foreach (var c in XmlNames.WithoutForbidden(value))
        {
            _ = c switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' when inAttribute => text.Append("&quot;"),
                '\n' or '\t' or '\r' when inAttribute => text.Append(' '),
                '\r' => text.Append("&#13;"),
                _ => text.Append(c),
            };
        }
    }

    private sealed class OpenElement(string name, bool isInline)
    {
        public string Name { get; } = name;

        public bool IsInline { get; } = isInline;

        public bool TagIsClosed { get; set; }

        public bool HasText { get; set; }

        public bool HasChildren { get; set; }
    }
}
