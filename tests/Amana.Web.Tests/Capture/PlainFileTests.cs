using System.Net;
using Amana.Domain.Records;
using Amana.Features.Platform;
using Amana.Web.Tests.OpenRosa;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Capture;

/// <summary>A photo by a link, in a browser without script.</summary>
[Collection(DemoCollection.Name)]
public sealed class A_photo_without_script(DemoHost host)
{
    private const string FormId = "photo_by_link";
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xFE, 0x00, 0x0C, .. "Marker-Place"u8[..10], 0xFF, 0xDB, 0x00, 0x03, 0x01, 0xFF, 0xDA, 0x00, 0x02, 0x11, 0x22, 0xFF, 0xD9];

    [Fact]
    public async Task Comes_in_with_its_record_and_what_is_no_photo_or_too_large_does_not()
    {
        var csv = (await host.BorderForm(FormId)).Replace("\n\"choices\"", "\n,\"image\",\"photo\",\"A photo of the paper\",\"صورة الورقة\",\"\",\"\",\"\",\"\",\"\",\"\"\n\"choices\"", StringComparison.Ordinal);
        await host.Publish(1, csv);
        var page = $"/fill/link/{(await Links.Make(host, form: FormId)).Token}/plain";
        using var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Add("Accept", "text/html");

        using var whatIsNone = await Send(client, page, "send", "paper.jpg", "image/jpeg", "a letter, not a photo"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, whatIsNone.StatusCode);
        Assert.Contains("the file that was chosen is something else", (await Host.Read(whatIsNone)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var tooLarge = await Send(client, page, "send", "paper.jpg", "image/jpeg", [.. Picture, .. new byte[21 * 1024 * 1024]]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Contains("20 MB", (await Host.Read(tooLarge)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var looked = await Send(client, page, "check", "paper.jpg", "image/jpeg", Picture);
        var again = await Host.Read(looked);
        Assert.Contains("paper.jpg", again.QuerySelector(".hint[id$='-again']")!.TextContent, StringComparison.Ordinal); // a browser forgets a chosen file, so the page says it
        Assert.Equal("image/*", again.QuerySelector("input[type=file]")!.GetAttribute("accept"));
        Assert.Equal(0, await Files());

        using var sent = await Send(client, page, "send", "paper.jpg", "image/jpeg", Picture);
        Assert.NotNull((await Host.Read(sent)).QuerySelector(".receipt"));
        Assert.Equal(1, await Files());
        Assert.False(host.Holds("Marker-Pla"), "What a picture tells besides what is to be seen stands open.");
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, string page, string go, string name, string type, byte[] content)
    {
        using var blank = await client.GetAsync(page);
        var form = await Host.Read(blank);
        var hidden = new[] { "Instance", "Began", "Speak", "form-token" }.Select(n => (n, form.QuerySelector($"input[name={n}]")!.GetAttribute("value")!));
        using var body = new MultipartFormDataContent();
        foreach (var (field, value) in hidden.Concat(A_link_without_script.Answers.Select(a => ("a:/data/" + a.Name, a.Value))).Append(("Agreed", "true")).Append(("go", go)))
            body.Add(new StringContent(value), field);
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new(type);
        body.Add(file, "a:/data/photo", name);
        return await client.PostAsync(page, body);
    }

    private Task<int> Files() => host.Do(s =>
    {
        var db = s.GetRequiredService<AmanaDb>();
        return db.Set<PersonBox>().CountAsync(b => b.Compartment == Compartment.Files && db.Set<RecordEntry>().Any(r => r.Id == b.RecordId && db.Set<Domain.Forms.FormVersion>().Any(f => f.Id == r.FormVersionId && f.FormId == FormId)));
    });
}
