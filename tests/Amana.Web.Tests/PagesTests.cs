using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

namespace Amana.Web.Tests;

public partial class A_page(Host host) : IClassFixture<Host>
{
    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("fr", "ltr")]
    [InlineData("es", "ltr")]
    [InlineData("ar", "rtl")]
    public async Task Says_its_language_and_direction(string language, string direction)
    {
        foreach (var address in new[] { "/", "/ui", "/no-such-page" })
        {
            using var answer = await host.Browser(language).GetAsync(address);
            var page = await Host.Read(answer);
            Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
            Assert.Equal(direction, page.DocumentElement.GetAttribute("dir"));
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Single(page.QuerySelectorAll("main"));
            Assert.Equal("#main", page.QuerySelector("a.skip")?.GetAttribute("href"));
            Assert.DoesNotContain("⟦", page.DocumentElement.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Has_no_inline_script_or_style()
    {
        foreach (var address in new[] { "/", "/ui", "/no-such-page" })
        {
            var page = await Host.Read(await host.Browser().GetAsync(address));
            Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
            Assert.Empty(page.All.SelectMany(e => e.Attributes).Where(a => a.Name.StartsWith("on", StringComparison.Ordinal)).ToList());
            Assert.All(page.QuerySelectorAll("script"), s => Assert.False(string.IsNullOrEmpty(s.GetAttribute("nonce"))));
        }
    }

    [Fact]
    public async Task Ties_labels_hints_and_errors_to_their_fields()
    {
        var page = await Host.Read(await SendEmptyForm());
        Assert.All(page.QuerySelectorAll("main :is(input:not([type=hidden]), select, textarea)"), e => Assert.NotNull(page.QuerySelector($"label[for='{e.Id}']")));
        Assert.All(page.QuerySelectorAll("[aria-describedby]").SelectMany(e => e.GetAttribute("aria-describedby")!.Split(' ')), id => Assert.NotNull(page.GetElementById(id)));
        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public async Task Names_all_errors_first_and_leads_to_each_field()
    {
        var page = await Host.Read(await SendEmptyForm());
        var summary = page.QuerySelector("main > .errors");
        Assert.NotNull(summary);
        Assert.Equal("3 answers need your attention", summary.QuerySelector("h2")?.TextContent);
        var links = summary.QuerySelectorAll("a").Select(a => a.GetAttribute("href")![1..]).ToList();
        Assert.Equal(["Input_Basis", "Input_Ends", "Input_Title"], links.Order());
        Assert.All(links, id => Assert.NotNull(page.GetElementById(id)));
        Assert.Equal("true", page.GetElementById("Input_Title")!.GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Keeps_what_was_typed_when_it_is_sent_back()
    {
        var page = await Host.Read(await SendEmptyForm(("Input.Title", "<i>x</i>"), ("Input.Groups", "men"), ("Input.Ends.Day", "31"), ("Input.Ends.Month", "2")));
        Assert.Equal("<i>x</i>", page.GetElementById("Input_Title")!.GetAttribute("value"));
        Assert.Equal("men", page.QuerySelector("input[name='Input.Groups'][checked]")?.GetAttribute("value"));
        Assert.Equal("31", page.GetElementById("Input_Ends_Day")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Loads_at_first_in_sixty_kilobytes_and_six_requests()
    {
        var client = host.Browser();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        var page = await host.Browser().GetStringAsync("/ui");
        var parts = Loaded().Matches(page).Select(m => m.Groups[1].Value).Distinct().ToList();
        var bytes = (await client.GetByteArrayAsync("/ui")).Length;
        foreach (var part in parts) bytes += (await client.GetByteArrayAsync(part)).Length;
        Assert.InRange(parts.Count + 1, 2, 6);
        Assert.InRange(bytes, 1, 60_000);
    }

    private async Task<HttpResponseMessage> SendEmptyForm(params (string Name, string Value)[] typed)
    {
        var client = host.Browser("en");
        using var first = await client.GetAsync("/ui");
        var token = (await Host.Read(first)).QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ui")
        {
            Content = new FormUrlEncodedContent([new("form-token", token), new("Input.Purpose", ""), .. typed.Select(t => KeyValuePair.Create(t.Name, t.Value))]),
        };
        request.Headers.Add("Cookie", first.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    [GeneratedRegex("(?:href|src)=\"(/dist/[^\"]+)\"")]
    private static partial Regex Loaded();
}

public class The_language(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task Asked_for_in_the_address_is_kept_and_taken_out_of_it()
    {
        using var answer = await host.Browser().GetAsync("/ui?q=a%20b&lang=ar");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/ui?q=a%20b", answer.Headers.Location?.OriginalString);
        Assert.StartsWith("amana-language=ar; ", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_leads_to_another_host()
    {
        using var answer = await host.Browser().GetAsync("http://localhost//elsewhere.example/?lang=ar");
        Assert.Equal("/elsewhere.example/", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("amana-language=fr", "ar", "fr")]
    [InlineData("amana-language=xx", "es-CO,en;q=0.5", "es")]
    [InlineData("a=b", "de,fr;q=0.4,ar;q=0.9", "ar")]
    [InlineData("a=b", "de", "en")]
    public async Task Is_the_kept_one_then_the_accepted_one_then_English(string cookie, string accepted, string expected)
    {
        var client = host.Browser(accepted);
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        var page = await Host.Read(await client.GetAsync("/"));
        Assert.Equal(expected, page.DocumentElement.GetAttribute("lang"));
    }
}

public partial class Production(ProductionHost host) : IClassFixture<ProductionHost>
{
    [Fact]
    public async Task Serves_the_front_page_without_script_in_forty_kilobytes()
    {
        using var answer = await host.Browser("ar").GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var plain = await host.Browser().GetByteArrayAsync("/dist/site.css");
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(html) + plain.Length, 1, 40_000);
    }

    [Fact]
    public async Task Keeps_files_for_a_year_and_sends_them_compressed()
    {
        var address = Style().Match(await host.Browser().GetStringAsync("/")).Groups[1].Value;
        var client = host.Browser();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br, gzip");
        using var answer = await client.GetAsync(address);
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Contains("immutable", answer.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        client.DefaultRequestHeaders.Add("If-None-Match", answer.Headers.ETag!.ToString());
        using var again = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var stale = await host.Browser().GetAsync("/dist/site.css?v=0");
        Assert.DoesNotContain("immutable", stale.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_no_guide_page()
    {
        using var answer = await host.Browser().GetAsync("/ui");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Answers_programs_with_a_problem_and_people_with_a_page()
    {
        using var program = await host.CreateClient().GetAsync("/no-such-page");
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType?.MediaType);
        using var person = await host.Browser("es").GetAsync("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, person.StatusCode);
        Assert.Equal("Aquí no hay nada", (await Host.Read(person)).QuerySelector("h1")?.TextContent);
    }

    [GeneratedRegex("href=\"(/dist/site.css[^\"]*)\"")]
    private static partial Regex Style();
}

public partial class The_style
{
    [Fact]
    public async Task Is_at_most_fourteen_kilobytes_compressed()
    {
        var css = await new Host().Browser().GetByteArrayAsync("/dist/site.css");
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) await gzip.WriteAsync(css);
        Assert.InRange(packed.Length, 1, 14_000);
    }

    [Fact]
    public void Knows_no_left_and_right()
    {
        var physical = from file in Sources.Of(".css")
                       from match in Physical().Matches(File.ReadAllText(file))
                       select $"{Path.GetFileName(file)}: {match.Value}";
        Assert.Empty(physical);
    }

    [Theory]
    [InlineData("a { margin-left: 1px }")]
    [InlineData("a { text-align:right }")]
    [InlineData("a { left: 0 }")]
    [InlineData("a { border-top: 0 }")]
    public void Would_be_caught_with_left_and_right(string css) => Assert.Matches(Physical(), css);

    [GeneratedRegex(@"(?<![-\w@.])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|min-width|max-height|min-height)\s*:|(?:text-align|float)\s*:\s*(?:left|right)")]
    private static partial Regex Physical();
}
