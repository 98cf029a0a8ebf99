using Amana.XForms.Writing;

namespace Amana.XForms;

/// <summary>Writes forms as ODK XForms 1.0 (getodk.github.io/xforms-spec), as ODK Collect, KoboCollect, Enketo and ODK Web Forms read them.</summary>
public static class XFormWriter
{
    private static readonly FormAttribute[] Namespaces =
    [
        new("xmlns", "http://www.w3.org/2002/xforms"),
        new("xmlns:h", "http://www.w3.org/1999/xhtml"),
        new("xmlns:ev", "http://www.w3.org/2001/xml-events"),
        new("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
        new("xmlns:jr", "http://openrosa.org/javarosa"),
        new("xmlns:orx", "http://openrosa.org/xforms"),
        new("xmlns:odk", "http://www.opendatakit.org/xforms"),
    ];

    /// <summary>
    /// The form as XML text. The same form gives the same text, byte for byte. A form that <see cref="XlsForm.Read"/> gave is always
    /// written; one put together otherwise must keep the same rules (one question for each reference), or it is a bug and throws.
    /// </summary>
    public static string Write(FormModel form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var xml = new XmlOut();
        var places = new Places(form);
        var expressions = new Expressions(places);
        xml.Start("h:html");
        xml.Attributes(Namespaces);
        foreach (var (prefix, address) in ExtraNamespaces(form))
            xml.Attribute($"xmlns:{prefix}", address);
        xml.Start("h:head");
        xml.Element("h:title", form.Settings.Title);
        Model(form, xml, expressions, places);
        xml.End();
        new Body(form, xml, expressions, places).Write();
        xml.End();
        return xml.ToString();
    }

    private static void Model(FormModel form, XmlOut xml, Expressions expressions, Places places)
    {
        xml.Start("model");
        xml.Attribute("odk:xforms-version", "1.0.0");
        xml.Attribute("entities:entities-version", form.EntitiesVersion);
        Submission(form.Settings, xml);
        Translations.Of(form).Write(xml, expressions, places);
        new PrimaryInstance(form, xml, expressions, places).Write();
        SecondaryInstances.Of(form).Write(xml);
        new Binds(form, xml, expressions, places).Write();
        xml.End();
    }

    private static void Submission(FormSettings settings, XmlOut xml)
    {
        if (settings is { SubmissionUrl: null, PublicKey: null, AutoSend: null, AutoDelete: null, ClientEditable: false })
            return;
        xml.Start("submission");
        xml.Attribute("action", settings.SubmissionUrl);
        xml.Attribute("method", settings.SubmissionUrl is null ? null : "post");
        xml.Attribute("base64RsaPublicKey", settings.PublicKey);
        xml.Attribute("orx:auto-send", settings.AutoSend);
        xml.Attribute("orx:auto-delete", settings.AutoDelete);
        xml.Attribute("odk:client-editable", settings.ClientEditable ? "true" : null);
        xml.End();
    }

    private static IEnumerable<FormAttribute> ExtraNamespaces(FormModel form)
    {
        var known = Namespaces.Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var extra = form.Settings.Namespaces.AsEnumerable();
        if (form.EntitiesVersion is not null)
            extra = extra.Append(new FormAttribute("entities", "http://www.opendatakit.org/xforms/entities"));
        return extra.Where(n => known.Add($"xmlns:{n.Name}"));
    }
}
