namespace Amana.XForms.Tests;

public class Xml_from_outside
{
    [Theory]
    [InlineData("<!DOCTYPE a><a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>")]
    [InlineData("<!DOCTYPE a SYSTEM \"http://localhost/a.dtd\"><a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")]
    [InlineData("<a>")]
    [InlineData("<a><b></a></b>")]
    [InlineData("")]
    [InlineData("no markup")]
    [InlineData("<a>&undeclared;</a>")]
    public void Is_refused_when_it_has_a_document_type_or_is_malformed(string text)
    {
        Assert.Equal(SafeXmlFault.NotWellFormed, SafeXml.Parse(text).Problem?.Fault);
        Assert.Equal(SafeXmlFault.NotWellFormed, SafeXml.Parse(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))).Problem?.Fault);
    }

    [Fact]
    public void Is_refused_when_too_deep()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        Assert.Equal(SafeXmlFault.OverLimit, SafeXml.Parse(deep).Problem?.Fault);
    }

    [Fact]
    public void Is_refused_when_too_long_or_of_too_many_parts()
    {
        var limits = new SafeXmlLimits(1000, 10, 20);
        Assert.NotNull(SafeXml.Parse($"<a>{new string('x', 2000)}</a>", limits).Problem);
        Assert.Equal(SafeXmlFault.OverLimit, SafeXml.Parse($"<a>{string.Concat(Enumerable.Repeat("<b/>", 30))}</a>", limits).Problem?.Fault);
    }

    [Fact]
    public void Is_given_whole_when_sound()
    {
        const string Text = "<h:a xmlns:h=\"urn:h\" xmlns=\"urn:x\" b=\"1\" h:c=\"2\"><d>text &amp; <e /> more</d><!--note--><![CDATA[<raw>]]></h:a>";
        Assert.Equal(Text, SafeXml.Parse(Text).Root?.ToString(System.Xml.Linq.SaveOptions.DisableFormatting));
    }
}
