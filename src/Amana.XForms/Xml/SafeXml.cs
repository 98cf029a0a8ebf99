using System.Xml;
using System.Xml.Linq;

namespace Amana.XForms;

/// <summary>
/// The one place in the product where XML is read. It prohibits document type definitions (so no entity expansion and no outside
/// reference), resolves nothing, and stops at limits of size and depth while reading. It never throws on bad input.
/// </summary>
public static class SafeXml
{
    /// <summary>Reads a document from bytes; the encoding is the one that the XML declaration or the byte order mark names.</summary>
    public static SafeXmlResult Parse(Stream stream, SafeXmlLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Guarded(() => XmlReader.Create(stream, Settings(limits ?? SafeXmlLimits.Ordinary)), limits);
    }

    /// <summary>Reads a document from text.</summary>
    public static SafeXmlResult Parse(string text, SafeXmlLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Guarded(() => XmlReader.Create(new StringReader(text), Settings(limits ?? SafeXmlLimits.Ordinary)), limits);
    }

    /// <summary>
    /// A forward reader with the same prohibitions, for documents that are not to be held in memory. It throws <see cref="XmlException"/>
    /// on bad input, and the caller watches the depth.
    /// </summary>
    public static XmlReader OpenReader(Stream stream, SafeXmlLimits? limits = null) =>
        XmlReader.Create(stream, Settings(limits ?? SafeXmlLimits.Ordinary));

    /// <summary>The same reader over text.</summary>
    public static XmlReader OpenReader(TextReader text, SafeXmlLimits? limits = null) =>
        XmlReader.Create(text, Settings(limits ?? SafeXmlLimits.Ordinary));

    private static XmlReaderSettings Settings(SafeXmlLimits limits) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = limits.Characters,
        MaxCharactersFromEntities = 1,
        CloseInput = false,
    };

    private static SafeXmlResult Guarded(Func<XmlReader> open, SafeXmlLimits? limits)
    {
        try
        {
            using var reader = open();
            return Load(reader, limits ?? SafeXmlLimits.Ordinary);
        }
        catch (XmlException e)
        {
            return new SafeXmlResult(null, new SafeXmlProblem(SafeXmlFault.NotWellFormed, e.Message, e.LineNumber, e.LinePosition));
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException or InvalidOperationException)
        {
            return new SafeXmlResult(null, new SafeXmlProblem(SafeXmlFault.Unreadable, e.Message, 0, 0));
        }
    }

    private static SafeXmlResult Load(XmlReader reader, SafeXmlLimits limits)
    {
        var document = new XDocument();
        XContainer current = document;
        var nodes = 0;
        while (reader.Read())
        {
            nodes += 1 + reader.AttributeCount;
            if (reader.Depth > limits.Depth || nodes > limits.Nodes || reader.AttributeCount > limits.Attributes)
            {
                var place = (IXmlLineInfo)reader;
                var limit = reader.Depth > limits.Depth ? $"deeper than {limits.Depth} elements"
                    : nodes > limits.Nodes ? $"made of more than {limits.Nodes} parts" : $"of elements with more than {limits.Attributes} attributes";
                return new SafeXmlResult(null, new SafeXmlProblem(SafeXmlFault.OverLimit, $"The document is {limit}.", place.LineNumber, place.LinePosition));
            }

            current = Append(reader, current);
        }

        return new SafeXmlResult(document, null);
    }

    private static XContainer Append(XmlReader reader, XContainer current)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                var empty = reader.IsEmptyElement;
                var element = ElementWithAttributes(reader);
                current.Add(element);
                return empty ? current : element;
            case XmlNodeType.EndElement:
                return current.Parent ?? (XContainer)current.Document!;
            case XmlNodeType.CDATA:
                current.Add(new XCData(reader.Value));
                break;
            case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when current is XElement:
                current.Add(new XText(reader.Value));
                break;
            case XmlNodeType.Comment:
                current.Add(new XComment(reader.Value));
                break;
            case XmlNodeType.ProcessingInstruction:
                current.Add(new XProcessingInstruction(reader.Name, reader.Value));
                break;
            default:
                break;
        }

        return current;
    }

    private static XElement ElementWithAttributes(XmlReader reader)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        while (reader.MoveToNextAttribute())
        {
            var home = reader.Prefix.Length == 0 ? string.Empty : reader.NamespaceURI;
            element.Add(new XAttribute(XName.Get(reader.LocalName, home), reader.Value));
        }

        reader.MoveToElement();
        return element;
    }
}

/// <summary>How much XML is read before the reader stops: characters, elements within elements, and parts (elements, attributes, texts, comments) in all.</summary>
public sealed record SafeXmlLimits(long Characters, int Depth, int Nodes)
{
    /// <summary>The attributes of one element, each of which is compared with those before it: 1,000.</summary>
    public int Attributes { get; init; } = 1_000;

    /// <summary>20 million characters, 200 levels, one million parts: far above any form or submission.</summary>
    public static SafeXmlLimits Ordinary { get; } = new(20_000_000, 200, 1_000_000);
}

/// <summary>What kind of fault stopped the reading.</summary>
public enum SafeXmlFault
{
    /// <summary>Not XML, or XML with a document type definition, or longer than the limit of characters.</summary>
    NotWellFormed,

    /// <summary>Deeper, or made of more parts, than the limits allow.</summary>
    OverLimit,

    /// <summary>The bytes could not be read at all.</summary>
    Unreadable,
}

/// <summary>Why a document was refused, and where (line and position count from 1; 0 when unknown).</summary>
public sealed record SafeXmlProblem(SafeXmlFault Fault, string Message, int Line, int Position);

/// <summary>Either a document or the problem that stopped its reading.</summary>
public sealed record SafeXmlResult(XDocument? Document, SafeXmlProblem? Problem)
{
    /// <summary>The document's root element; null when it was refused.</summary>
    public XElement? Root => Document?.Root;
}
