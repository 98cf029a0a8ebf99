using System.Text;
using System.Xml.Linq;

namespace Amana.XForms.Tests;

/// <summary>Makes small forms out of text, one sheet after another.</summary>
internal static class Forms
{
    public static readonly XNamespace X = "http://www.w3.org/2002/xforms";

    /// <summary>Reads a form that is written as CSV: a line with a sheet's name, then lines that begin with a comma.</summary>
    public static XlsFormReading Reading(string csv, XlsFormOptions? options = null) =>
        XlsForm.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "form.csv", options);

    /// <summary>Reads a form that must be free of errors.</summary>
    public static FormModel Form(string csv)
    {
        var reading = Reading(csv);
        Assert.True(reading.Form is not null, string.Join('\n', reading.Errors));
        return reading.Form!;
    }

    /// <summary>The form as XML, read back.</summary>
    public static XElement Xml(FormModel form)
    {
        var result = SafeXml.Parse(XFormWriter.Write(form));
        Assert.True(result.Problem is null, result.Problem?.Message);
        return result.Root!;
    }

    public static XElement Bind(FormModel form, string path) => Xml(form).Descendants(X + "bind").Single(b => (string?)b.Attribute("nodeset") == path);

    public static XlsFormReading Real(string name)
    {
        using var file = File.OpenRead(SharedFolder.Path("data", "forms", name));
        return XlsForm.Read(file, name);
    }
}
