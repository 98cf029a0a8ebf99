using System.Text;
using System.Xml;
using Amana.XForms.Evaluation;

namespace Amana.XForms;

/// <summary>A submission, or why there is none.</summary>
/// <param name="Submission">The submission; null when there is a problem.</param>
/// <param name="Problem">What is wrong with the document, in plain words; null when nothing is.</param>
public readonly record struct SubmissionRead(Submission? Submission, string? Problem);

/// <summary>Bounds of one submission's XML.</summary>
/// <param name="Characters">Longest document.</param>
/// <param name="Depth">Deepest nesting of elements.</param>
/// <param name="Nodes">Most elements and attributes.</param>
public sealed record SubmissionLimits(int Characters = 10_000_000, int Depth = 60, int Nodes = 200_000)
{
    /// <summary>Limits that every real submission keeps.</summary>
    public static SubmissionLimits Standard { get; } = new();
}

/// <summary>Reads posted submissions. A document type definition is refused, limits are kept while reading, and it never throws for what is posted.</summary>
public static class SubmissionReader
{
    /// <summary>Reads a submission.</summary>
    /// <param name="xml">The posted bytes.</param>
    /// <param name="limits">Bounds; null takes the standard ones.</param>
    public static SubmissionRead Read(Stream xml, SubmissionLimits? limits = null)
    {
        try
        {
            using var reader = XmlReader.Create(xml, Settings(limits ?? SubmissionLimits.Standard));
            return Read(reader, limits ?? SubmissionLimits.Standard);
        }
        catch (XmlException e)
        {
            return new SubmissionRead(null, $"The submission is not well-formed XML (line {e.LineNumber}, character {e.LinePosition}).");
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException or IOException or NotSupportedException)
        {
            return new SubmissionRead(null, "The submission cannot be read: its encoding or its end is broken.");
        }
    }

    /// <summary>Reads a submission.</summary>
    public static SubmissionRead Read(string xml, SubmissionLimits? limits = null)
    {
        try
        {
            using var text = new StringReader(xml);
            using var reader = XmlReader.Create(text, Settings(limits ?? SubmissionLimits.Standard));
            return Read(reader, limits ?? SubmissionLimits.Standard);
        }
        catch (XmlException e)
        {
            return new SubmissionRead(null, $"The submission is not well-formed XML (line {e.LineNumber}, character {e.LinePosition}).");
        }
    }

    private static XmlReaderSettings Settings(SubmissionLimits limits) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = limits.Characters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private static SubmissionRead Read(XmlReader reader, SubmissionLimits limits)
    {
        var document = new InstanceNode("");
        var (node, count, isLeaf) = (document, 0, false);
        var text = new StringBuilder();
        var home = "";
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    text.Clear();
                    home = reader.Depth == 0 ? reader.NamespaceURI : home;
                    isLeaf = !reader.IsEmptyElement;
                    var element = new InstanceNode(reader.LocalName);
                    node.Add(element);
                    node = isLeaf ? element : node;
                    count += 1 + AddAttributes(reader, element);
                    if (count > limits.Nodes || reader.Depth > limits.Depth)
                        return new SubmissionRead(null, "The submission has too many or too deeply nested nodes.");
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    text.Append(reader.Value);
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
