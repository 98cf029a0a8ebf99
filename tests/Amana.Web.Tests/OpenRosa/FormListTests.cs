using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using Amana.XForms;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>What a phone is told about forms (OpenRosa Form Discovery 1.0).</summary>
[Collection(DemoCollection.Name)]
public class A_form_list(DemoHost host)
{
    private static readonly XNamespace Space = "http://openrosa.org/xforms/xformsList";

    [Fact]
    public async Task Names_the_published_form_with_the_hash_of_its_exact_bytes()
    {
        var phone = await host.Phone(1);
        using var answer = await phone.Get("/formList?deviceID=test");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/xml", answer.Content.Headers.ContentType?.MediaType);
        var form = Assert.Single(SafeXml.Parse(await answer.Content.ReadAsStringAsync()).Root!.Elements(Space + "xform"));
        Assert.Equal("border_monitoring", form.Element(Space + "formID")?.Value);
        Assert.Equal("Border monitoring", form.Element(Space + "name")?.Value);
        Assert.Equal("1", form.Element(Space + "version")?.Value);
        using var download = await phone.Get(form.Element(Space + "downloadUrl")!.Value, version: null);
        Assert.Equal(HttpStatusCode.OK, download.StatusCode);
#pragma warning disable CA5351 // OpenRosa announces forms by their MD5
        var bytes = await download.Content.ReadAsByteArrayAsync();
        Assert.Equal("md5:" + Convert.ToHexStringLower(MD5.HashData(bytes)), form.Element(Space + "hash")?.Value);
#pragma warning restore CA5351
        XNamespace h = "http://www.w3.org/1999/xhtml", f = "http://www.w3.org/2002/xforms";
        var root = SafeXml.Parse(System.Text.Encoding.UTF8.GetString(bytes)).Root!;
        Assert.Equal("Border monitoring", root.Element(h + "head")?.Element(h + "title")?.Value);
        Assert.Equal("border_monitoring", root.Element(h + "head")!.Element(f + "model")!.Element(f + "instance")!.Elements().First().Attribute("id")?.Value);
    }

    [Theory]
    [InlineData("GET", "/formList")]
    [InlineData("HEAD", "/submission")]
    [InlineData("GET", "/forms/border_monitoring/manifest")]
    public async Task Comes_with_the_headers_that_phones_look_for(string method, string path)
    {
        var phone = await host.Phone(1);
        using var answer = method == "HEAD" ? await phone.Head(path) : await phone.Get(path);
        Assert.Equal(method == "HEAD" ? HttpStatusCode.NoContent : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("1.0", Assert.Single(answer.Headers.GetValues("X-OpenRosa-Version")));
        Assert.Equal("100000000", Assert.Single(answer.Headers.GetValues("X-OpenRosa-Accept-Content-Length")));
        Assert.NotNull(answer.Headers.Date);
        Assert.True(answer.Headers.CacheControl is { Private: true, NoCache: true } or { NoStore: true });
        if (method == "GET")
            Assert.NotNull(answer.Headers.ETag);
    }

    [Theory]
    [InlineData("GET", "/formList")]
    [InlineData("HEAD", "/submission")]
    [InlineData("POST", "/submission")]
    public async Task Is_refused_without_the_version_header(string method, string path)
    {
        var phone = await host.Phone(1);
        using var answer = method switch
        {
            "HEAD" => await phone.Head(path, version: null),
            "POST" => await phone.Post(new MultipartFormDataContent { { new StringContent("x"), "a" } }, version: null),
            _ => await phone.Get(path, version: null),
        };
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Is_empty_for_another_form_s_id()
    {
        var phone = await host.Phone(1);
        Assert.Empty(SafeXml.Parse(await (await phone.Get("/formList?formID=other")).Content.ReadAsStringAsync()).Root!.Elements());
    }

    [Fact]
    public async Task Of_an_unknown_form_is_not_found()
    {
        using var answer = await (await host.Phone(1)).Get("/forms/none.xml");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await Phone.Message(answer);
    }
}

/// <summary>Tokens in addresses.</summary>
[Collection(DemoCollection.Name)]
public class A_phone_that_has_no_right(DemoHost host)
{
    [Theory]
    [InlineData("GET", "/formList")]
    [InlineData("HEAD", "/submission")]
    [InlineData("POST", "/submission")]
    public async Task Is_refused_with_403_and_never_asked_for_a_password(string method, string path)
    {
        var phone = new Phone(host, "/v1/key/" + new string('x', 64) + "/projects/1", default);
        using var answer = method switch { "HEAD" => await phone.Head(path), "POST" => await phone.Submit(Submissions.Border(Guid.NewGuid())), _ => await phone.Get(path) };
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(answer.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task Is_refused_at_another_activity()
    {
        var phone = await host.Phone(1);
        using var answer = await new Phone(host, phone.Root.Replace("projects/1", "projects/2", StringComparison.Ordinal), phone.Id).Get("/formList");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/v1/projects/1/formList")]
    [InlineData("/v1/projects/1/submission")]
    public async Task Without_any_token_is_answered_401(string address)
    {
        using var answer = await new Phone(host, "", default).Get(address);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
