using System.Diagnostics;
using System.Text;
using Amana.XForms.Tests.Evaluation;
using CsCheck;

namespace Amana.XForms.Tests.Submissions;

public class A_posted_submission
{
    [Fact]
    public void Is_read_with_its_form_its_ids_and_its_answers_by_path()
    {
        const string xml = """
            <?xml version='1.0'?><data id="visit" version="3" xmlns:orx="http://openrosa.org/xforms">
              <name>Amina &amp; co</name>
              <child><age>3</age></child>
              <child><age>5</age></child>
              <empty/>
              <orx:meta><orx:instanceID>uuid:1</orx:instanceID><orx:deprecatedID>uuid:0</orx:deprecatedID><orx:instanceName>Visit 1</orx:instanceName></orx:meta>
            </data>
            """;
        var submission = SubmissionReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml))).Submission!;
        Assert.Equal(("visit", "3"), (submission.FormId, submission.Version));
        Assert.Equal(("uuid:1", "uuid:0", "Visit 1"), (submission.InstanceId, submission.DeprecatedId, submission.InstanceName));
        Assert.Equal(
            [new("/data/name", "Amina & co"), new("/data/child/age", "3"), new("/data/child[2]/age", "5")],
            submission.Answers.Take(3));
    }

    [Fact]
    public void Names_the_files_that_must_come_with_it()
    {
        var form = Given.Form("<photo/><r><sound/></r>", "<bind nodeset=\"/data/photo\" type=\"binary\"/><bind nodeset=\"/data/r/sound\" type=\"binary\"/>",
            "<group><repeat nodeset=\"/data/r\"/></group>");
        var submission = Given.Submission("<photo>a.jpg</photo><r><sound>b.m4a</sound></r><r><sound/></r><r><sound>c.m4a</sound></r>");
        Assert.Equal(["a.jpg", "b.m4a", "c.m4a"], submission.FilesExpected(form));
    }

    [Fact]
    public void Is_known_as_an_encrypted_envelope()
    {
        const string xml = """
            <data id="visit" version="3" encrypted="yes" xmlns="http://www.opendatakit.org/xforms/encrypted"><base64EncryptedKey>AA==</base64EncryptedKey>
            <meta xmlns="http://openrosa.org/xforms"><instanceID>uuid:1</instanceID></meta><media><file>a.jpg.enc</file></media><encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>
            """;
        var submission = SubmissionReader.Read(xml).Submission!;
        Assert.True(submission.IsEncrypted);
        Assert.Equal("uuid:1", submission.InstanceId);
        Assert.Equal(["a.jpg.enc", "submission.xml.enc"], submission.FilesExpected(Given.Form("<a/>", "")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not xml")]
    [InlineData("<data>")]
    [InlineData("<data/><data/>")]
    [InlineData("<!DOCTYPE data [<!ENTITY a \"aaaa\">]><data>&a;</data>")]
    [InlineData("<!DOCTYPE data SYSTEM \"file:///etc/passwd\"><data/>")]
    [InlineData("<data>&#0;</data>")]
    public void That_is_none_is_refused_with_the_reason(string xml)
    {
        var read = SubmissionReader.Read(xml);
        Assert.Null(read.Submission);
        Assert.NotEmpty(read.Problem!);
        Assert.NotNull(SubmissionReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml))).Problem);
    }

    [Fact]
    public void That_is_too_deep_or_too_large_is_refused_at_once()
    {
        var clock = Stopwatch.StartNew();
        Assert.NotNull(SubmissionReader.Read(string.Concat(Enumerable.Repeat("<a>", 100_000))).Problem);
        Assert.NotNull(SubmissionReader.Read("<a>" + string.Concat(Enumerable.Repeat("<b/><c/>", 150_000)) + "</a>").Problem);
        Assert.NotNull(SubmissionReader.Read("<a>" + new string('x', 10_000_001) + "</a>").Problem);
        Assert.NotNull(SubmissionReader.Read("<a>" + string.Concat(Enumerable.Repeat("<![CDATA[x]]>", 700_000)) + "</a>").Submission);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(8), $"{clock.Elapsed}");
    }

    [Fact]
    public void Never_makes_the_reader_or_the_check_throw()
    {
        var form = Given.Form("<a/><r><b/></r><c/>", """
            <bind nodeset="/data/a" type="int" constraint=". &gt; 1"/><bind nodeset="/data/r/b" type="geopoint" required="true()"/>
            <bind nodeset="/data/c" calculate="sum(/data/r/b) + /data/a" relevant="/data/a != 4"/>
            """, "<input ref=\"/data/a\"/><group><repeat nodeset=\"/data/r\"><input ref=\"/data/r/b\"/></repeat></group>");
        var pieces = Gen.OneOf("<a>", "</a>", "<a/>", "<r>", "</r>", "<b>1 2</b>", "<c>", "</c>", "<meta>", "</meta>", "4", "<x y='1'/>", "&lt;", "<", "&", "<!--", "-->", "<![CDATA[", "]]>", "\0", "<?x?>");
        pieces.Array[0, 20].Select(string.Concat).Sample(inside =>
        {
            var read = SubmissionReader.Read($"<data id=\"visit\" version=\"3\">{inside}</data>");
            Assert.True(read.Submission is null != read.Problem is null);
            _ = read.Submission is null ? null : SubmissionCheck.Check(read.Submission, form, Given.Context);
        }, iter: 20_000);
    }
}
