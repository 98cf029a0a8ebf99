using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amana.Domain.Capture;
using Amana.Web.Tests.OpenRosa;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Amana.Web.Tests.Capture;

/// <summary>The notice read aloud, from the protection officer's page to whoever hears it.</summary>
[Collection(DemoCollection.Name)]
public sealed class A_recording_of_the_notice(DemoHost host)
{
    [Fact]
    public async Task Is_heard_on_the_public_page_and_before_the_first_question_and_is_fetched_only_when_played()
    {
        var desk = await host.SignedIn("protection");
        using (var refused = await Upload(desk, "en", Encoding.ASCII.GetBytes("MZ this is a program")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using (var kept = await Upload(desk, "en", Wave(3)))
            Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        Assert.NotNull((await desk.Read("/activities/1/notice?Speak=en")).QuerySelector("audio[controls][preload=none]"));

        var anybody = host.Browser("en");
        using var answer = await anybody.GetAsync("/public");
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(body.Length < 40_000, body.Length + " bytes");
        Assert.Contains("media-src 'self'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        var page = await Host.Read(answer);
        var player = page.QuerySelector("audio[src='/public/notice/1/en']");
        Assert.Equal("none", player!.GetAttribute("preload"));
        Assert.Contains("0:03", page.GetElementById(player.GetAttribute("aria-labelledby")!)!.TextContent, StringComparison.Ordinal);
        using (var part = new HttpRequestMessage(HttpMethod.Get, "/public/notice/1/en"))
        {
            part.Headers.Range = new RangeHeaderValue(0, 99);
            using var heard = await anybody.SendAsync(part);
            Assert.Equal((HttpStatusCode.PartialContent, "audio/wav", 100L), (heard.StatusCode, heard.Content.Headers.ContentType!.MediaType, heard.Content.Headers.ContentLength));
        }

        using (var arabic = await host.Browser("ar").GetAsync("/public"))
            Assert.NotNull((await Host.Read(arabic)).QuerySelector("a[href='/public/notice/1/en'][lang=en]")); // no Arabic one yet
        using (var none = await anybody.GetAsync("/public/notice/1/ar"))
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        var link = await Links.Make(host, FormLinkUse.Open);
        var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var plain = await new Desk(client).Read($"/fill/link/{link.Token}/plain?Speak=en");
        using (var heard = await client.GetAsync(plain.QuerySelector("section.card audio")!.GetAttribute("src")))
            Assert.Equal(HttpStatusCode.OK, heard.StatusCode);
        using (var withScript = await client.GetAsync($"/fill/link/{link.Token}"))
            Assert.NotNull((await Host.Read(withScript)).QuerySelector($"[data-notice=en] audio[src='/fill/link/{link.Token}/notice/en']"));
        using (var stranger = await client.GetAsync("/fill/link/unknown/notice/en"))
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);

        using (var off = await desk.Post("/activities/1/notice?Speak=en", "/activities/1/notice?handler=TakeOff&Speak=en"))
            Assert.Equal(HttpStatusCode.Redirect, off.StatusCode);
        using (var gone = await anybody.GetAsync("/public/notice/1/en"))
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static async Task<HttpResponseMessage> Upload(Desk desk, string language, byte[] file)
    {
        var page = await desk.Read("/activities/1/notice?Speak=" + language);
        var form = new MultipartFormDataContent { { new StringContent(page.QuerySelector("input[name=form-token]")!.GetAttribute("value")!), "form-token" } };
        form.Add(new ByteArrayContent(file), "Sound", "notice.mp3"); // its name says nothing
        return await desk.Send(new HttpRequestMessage(HttpMethod.Post, $"/activities/1/notice?handler=Record&Speak={language}") { Content = form });
    }

    private static byte[] Wave(int seconds)
    {
        byte[] format = [1, 0, 1, 0, .. BitConverter.GetBytes(4000), .. BitConverter.GetBytes(4000), 1, 0, 8, 0];
        byte[] body = [.. "WAVE"u8, .. "fmt "u8, .. BitConverter.GetBytes(16), .. format, .. "data"u8, .. BitConverter.GetBytes(4000 * seconds), .. new byte[4000 * seconds]];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];
    }
}
