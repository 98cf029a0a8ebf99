using Amana.Testing;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Amana.Browser.Tests.Pages;

/// <summary>What axe can see of WCAG 2.2 AA, on every main page, written from the left and from the right.</summary>
[Collection("browser")]
public class Every_page(Chromium chromium, DemoHouse demo) : IClassFixture<DemoHouse>
{
    /// <summary>In English at a desk; in Arabic on a phone, where no page may scroll sideways. It looks closely at every second page in the first language and at every third in the second; with AMANA_LONG=1 at all.</summary>
    [Theory]
    [InlineData("en", 1280, 2)]
    [InlineData("ar", 390, 3)]
    public async Task Has_no_barrier_that_axe_knows_and_fits(string language, int width, int each)
    {
        each = LongTests.Asked ? 1 : each;
        await using var visitor = await chromium.Visit(demo.House, language, script: true, width: width, height: 844);
        List<string> found = [];
        foreach (var (n, path) in Places.Open.Index())
            await Look(visitor, path, n % each == 0, found);
        await visitor.SignIn("focal@demo.example", demo.House.Password);
        foreach (var (n, path) in Places.Staff.Index())
            await Look(visitor, path, n % each == 0, found);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>English words are other words, of other lengths.</summary>
    [Fact]
    public async Task Fits_a_phone_in_English()
    {
        Assert.SkipUnless(LongTests.Asked, "Pages on a phone are walked in Arabic; in English with AMANA_LONG=1.");
        await using var visitor = await chromium.Visit(demo.House, "en", script: true, width: 390, height: 844);
        List<string> wide = [];
        await visitor.SignIn("focal@demo.example", demo.House.Password);
        foreach (var path in Places.Open.Concat(Places.Staff).Where(p => p != "/accounts/sign-in"))
        {
            await visitor.Go(path);
            await Fits(visitor, path, wide);
        }

        Assert.True(wide.Count == 0, string.Join('\n', wide));
    }

    /// <summary>First load at most 60 kB in six requests, style and script included; later pages at most 15 kB, packed as they are sent.</summary>
    [Fact]
    public async Task Is_light()
    {
        await using var visitor = await chromium.Visit(demo.House, "en", script: true);
        List<string> heavy = [];
        await visitor.SignIn("focal@demo.example", demo.House.Password);
        foreach (var path in Places.Staff)
        {
            var first = path == Places.Staff[0];
            await visitor.Go(path);
            await visitor.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.Load);
            await Task.Delay(50); // what scripts of the page may still fetch
            var sizes = await visitor.Page.EvaluateAsync<int[]>(Fetched);
            var (bytes, requests) = (sizes.Sum(), sizes.Length);
            if (bytes > (first ? 60_000 : 15_000) || requests > 6)
                heavy.Add($"{path}: {bytes} bytes in {requests} requests");
        }

        Assert.True(heavy.Count == 0, string.Join('\n', heavy));
    }

    /// <summary>The packed size of the page and of each file that was fetched for it, not those that the browser had kept.</summary>
    private const string Fetched = "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter(e => e.transferSize > 0).map(e => e.encodedBodySize)";

    private static async Task Look(Visitor visitor, string path, bool closely, List<string> found)
    {
        await visitor.Go(path);
        await Fits(visitor, path, found);
        if (!closely)
            return;
        var result = await visitor.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] }); // it need not describe what is well
        found.AddRange(result.Violations.Select(v => $"{path}: {v.Id} ({v.Impact}): {v.Help}: {string.Join("; ", v.Nodes.Take(3).Select(n => n.Html[..Math.Min(160, n.Html.Length)]))}"));
    }

    private static async Task Fits(Visitor visitor, string path, List<string> found)
    {
        var beyond = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (beyond > 0)
            found.Add($"{path} is {beyond} pixels too wide.");
    }
}
