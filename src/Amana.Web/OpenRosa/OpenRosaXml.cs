using System.Text;
using System.Xml;
using Amana.Features.Forms;

namespace Amana.Web.OpenRosa;

/// <summary>The documents of OpenRosa 1.0: form list, manifest, response.</summary>
public static class OpenRosaXml
{
    private const string FormListSpace = "http://openrosa.org/xforms/xformsList";
    private const string ManifestSpace = "http://openrosa.org/xforms/xformsManifest";
    private const string ResponseSpace = "http://openrosa.org/http/response";

    /// <summary>The form list. Every form has id, name and address: one without empties the whole list on phones.</summary>
    public static string FormList(IEnumerable<ListedForm> forms, string address) => Write(xml =>
    {
        xml.WriteStartElement("xforms", FormListSpace);
        foreach (var form in forms)
        {
            var query = "?version=" + Uri.EscapeDataString(form.Version);
            xml.WriteStartElement("xform", FormListSpace);
            xml.WriteElementString("formID", FormListSpace, form.FormId);
            xml.WriteElementString("name", FormListSpace, form.Title.Length > 0 ? form.Title : form.FormId);
            xml.WriteElementString("version", FormListSpace, form.Version);
            xml.WriteElementString("hash", FormListSpace, "md5:" + form.Md5);
            xml.WriteElementString("downloadUrl", FormListSpace, $"{address}/forms/{Uri.EscapeDataString(form.FormId)}.xml{query}");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    public static string EmptyManifest() => Write(xml =>
    {
        xml.WriteStartElement("manifest", ManifestSpace);
        xml.WriteEndElement();
    });

    public static string Message(string nature, string text) => Write(xml =>
    {
        xml.WriteStartElement("OpenRosaResponse", ResponseSpace);
        xml.WriteAttributeString("items", "0");
        xml.WriteStartElement("message", ResponseSpace);
        xml.WriteAttributeString("nature", nature);
        xml.WriteString(text);
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    private static string Write(Action<XmlWriter> write)
    {
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true }))
            write(xml);
        return text.ToString();
    }

    /// <summary>So that the declaration says UTF-8, as the bytes are.</summary>
    private sealed class Utf8Text() : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }
}
