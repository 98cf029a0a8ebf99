namespace Amana.XForms.Tests.Reading;

public class Namespaces_in_the_settings
{
    [Theory]
    [InlineData("esri=")]
    [InlineData("xml=http://example.org/x")]
    [InlineData("xmlns=http://example.org/x")]
    [InlineData("a=http://www.w3.org/2000/xmlns/")]
    public void Are_left_out_where_XML_cannot_declare_them(string namespaces)
    {
        var reading = Forms.Reading($"survey\n,type,name,label\n,text,a,A\nsettings\n,form_title,namespaces\n,F,{namespaces}\n");
        Assert.Empty(reading.Errors);
        Assert.Null(SafeXml.Parse(XFormWriter.Write(reading.Form!)).Problem);
    }
}
