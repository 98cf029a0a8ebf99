using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>Calls that never reach what they were meant for: a phone reads words in its own form of answer all the same (OpenRosa 1.0: every answer names the version).</summary>
[Collection(DemoCollection.Name)]
public class A_call_of_a_phone_that_fails(DemoHost host)
{
    [Theory]
    [InlineData("", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("", "/forms/none.xml", HttpStatusCode.NotFound)]
    [InlineData("x", "/formList", HttpStatusCode.Forbidden)]
    [InlineData("/v1/projects/1", "/formList", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/projects/none", "/formList", HttpStatusCode.NotFound)]
    public async Task Is_told_in_words_and_names_the_version(string root, string path, HttpStatusCode expected)
    {
        var own = await host.Phone(1);
        var phone = root switch { "" => own, "x" => new Phone(host, own.Root.Replace("/key/", "/key/x", StringComparison.Ordinal), own.Id), _ => new Phone(host, root, own.Id) };
        using var answer = await phone.Get(path);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("1.0", Assert.Single(answer.Headers.GetValues("X-OpenRosa-Version")));
        await Phone.Message(answer);
    }

    [Fact]
    public async Task Because_it_is_too_large_says_that_the_record_stays_on_the_phone()
    {
        var phone = await host.Phone(1);
        using var body = new ByteArrayContent(new byte[64]);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        body.Headers.ContentLength = 200_000_000;
        using var answer = await phone.Post(body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("1.0", Assert.Single(answer.Headers.GetValues("X-OpenRosa-Version")));
        Assert.Contains("stays on the phone", await Phone.Message(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Because_it_came_compressed_is_not_blamed_on_the_line()
    {
        var phone = await host.Phone(1);
        using var body = new MultipartFormDataContent { { new StringContent(Submissions.Border(Guid.NewGuid())), "xml_submission_file", "s.xml" } };
        body.Headers.ContentEncoding.Add("gzip");
        using var answer = await phone.Post(body);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("compressed", await Phone.Message(answer), StringComparison.Ordinal);
    }
}

/// <summary>The same list asked again and again, as phones do every quarter of an hour.</summary>
[Collection(DemoCollection.Name)]
public class A_list_that_did_not_change(DemoHost host)
{
    [Theory]
    [InlineData("/formList")]
    [InlineData("/forms/border_monitoring/manifest")]
    public async Task Is_not_sent_again(string path)
    {
        var phone = await host.Phone(1);
        using var first = await phone.Get(path);
        using var again = await phone.Get(path, "1.0", ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("yes")]
    public async Task Is_given_however_the_wish_for_all_versions_is_written(string wish)
    {
        using var answer = await (await host.Phone(1)).Get("/formList?listAllVersions=" + wish);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}

/// <summary>Names of files as phones and browsers write them into a multipart post.</summary>
[Collection(DemoCollection.Name)]
public class The_name_of_a_file(DemoHost host)
{
    [Fact]
    public async Task Is_that_of_its_answer_however_the_client_wrote_it()
    {
        var form = await host.Publish(1, await WithPhoto("photo_names"));
        var phone = await host.Phone(1);
        foreach (var (answer, sent) in new[]
        {
            ("صورة ١.jpg", "صورة ١.jpg"), ("two words.jpg", "two words.jpg"), ("100%.jpg", "100%.jpg"), ("%D9%81.jpg", "%D9%81.jpg"), ("a&quot;b.jpg", "a%22b.jpg"), ("Photo.JPG", "photo.jpg"),
            ("caf\u00e9.jpg", "cafe\u0301.jpg"), ("empty.jpg", "empty.jpg"),
        })
        {
            var before = await Files();
            var xml = Submissions.Border(Guid.NewGuid(), formId: "photo_names", extra: $"<consent_photo>yes</consent_photo><photo>{answer}</photo>");
            using var kept = await phone.Post(Raw(xml, (sent, sent == "empty.jpg" ? "" : "first"), (sent, "again"), ("unasked.jpg", "x")));
            Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
            Assert.True(before + 1 == await Files(), $"{answer} sent as {sent}: {await Files() - before} files kept");
        }

        await host.Must(s => s.GetRequiredService<SetFormState>().Handle(host.As("im"), form.Activity, form.Id, FormState.Closed, CancellationToken.None));
    }

    [Fact]
    public async Task May_come_again_in_an_edit_with_other_content_and_both_are_kept()
    {
        var form = await host.Publish(1, await WithPhoto("photo_edits"));
        var (phone, first, second) = (await host.Phone(1), Guid.NewGuid(), Guid.NewGuid());
        string Of(Guid id, string replaces) => Submissions.Border(id, formId: "photo_edits", extra: "<consent_photo>yes</consent_photo><photo>same.csv</photo>").Replace("<meta>", "<meta>" + replaces, StringComparison.Ordinal);
        var before = await Files();
        await Send(phone, Of(first, ""), ("same.csv", "as it was"));
        var edit = Of(second, $"<deprecatedID>uuid:{first:D}</deprecatedID>");
        await Send(phone, edit, ("same.csv", "as it was"));
        Assert.Equal(before + 1, await Files()); // sent along unchanged
        await Send(phone, edit, ("same.csv", "as it is now")); // a later part of the same post
        await Send(phone, edit, ("same.csv", "as it is now"));
        Assert.Equal(before + 2, await Files());
        var record = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<RecordEntry>().AsNoTracking().Where(r => r.FormVersionId == form.Id).SingleAsync());
        var opened = await host.Must(async s => await s.GetRequiredService<OpenRecord>().Handle(host.As("protection").Citing("N1"), await host.Activity(1), record.Code, CancellationToken.None));
        Assert.Equal([1, 2], opened.Files.Select(f => f.Version).Order());
        await host.Must(s => s.GetRequiredService<SetFormState>().Handle(host.As("im"), form.Activity, form.Id, FormState.Closed, CancellationToken.None));
        await Send(phone, edit, ("same.csv", "as it is now")); // its answer was lost on the way, and the form closed meanwhile
        using var late = await phone.Submit(Of(Guid.NewGuid(), ""));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    private static async Task Send(Phone phone, string xml, params (string Name, string Content)[] files)
    {
        using var answer = await phone.Post(Raw(xml, files));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    private Task<int> Files() => host.Do(s => s.GetRequiredService<AmanaDb>().Set<PersonBox>().CountAsync(b => b.Compartment == Compartment.Files));

    private async Task<string> WithPhoto(string id) => (await host.BorderForm(id)).Replace("\n\"choices\"", """

        ,"select_one yes_no","consent_photo","May we take a photo?","هل نلتقط صورة؟","yes","","","","",""
        ,"image","photo","A photo of the paper","صورة الورقة","","${consent_photo} = 'yes'","","","",""
        "choices"
        """, StringComparison.Ordinal);

    /// <summary>A post as OkHttp writes it: names as they are, in UTF-8, between quotes.</summary>
    private static ByteArrayContent Raw(string xml, params (string Name, string Content)[] files)
    {
        var text = new StringBuilder("--b0\r\nContent-Disposition: form-data; name=\"xml_submission_file\"; filename=\"s.xml\"\r\nContent-Type: text/xml\r\n\r\n").Append(xml).Append("\r\n");
        foreach (var (name, content) in files)
            text.Append("--b0\r\nContent-Disposition: form-data; name=\"").Append(name).Append("\"; filename=\"").Append(name).Append("\"\r\nContent-Type: application/octet-stream\r\n\r\n").Append(content).Append("\r\n");
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(text.Append("--b0--\r\n").ToString()));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b0");
        return body;
    }
}
