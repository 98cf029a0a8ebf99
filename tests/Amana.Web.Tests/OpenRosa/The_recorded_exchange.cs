using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.XForms;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>Every call of an exchange that was recorded between a phone and ODK Central, made against this house. Status codes, headers and documents are held to the recording;
/// where this house differs on purpose, the test says why.</summary>
[Collection(DemoCollection.Name)]
public class The_recorded_exchange(DemoHost host)
{
    private static readonly XNamespace List = "http://openrosa.org/xforms/xformsList", Files = "http://openrosa.org/xforms/xformsManifest";

    private const string Villages = "name,label\nv1,Village one\n";

    [Fact]
    public async Task Of_forms_and_their_files_is_answered_alike()
    {
        var id = "exchange_files";
        var form = await host.Publish(1, WithVillages(id), "villages.csv", Villages);
        var phone = await host.Phone(1);
        var listed = await Listed(phone, "/formList?deviceID=x");
        Assert.Contains("border_monitoring", listed.Keys);
        Assert.Null(listed["border_monitoring"].Element(List + "manifestUrl")); // Central names a manifest always; a form without files needs no second call
        Assert.Equal([id], (await Listed(phone, "/formList?formID=" + id)).Keys);
        Assert.Contains(id, (await Listed(phone, "/formList?listAllVersions=true")).Keys);

        var entry = listed[id];
        using var xform = await phone.Get(entry.Element(List + "downloadUrl")!.Value, version: null);
        Assert.Equal("application/xml", xform.Content.Headers.ContentType?.MediaType);
        Assert.Equal(entry.Element(List + "hash")!.Value, Md5(await xform.Content.ReadAsByteArrayAsync()));
        using var manifest = await phone.Get(entry.Element(List + "manifestUrl")!.Value);
        var file = Assert.Single(Xml(await manifest.Content.ReadAsStringAsync()).Elements(Files + "mediaFile"));
        Assert.Equal("text/xml", manifest.Content.Headers.ContentType?.MediaType);
        Assert.Equal("villages.csv", file.Element(Files + "filename")!.Value);
        var address = file.Element(Files + "downloadUrl")!.Value;
        using var media = await phone.Get(address, version: null);
        Assert.Equal(HttpStatusCode.OK, media.StatusCode);
        Assert.Equal("text/csv", media.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("attachment", media.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);
        var bytes = await media.Content.ReadAsByteArrayAsync();
        Assert.Equal(Villages, Encoding.UTF8.GetString(bytes));
        Assert.Equal(file.Element(Files + "hash")!.Value, Md5(bytes));
        using var again = await phone.Get(address, version: null, ("If-None-Match", media.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var unchanged = await phone.Get(entry.Element(List + "downloadUrl")!.Value, version: null, ("If-None-Match", xform.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        using var none = await phone.Get($"/forms/{id}/attachments/other.csv", version: null);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        await host.Must(s => s.GetRequiredService<SetFormState>().Handle(host.As("im"), form.Activity, form.Id, FormState.Closed, CancellationToken.None));
    }

    [Fact]
    public async Task Of_a_form_that_closes_is_answered_alike()
    {
        var form = await host.Publish(1, await host.BorderForm("exchange_closing"));
        var phone = await host.Phone(1);
        await Set(form, FormState.Closing);
        Assert.DoesNotContain("exchange_closing", (await Listed(phone, "/formList")).Keys);
        using var late = await phone.Submit(Submissions.Border(Guid.NewGuid(), formId: "exchange_closing"));
        Assert.Equal(HttpStatusCode.Created, late.StatusCode);
        await Set(form, FormState.Closed);
        using var closed = await phone.Submit(Submissions.Border(Guid.NewGuid(), formId: "exchange_closing"));
        Assert.Equal(HttpStatusCode.Conflict, closed.StatusCode);
        Assert.Contains("closed", await Phone.Message(closed), StringComparison.Ordinal);
        await Set(form, FormState.Published);
        Assert.Contains("exchange_closing", (await Listed(phone, "/formList")).Keys);
        await Set(form, FormState.Closed);
    }

    [Fact]
    public async Task Of_submissions_is_answered_alike()
    {
        var phone = await host.Phone(1);
        using var head = await phone.Head("/submission?deviceID=x");
        Assert.Equal(HttpStatusCode.NoContent, head.StatusCode);
        Assert.Equal("100000000", Assert.Single(head.Headers.GetValues("X-OpenRosa-Accept-Content-Length")));
        using var bare = await phone.Head("/submission", version: null);
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        var id = Guid.NewGuid();
        var xml = Submissions.Border(id);
        foreach (var _ in Enumerable.Range(0, 3)) // new, again with a file, retried
        {
            using var kept = await phone.Submit(xml, ("nobody-named.jpg", [1, 2, 3]));
            Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
            Assert.True(kept.Headers.CacheControl?.NoStore);
            Assert.Equal("1.0", Assert.Single(kept.Headers.GetValues("X-OpenRosa-Version")));
            Assert.Single(kept.Content.Headers.ContentLanguage);
            await Phone.Message(kept);
        }

        await Expect(HttpStatusCode.Conflict, phone.Submit(Submissions.Border(id, "Another name")));
        await Expect(HttpStatusCode.NotFound, phone.Submit(Submissions.Border(Guid.NewGuid(), formId: "none")));
        await Expect(HttpStatusCode.NotFound, phone.Submit(Submissions.Border(Guid.NewGuid(), version: "99")), "99");
        await Expect(HttpStatusCode.BadRequest, phone.Submit("not xml"));
        await Expect(HttpStatusCode.Created, phone.Submit(xml.Replace($"<instanceID>uuid:{id:D}</instanceID>", "", StringComparison.Ordinal)));
        await Expect(HttpStatusCode.BadRequest, phone.Post(new MultipartFormDataContent { { new StringContent("x"), "other" } }));
        await Expect(HttpStatusCode.BadRequest, phone.Post(new MultipartFormDataContent { { new StringContent(xml), "xml_submission_file", "s.xml" } }, version: null));
    }

    [Fact]
    public async Task Of_a_submission_in_parts_says_when_it_is_whole()
    {
        var phone = await host.Phone(1);
        var xml = Submissions.Border(Guid.NewGuid());
        MultipartFormDataContent Part(bool more)
        {
            var form = new MultipartFormDataContent { { new StringContent(xml, Encoding.UTF8, "text/xml"), "xml_submission_file", "submission.xml" } };
            if (more)
                form.Add(new StringContent("yes"), "*isIncomplete*");
            return form;
        }

        using var first = await phone.Post(Part(more: true));
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode); // Central says 201; Collect takes 201 and 202 alike, and 202 is what it means
        using var last = await phone.Post(Part(more: false));
        Assert.Equal(HttpStatusCode.Created, last.StatusCode);
    }

    [Fact]
    public async Task Of_phones_without_a_right_is_answered_alike()
    {
        var wrong = new Phone(host, "/v1/key/" + new string('x', 64) + "/projects/1", default);
        await Expect(HttpStatusCode.Forbidden, wrong.Get("/formList"));
        await Expect(HttpStatusCode.Forbidden, wrong.Submit(Submissions.Border(Guid.NewGuid())));
        using var open = await new Phone(host, "/v1/projects/1", default).Get("/formList");
        Assert.Equal(HttpStatusCode.Unauthorized, open.StatusCode);
        // Central sends no challenge, so that no client ever answers; here a client that can ask for a password is asked.
        Assert.Contains(open.Headers.WwwAuthenticate, h => h.Scheme == "Digest");
        var phone = await host.Phone(1);
        await host.Must(async s => await s.GetRequiredService<Amana.Features.Accounts.RevokePhoneToken>().Handle(host.As("im"), await host.Activity(1), phone.Id, CancellationToken.None));
        await Expect(HttpStatusCode.Forbidden, phone.Get("/formList"));
        await Expect(HttpStatusCode.Forbidden, phone.Submit(Submissions.Border(Guid.NewGuid())));
    }

    [Fact]
    public async Task Of_a_draft_is_answered_alike_and_keeps_nothing()
    {
        var (activity, draft) = await host.Draft(1, WithVillages("exchange_draft"));
        var token = await host.Must(s => s.GetRequiredService<StartDraftTest>().Handle(host.As("im"), activity, draft, CancellationToken.None));
        var phone = new Phone(host, $"/v1/test/{token}/projects/1/forms/exchange_draft/draft", default);
        var entry = Assert.Single(await Listed(phone, "/formList")).Value;
        Assert.EndsWith("/draft.xml", entry.Element(List + "downloadUrl")!.Value, StringComparison.Ordinal);
        Assert.EndsWith("/draft/manifest", entry.Element(List + "manifestUrl")!.Value, StringComparison.Ordinal);
        Assert.StartsWith("TEST", entry.Element(List + "name")!.Value, StringComparison.Ordinal); // Central lists a draft under its plain name
        using var xform = await phone.Get(entry.Element(List + "downloadUrl")!.Value, version: null);
        Assert.Equal(entry.Element(List + "hash")!.Value, Md5(await xform.Content.ReadAsByteArrayAsync()));
        using var head = await phone.Head("/submission");
        Assert.Equal(HttpStatusCode.NoContent, head.StatusCode);
        var before = await host.Rows();
        using var answer = await phone.Submit("<data id=\"exchange_draft\" version=\"1\"><village>v1</village><safe>Name-Tried</safe></data>");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("Nothing was kept", (await Phone.Message(answer)).Replace("nothing", "Nothing", StringComparison.Ordinal), StringComparison.Ordinal);
        var after = await host.Rows();
        Assert.DoesNotContain(after.Where(t => t.Value != before[t.Key]), t => !t.Key.StartsWith("ledger", StringComparison.Ordinal));
        Assert.False(host.Holds("Name-Tried"));
        using var wrong = await new Phone(host, $"/v1/test/{new string('x', 64)}/projects/1/forms/exchange_draft/draft", default).Get("/formList");
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
    }

    private static async Task Expect(HttpStatusCode status, Task<HttpResponseMessage> asked, string? word = null)
    {
        using var answer = await asked;
        Assert.Equal(status, answer.StatusCode);
        var message = await Phone.Message(answer);
        if (word is not null)
            Assert.Contains(word, message, StringComparison.Ordinal);
    }

    private Task Set(PublishedTestForm form, FormState state) => host.Must(s => s.GetRequiredService<SetFormState>().Handle(host.As("im"), form.Activity, form.Id, state, CancellationToken.None));

    private static async Task<Dictionary<string, XElement>> Listed(Phone phone, string path)
    {
        using var answer = await phone.Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/xml", answer.Content.Headers.ContentType?.MediaType);
        var forms = Xml(await answer.Content.ReadAsStringAsync()).Elements(List + "xform").ToList();
        Assert.All(forms, f => Assert.All(new[] { "formID", "name", "version", "hash", "downloadUrl" }, n => Assert.False(string.IsNullOrEmpty(f.Element(List + n)?.Value), n)));
        return forms.DistinctBy(f => f.Element(List + "formID")!.Value).ToDictionary(f => f.Element(List + "formID")!.Value, StringComparer.Ordinal);
    }

    private static XElement Xml(string text) => SafeXml.Parse(text).Root!;

#pragma warning disable CA5351 // OpenRosa announces by MD5
    private static string Md5(byte[] bytes) => "md5:" + Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351

    private static string WithVillages(string id) => string.Create(CultureInfo.InvariantCulture, $"""
        "survey",,,,
        ,"type","name","label::English (en)","label::Arabic (ar)"
        ,"select_one_from_file villages.csv","village","Which village?","أي قرية؟"
        ,"text","safe","Is the way there safe?","هل الطريق آمن؟"
        "settings",,,,
        ,"form_title","form_id","version","default_language"
        ,"Ways","{id}","1","English (en)"
        """);
}

/// <summary>A form that a test published.</summary>
public sealed record PublishedTestForm(ActivityId Activity, FormVersionId Id);
