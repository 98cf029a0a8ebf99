using System.Xml;
using System.Xml.XPath;

namespace Amana.XForms.Tests.Reading;

/// <summary>
/// Small forms of every kind, in the files of the folder Kinds. A form begins with its title after ==. Behind its sheets stands what
/// must come of it: + an XPath that must be true of the XForm, - one that must not, ! an error and ? a warning with code and place.
/// All errors and all warnings must be named.
/// </summary>
public class A_small_form
{
    public static TheoryData<string> Titles() => [.. SmallForms.All.Select(f => f.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Becomes_what_its_kind_must_become(string title)
    {
        var (_, csv, expected) = SmallForms.All.Single(f => f.Title == title);
        var reading = XlsForm.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)), "kinds.csv");
        Assert.Equal(Of('!', expected), Told(reading.Errors));
        Assert.Equal(Of('?', expected), Told(reading.Warnings));
        Assert.Equal(Of('!', expected).Count == 0, reading.Form is not null);
        if (reading.Form is null)
            return;
        var xform = XFormWriter.Write(reading.Form);
        foreach (var line in expected.Where(l => l[0] is '+' or '-'))
            Assert.True(Holds(xform, line[1..].Trim()) == (line[0] == '+'), $"{line}\n{xform}");
    }

    [Fact]
    public void Is_there_for_every_kind() => Assert.InRange(SmallForms.All.Count, 100, int.MaxValue);

    private static List<string> Of(char mark, IReadOnlyList<string> expected) => [.. expected.Where(l => l[0] == mark).Select(l => l[1..].Trim()).Order(StringComparer.Ordinal)];

    private static List<string> Told(IEnumerable<FormProblem> problems) =>
        [.. problems.Select(p => FormattableString.Invariant($"{p.Code} {p.Place.Sheet} {(p.Place.Row == 0 ? "" : p.Place.Row)} {p.Place.Column}").TrimEnd()).Order(StringComparer.Ordinal)];

    private static bool Holds(string xform, string xpath)
    {
        // XPath 1.0 has no default namespace, so the XForms one is taken off.
        var root = SafeXml.Parse(xform.Replace(" xmlns=\"http://www.w3.org/2002/xforms\"", string.Empty, StringComparison.Ordinal)).Root!;
        var names = new XmlNamespaceManager(new NameTable());
        names.AddNamespace("h", "http://www.w3.org/1999/xhtml");
        names.AddNamespace("jr", "http://openrosa.org/javarosa");
        names.AddNamespace("orx", "http://openrosa.org/xforms");
        names.AddNamespace("odk", "http://www.opendatakit.org/xforms");
        return new System.Xml.Linq.XDocument(root).XPathEvaluate($"boolean({xpath})", names) is true;
    }
}
