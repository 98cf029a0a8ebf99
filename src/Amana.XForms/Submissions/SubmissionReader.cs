using System.Text;
using System.Xml;
using Amana.XForms.Evaluation;

namespace Amana.XForms;

/// <summary>A submission, or why there is none.</summary>
/// <param name="Submission">The submission; null when there is a problem.</param>
/// <param name="Problem">What is wrong with the document, in plain words; null when nothing is.</param>
public readonly record struct SubmissionRead(Submission? Submission, string? Problem);

/// <summary>Reads posted submissions. A document type definition is refused, limits are kept while reading, and it never throws for what is posted.</summary>
public static class SubmissionReader
{
    /// <summary>10 million characters, 60 levels, 200,000 elements and attributes: above every real submission.</summary>
    public static SafeXmlLimits Limits { get; } = new(10_000_000, 60, 200_000);

    /// <summary>Reads a submission.</summary>
    /// <param name="xml">The posted bytes.</param>
    /// <param name="limits">Bounds; null takes <see cref="Limits"/>.</param>
    public static SubmissionRead Read(Stream xml, SafeXmlLimits? limits = null)
    {
        using var guarded = new AttributeGuard(xml);
        return Guarded(() => SafeXml.OpenReader(guarded, limits ?? Limits), limits ?? Limits);
    }

    /// <summary>Reads a submission from text.</summary>
    public static SubmissionRead Read(string xml, SafeXmlLimits? limits = null)
    {
        if (xml.AsSpan().Count('=') > AttributeGuard.MostEqualsSigns)
            return new SubmissionRead(null, TooManyAttributes);
        using var text = new StringReader(xml);
        return Guarded(() => SafeXml.OpenReader(text, limits ?? Limits), limits ?? Limits);
    }

    private const string TooManyAttributes = "The submission has too many attributes.";

    private static SubmissionRead Guarded(Func<XmlReader> open, SafeXmlLimits limits)
    {
        try
        {
            using var reader = open();
            return Read(reader, limits);
        }
        catch (XmlException e)
        {
            return new SubmissionRead(null, $"The submission is not XML that can be read (line {e.LineNumber}, character {e.LinePosition}); a DOCTYPE is not allowed in it.");
        }
        catch (InvalidDataException)
        {
            return new SubmissionRead(null, TooManyAttributes);
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException or InvalidOperationException)
        {
            return new SubmissionRead(null, "The submission cannot be read: its encoding or its end is broken.");
        }
    }

    private static SubmissionRead Read(XmlReader reader, SafeXmlLimits limits)
    {
        var document = new InstanceNode("");
        var (node, count, isLeaf) = (document, 0, false);
        var text = new Pieces();
        var home = "";
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    text.Clear();
                    home = reader.Depth == 0 ? reader.NamespaceURI : home;
                    isLeaf = !reader.IsEmptyElement;
                    if (reader.AttributeCount > limits.Attributes)
                        return new SubmissionRead(null, TooManyAttributes);
                    var element = new InstanceNode(reader.LocalName);
                    node.Add(element);
                    node = isLeaf ? element : node;
                    count += 1 + AddAttributes(reader, element);
                    if (count > limits.Nodes || reader.Depth > limits.Depth)
                        return new SubmissionRead(null, "The submission has too many or too deeply nested nodes.");
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    text.Add(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    // Text beside elements (line breaks between questions, mostly) is no answer.
                    if (isLeaf)
                        node.Text = text.ToString();
                    text.Clear();
                    isLeaf = false;
                    node = node.Parent!;
                    break;
            }
        }

        // Old forms have no id but a namespace of their own, which then is the id.
        var root = document.Children[0];
        return new SubmissionRead(new Submission(document, root.Attribute("id")?.Text ?? home, root.Attribute("version")?.Text ?? ""), null);
    }

    /// <summary>The text of one node. Most texts come in one piece, which is then kept as it is.</summary>
    private sealed class Pieces
    {
        private readonly StringBuilder _joined = new();
        private string _only = "";

        public void Clear()
        {
            _only = "";
            _joined.Clear();
        }

        public void Add(string piece)
        {
            if (_only.Length == 0 && _joined.Length == 0)
                _only = piece;
            else
                _joined.Append(_joined.Length == 0 ? _only : "").Append(piece);
        }

        public override string ToString() => _joined.Length == 0 ? _only : _joined.ToString();
    }

    private static int AddAttributes(XmlReader reader, InstanceNode element)
    {
        var count = 0;
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix == "xmlns" || reader.Name == "xmlns")
                continue;
            element.Add(new InstanceNode(reader.LocalName, reader.Value) { IsAttribute = true });
            count++;
        }

        reader.MoveToElement();
        return count;
    }
}
