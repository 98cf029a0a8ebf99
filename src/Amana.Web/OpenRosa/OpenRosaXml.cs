using System.Text;
using System.Xml;

namespace Amana.Web.OpenRosa;

/// <summary>A form as the list offers it.</summary>
public sealed record OfferedForm(string FormId, string Name, string Version, string Md5, string DownloadUrl, string? ManifestUrl);

/// <summary>A file as a manifest offers it; with an address for its integrity it is a list of entities.</summary>
public sealed record OfferedFile(string Name, string Md5, string DownloadUrl, string? IntegrityUrl = null);

/// <summary>The documents of OpenRosa 1.0: form list, manifest, response.</summary>
public static class OpenRosaXml
{
    private const string FormListSpace = "http://openrosa.org/xforms/xformsList";
    private const string ManifestSpace = "http://openrosa.org/xforms/xformsManifest";
    private const string ResponseSpace = "http://openrosa.org/http/response";

    /// <summary>The form list. Every form has id, name and address: one without empties the whole list on phones.</summary>
    public static string FormList(IEnumerable<OfferedForm> forms) => Write(xml =>
    {
        xml.WriteStartElement("xforms", FormListSpace);
        foreach (var form in forms)
        {
            xml.WriteStartElement("xform", FormListSpace);
            xml.WriteElementString("formID", FormListSpace, form.FormId);
            xml.WriteElementString("name", FormListSpace, form.Name);
            xml.WriteElementString("version", FormListSpace, form.Version);
            xml.WriteElementString("hash", FormListSpace, "md5:" + form.Md5);
            xml.WriteElementString("downloadUrl", FormListSpace, form.DownloadUrl);
            if (form.ManifestUrl is { } manifest)
                xml.WriteElementString("manifestUrl", FormListSpace, manifest);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    /// <summary>The files of a form. Every one has name, hash and address; Collect cuts the first four characters of the hash unseen.</summary>
    public static string Manifest(IEnumerable<OfferedFile> files) => Write(xml =>
    {
        xml.WriteStartElement("manifest", ManifestSpace);
        foreach (var file in files)
        {
            xml.WriteStartElement("mediaFile", ManifestSpace);
            if (file.IntegrityUrl is not null)
                xml.WriteAttributeString("type", "entityList");
            xml.WriteElementString("filename", ManifestSpace, file.Name);
            xml.WriteElementString("hash", ManifestSpace, "md5:" + file.Md5);
            xml.WriteElementString("downloadUrl", ManifestSpace, file.DownloadUrl);
            if (file.IntegrityUrl is { } integrity)
                xml.WriteElementString("integrityUrl", ManifestSpace, integrity);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    /// <summary>Which entries of a list are gone (as Collect asks it of <c>integrityUrl</c>).</summary>
    public static string Integrity(IEnumerable<(string Id, bool Deleted)> entries) => Write(xml =>
    {
        xml.WriteStartElement("data");
        xml.WriteStartElement("entities");
        foreach (var (id, deleted) in entries)
        {
            xml.WriteStartElement("entity");
            xml.WriteAttributeString("id", id);
            xml.WriteElementString("deleted", deleted ? "true" : "false");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
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
