using System.Text;
using System.Xml;

namespace Amana.XForms.Evaluation;

/// <summary>The part that writes the submission.</summary>
public sealed partial class FormSession
{
    private const string OpenRosa = "http://openrosa.org/xforms";
    private const string XmlNamespaces = "http://www.w3.org/2000/xmlns/";

    /// <summary>
    /// The submission as ODK Collect would send it: nodes that do not count are left out, unanswered ones are empty.
    /// </summary>
    /// <param name="instanceId">The submission's id, e.g. <c>uuid:…</c>.</param>
    /// <param name="deprecatedId">The id of the version that this one replaces, or null.</param>
    public string ToXml(string instanceId, string? deprecatedId = null)
    {
        Refresh();
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Indent = false, CheckCharacters = true };
        using (var xml = XmlWriter.Create(text, settings))
        {
            var root = Document.First(Form.Root.Name)!;
            xml.WriteStartElement(Prefix(Form.Root), root.Name, Form.Root.NamespaceUri);
            foreach (var (prefix, uri) in Form.Namespaces.Where(n => n.Prefix != Prefix(Form.Root) && n.Prefix is not ("xml" or "xmlns")))
                xml.WriteAttributeString("xmlns", prefix, XmlNamespaces, uri);
            foreach (var (name, prefix, value) in Form.RootAttributes)
                xml.WriteAttributeString(prefix.Length == 0 ? null : prefix, name.LocalName, name.NamespaceName, value);
            var hasMeta = false;
            foreach (var child in root.ChildSpan)
            {
                hasMeta |= child.Name == "meta";
                Write(xml, child, instanceId, deprecatedId, inMeta: false, depth: 1);
            }

            if (!hasMeta)
                WriteMeta(xml, instanceId, deprecatedId);
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private void Write(XmlWriter xml, InstanceNode node, string instanceId, string? deprecatedId, bool inMeta, int depth)
    {
        if (node.IsAttribute || !node.IsRelevant || node.Definition is not { } definition)
            return;
        xml.WriteStartElement(Prefix(definition), node.Name, definition.NamespaceUri);
        foreach (var attribute in node.ChildSpan)
        {
            if (attribute.IsAttribute && attribute.IsRelevant && attribute.Definition is { } said)
                xml.WriteAttributeString(said.Prefix.Length == 0 ? null : said.Prefix, attribute.Name, said.NamespaceUri, Clean(attribute.Text));
        }

        var isMeta = depth == 1 && node.Name == "meta";
        if (definition.IsGroup)
        {
            foreach (var child in node.ChildSpan)
                Write(xml, child, instanceId, deprecatedId, isMeta, depth + 1);
            if (isMeta)
                WriteMissingMeta(xml, node, instanceId, deprecatedId);
        }
        else
        {
            xml.WriteString(inMeta && node.Name == "instanceID" ? instanceId : inMeta && node.Name == "deprecatedID" ? deprecatedId : Clean(Final(node)));
        }

        xml.WriteEndElement();
    }

    /// <summary>The moment of the end is the moment of writing.</summary>
    private string Final(InstanceNode node) =>
        node.Definition is { Preload: "timestamp", PreloadParameter: "end" } ? Moments.PrintWhole(_context.LocalNow) : node.Text;

    private static void WriteMissingMeta(XmlWriter xml, InstanceNode meta, string instanceId, string? deprecatedId)
    {
        if (meta.First("instanceID") is null)
            xml.WriteElementString("instanceID", meta.Definition!.NamespaceUri, instanceId);
        if (deprecatedId is not null && meta.First("deprecatedID") is null)
            xml.WriteElementString("deprecatedID", meta.Definition!.NamespaceUri, deprecatedId);
    }

    private static void WriteMeta(XmlWriter xml, string instanceId, string? deprecatedId)
    {
        xml.WriteStartElement("orx", "meta", OpenRosa);
        xml.WriteElementString("orx", "instanceID", OpenRosa, instanceId);
        if (deprecatedId is not null)
            xml.WriteElementString("orx", "deprecatedID", OpenRosa, deprecatedId);
        xml.WriteEndElement();
    }

    private static string Prefix(CompiledNode node) => node.Prefix;

    /// <summary>Characters that XML cannot hold are dropped.</summary>
    private static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && text.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') < 0)
            return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(text[i++]).Append(text[i]);
            else if (XmlConvert.IsXmlChar(text[i]) && !char.IsSurrogate(text[i]))
                clean.Append(text[i]);
        }

        return clean.ToString();
    }
}
