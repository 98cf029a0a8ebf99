using System.Net;
using System.Text;
using System.Xml.Linq;
using Amana.Domain.Forms;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Testing;
using Amana.XForms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>Records that the phone encrypted, from the form's key to the sealed record.</summary>
[Collection(DemoCollection.Name)]
public class An_encrypted_record(DemoHost host)
{
    private static readonly byte[] Picture = Encoding.UTF8.GetBytes("a made-up picture, encrypted on the way");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_opened_on_arrival_checked_and_sealed_as_any_other(bool likeEnketo)
    {
        var form = likeEnketo ? "closed_enketo" : "closed_collect";
        var (phone, key) = await Encrypting(form);
        var id = Guid.NewGuid();
        var (envelope, files) = new PhoneEncryptor(key, likeEnketo).Encrypt(Submissions.Border(id, "Name-Once-Encrypted", formId: form, extra: "<photo>p.jpg</photo>"), form, "1", $"uuid:{id:D}", ("p.jpg", Picture));
        var before = await host.Rows();
        using var answer = await phone.Submit(envelope, [.. files]);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var code = await Phone.Message(answer);
        var after = await host.Rows();
        Assert.Equal(before["records"] + 1, after["records"]);
        using var again = await phone.Submit(envelope, [.. files]);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(code, await Phone.Message(again));
        Assert.Equal(after, await host.Rows());
        Assert.False(host.Holds("Name-Once-Encrypted"));
        Assert.False(host.Holds("a made-up picture, encrypted on the way"));
    }

    [Fact]
    public async Task In_parts_waits_sealed_until_it_is_whole()
    {
        var (phone, key) = await Encrypting("closed_parts");
        var id = Guid.NewGuid();
        var (envelope, files) = new PhoneEncryptor(key, false).Encrypt(Submissions.Border(id, formId: "closed_parts", extra: "<photo>p.jpg</photo>"), "closed_parts", "1", $"uuid:{id:D}", ("p.jpg", Picture));
        var before = await host.Rows();
        foreach (var _ in Enumerable.Range(0, 2)) // sent again when the answer was lost
        {
            using var part = await phone.Submit(envelope, files[0]);
            Assert.Equal(HttpStatusCode.Accepted, part.StatusCode);
        }

        var waiting = await host.Rows();
        Assert.Equal(before["records"], waiting["records"]);
        Assert.Equal(before["awaited_parts"] + 1, waiting["awaited_parts"]);
        using var rest = await phone.Submit(envelope, files[1]);
        Assert.Equal(HttpStatusCode.Created, rest.StatusCode);
        var after = await host.Rows();
        Assert.Equal(before["records"] + 1, after["records"]);
        Assert.Equal(before["awaited_parts"], after["awaited_parts"]);
    }

    [Fact]
    public async Task Of_which_a_part_is_missing_stands_on_a_page_until_it_is_whole_or_given_up_for_a_reason()
    {
        var (phone, key) = await Encrypting("closed_listed");
        var id = Guid.NewGuid();
        var (envelope, files) = new PhoneEncryptor(key, false).Encrypt(Submissions.Border(id, "Name-In-Part", formId: "closed_listed", extra: "<photo>p.jpg</photo>"), "closed_listed", "1", $"uuid:{id:D}", ("p.jpg", Picture));
        using var part = await phone.Submit(envelope, files.Single(f => f.Name.Contains("xml", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Accepted, part.StatusCode);
        var desk = await host.SignedIn("protection");
        Assert.Contains("1", (await desk.Read("/activities/1/collection")).QuerySelector("a[href='/activities/1/awaited']")!.TextContent, StringComparison.Ordinal);
        var page = await desk.Read("/activities/1/awaited");
        var row = page.QuerySelector("tbody tr")!;
        Assert.Contains("Test phone", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 of 2 files", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("Picture", row.QuerySelector(".chip")!.TextContent.Trim());
        Assert.DoesNotContain("p.jpg", page.DocumentElement.OuterHtml, StringComparison.Ordinal); // names of files may tell

        var awaited = page.QuerySelector("input[type=radio]")!.GetAttribute("value")!;
        using var without = await desk.Post("/activities/1/awaited", "/activities/1/awaited", ("id", awaited));
        Assert.Contains("Say why", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var byCollector = await (await host.SignedIn("interviewer1")).Post("/activities/1/awaited", "/activities/1/awaited", ("id", awaited), ("Reason", "No"));
        Assert.NotEqual(HttpStatusCode.Redirect, byCollector.StatusCode);
        using var elsewhere = await desk.Post("/activities/1/awaited", "/activities/2/awaited", ("id", awaited), ("Reason", "No"));
        Assert.NotEqual(HttpStatusCode.Redirect, elsewhere.StatusCode);
        using var givenUp = await desk.Post("/activities/1/awaited", "/activities/1/awaited", ("id", awaited), ("Reason", "Reason-Of-Loss"));
        Assert.Equal(HttpStatusCode.Redirect, givenUp.StatusCode);
        Assert.Equal(0, (await host.Rows())["awaited_parts"]);
        Assert.Contains("Given up", (await desk.Read("/activities/1/awaited")).QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.False(host.Holds("Reason-Of-Loss") || host.Holds("Name-In-Part"));

        foreach (var file in files) // the phone was found: it sends everything again
            using (await phone.Submit(envelope, file)) { }
        Assert.NotNull((await desk.Read("/activities/1/awaited")).QuerySelector(".empty"));
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("a changed file")]
    [InlineData("an exchanged file")]
    [InlineData("a changed signature")]
    [InlineData("another id")]
    [InlineData("no signature")]
    [InlineData("another form")]
    [InlineData("another version")]
    [InlineData("a cut file")]
    [InlineData("an empty file")]
    [InlineData("a file named a thousand times")]
    [InlineData("no key in Base64")]
    public async Task That_is_not_whole_and_genuine_is_refused_in_words_and_keeps_nothing(string how)
    {
        var (phone, key) = await Encrypting("closed_tampered");
        var id = Guid.NewGuid();
        using var other = System.Security.Cryptography.RSA.Create(2048);
        var closer = new PhoneEncryptor(how == "another key" ? Convert.ToBase64String(other.ExportSubjectPublicKeyInfo()) : key, false);
        var (envelope, files) = closer.Encrypt(Submissions.Border(id, formId: "closed_tampered"), "closed_tampered", "1", $"uuid:{id:D}", ("p.jpg", Picture));
        if (how == "a changed file")
            files[1].Content[40] ^= 1;
        if (how == "an exchanged file")
            files[0] = (files[0].Name, closer.Encrypt("<data/>", "x", "1", "y", ("p.jpg", Picture)).Files[0].Content);
        if (how is "a cut file" or "an empty file")
            files[1] = (files[1].Name, files[1].Content[..(how == "a cut file" ? 33 : 0)]);
        envelope = how switch
        {
            "another form" => envelope.Replace("closed_tampered", "closed_collect", StringComparison.Ordinal), // sent again under the name of a form that may be known here
            "another version" => envelope.Replace("version=\"1\"", "version=\"2\"", StringComparison.Ordinal),
            "a file named a thousand times" => envelope.Replace("<encryptedXmlFile>", string.Concat(Enumerable.Repeat("<media><file>p.jpg.enc</file></media>", 1000)) + "<encryptedXmlFile>", StringComparison.Ordinal),
            "no key in Base64" => envelope.Replace("<base64EncryptedKey>", "<base64EncryptedKey>*", StringComparison.Ordinal),
            "a changed signature" => envelope.Replace("<encryptedXmlFile>", "<media><file>p.jpg.enc</file></media><encryptedXmlFile>", StringComparison.Ordinal),
            "another id" => envelope.Replace($"uuid:{id:D}", $"uuid:{Guid.NewGuid():D}", StringComparison.Ordinal),
            "no signature" => envelope.Replace("base64EncryptedElementSignature", "other", StringComparison.Ordinal),
            _ => envelope,
        };
        var before = await host.Rows();
        using var answer = await phone.Submit(envelope, [.. files]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Phone.Message(answer);
        Assert.Equal(before, await host.Rows());
    }

    [Fact]
    public async Task Of_one_activity_opens_in_no_other_and_one_inside_another_is_held()
    {
        var (phone, key) = await Encrypting("closed_elsewhere");
        var id = Guid.NewGuid();
        var closer = new PhoneEncryptor(key, false);
        var (envelope, files) = closer.Encrypt(Submissions.Border(id, formId: "closed_elsewhere"), "closed_elsewhere", "1", $"uuid:{id:D}");
        using var elsewhere = await (await host.Phone(6)).Submit(envelope, [.. files]);
        Assert.Equal(HttpStatusCode.BadRequest, elsewhere.StatusCode);
        var before = await host.Rows();
        var (outer, outerFiles) = closer.Encrypt(envelope, "closed_elsewhere", "1", $"uuid:{Guid.NewGuid():D}");
        using var within = await phone.Submit(outer, [.. outerFiles]);
        Assert.True((int)within.StatusCode < 500);
        Assert.Equal(before["records"], (await host.Rows())["records"]);
    }

    [Fact]
    public async Task Is_asked_for_by_the_form_with_the_house_s_key_never_with_another()
    {
        var own = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A";
        var csv = (await host.BorderForm("closed_own")).Replace("\"default_language\"", "\"default_language\",\"public_key\",\"submission_url\"", StringComparison.Ordinal)
            .Replace("\"English (en)\"", $"\"English (en)\",\"{own}\",\"https://elsewhere.example/send\"", StringComparison.Ordinal);
        var (_, draft) = await host.Draft(1, csv);
        var (form, xform) = await host.Do(async s => (await s.GetRequiredService<AmanaDb>().Set<FormVersion>().AsNoTracking().FirstAsync(f => f.Id == draft), await s.GetRequiredService<PublishedFormXml>().Read(draft, CancellationToken.None)));
        Assert.True(form.Encrypts); // its author wants it, and only the house's key can keep that promise
        Assert.Contains("base64RsaPublicKey", xform, StringComparison.Ordinal);
        Assert.DoesNotContain(own + "\"", xform, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere.example", xform, StringComparison.Ordinal);
    }

    /// <summary>A published form that encrypts, a phone, and the key that the phone reads in the form.</summary>
    private async Task<(Phone Phone, string Key)> Encrypting(string id)
    {
        var phone = await host.Phone(1);
        using var known = await phone.Get($"/forms/{id}.xml", version: null);
        if (known.StatusCode == HttpStatusCode.NotFound)
        {
            var csv = (await host.BorderForm(id)).Replace("\n\"choices\"", "\n,\"image\",\"photo\",\"A photo of the paper\",\"صورة الورقة\",\"\",\"\",\"\",\"\",\"\",\"\"\n\"choices\"", StringComparison.Ordinal);
            var (activity, draft) = await host.Draft(1, csv);
            await host.Must(s => s.GetRequiredService<EncryptOnPhone>().Handle(host.As("im"), activity, draft, true, CancellationToken.None));
            await host.Must(s => s.GetRequiredService<PublishForm>().Handle(host.As("im"), activity, draft, CancellationToken.None));
            await host.LookAtRisksAgain(activity);
            await host.Must(s => s.GetRequiredService<SetFormState>().Handle(host.As("im"), activity, draft, FormState.Closing, CancellationToken.None)); // other tests look at the list
        }

        using var form = await phone.Get($"/forms/{id}.xml", version: null);
        var root = SafeXml.Parse(await form.Content.ReadAsStringAsync()).Root!;
        return (phone, root.Descendants((XNamespace)"http://www.w3.org/2002/xforms" + "submission").Single().Attribute("base64RsaPublicKey")!.Value);
    }
}
