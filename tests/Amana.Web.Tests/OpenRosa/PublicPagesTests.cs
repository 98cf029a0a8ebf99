using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>The pages for people without an account, as the demo fills them.</summary>
[Collection(DemoCollection.Name)]
public partial class A_public_page(DemoHost host)
{
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task Is_whole_in_forty_kilobytes_without_script(string language)
    {
        foreach (var address in new[] { "/public", "/public/receipt", "/public/feedback" })
        {
            using var answer = await host.Browser(language).GetAsync(address);
            var html = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(html), 1, 40_000);
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
            Assert.DoesNotContain("⟦", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Gives_the_receipt_as_a_file_and_the_copy_to_whoever_has_the_code_and_the_same_to_all_others()
    {
        var phone = await host.Phone(1);
        using var sent = await phone.Submit(Submissions.Border(Guid.NewGuid()));
        var code = Code().Match(await Phone.Message(sent)).Value;
        using var file = await Post("ReceiptFile", code);
        Assert.Equal(("application/ld+json", "no-store"), (file.Content.Headers.ContentType!.MediaType, file.Headers.CacheControl!.ToString().Split(',')[0]));
        using var receipt = JsonDocument.Parse(await file.Content.ReadAsStringAsync());
        Assert.Equal("dpv:ConsentRecord", receipt.RootElement.GetProperty("dpv:hasRecordOfActivity").GetProperty("@type").GetString());
        Assert.DoesNotContain(code, receipt.RootElement.ToString(), StringComparison.Ordinal);
        using var copy = await Post("Copy", code);
        Assert.Equal(2, (await Read(copy)).QuerySelectorAll("main dl.facts").Length);
        foreach (var handler in new[] { "ReceiptFile", "Copy", "Slip", "Ask" })
        {
            using var nothing = await Post(handler, "AM-0000-0000-0000", ("Input.Kind", "Access"));
            var page = await Read(nothing);
            Assert.Equal((HttpStatusCode.OK, 1, 0), (nothing.StatusCode, page.QuerySelectorAll("main .notice").Length, page.QuerySelectorAll("main dl.facts").Length));
        }
    }

    private async Task<HttpResponseMessage> Post(string handler, string code, params (string Name, string Value)[] more)
    {
        var browser = host.Browser("en");
        using var form = await browser.GetAsync("/public/receipt");
        browser.DefaultRequestHeaders.Add("Cookie", form.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var token = (await Read(form)).QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("Input.Code", code), KeyValuePair.Create("form-token", token), .. more.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        return await browser.PostAsync("/public/receipt?handler=" + handler, content);
    }

    private static Task<IHtmlDocument> Read(HttpResponseMessage answer) => Host.Read(answer);

    [GeneratedRegex("AM-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Code();
}
