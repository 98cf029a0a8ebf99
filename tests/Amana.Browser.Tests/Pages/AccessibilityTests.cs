using Deque.AxeCore.Playwright;

namespace Amana.Browser.Tests.Pages;

/// <summary>What axe can see of WCAG 2.2 AA, on every main page, written from the left and from the right.</summary>
[Collection("browser")]
public class Every_page(Chromium chromium, DemoHouse demo) : IClassFixture<DemoHouse>
{
    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Has_no_barrier_that_axe_knows(string language)
    {
        await using var visitor = await chromium.Visit(demo.House, language, script: true);
        List<string> found = [];
        foreach (var path in Places.Open)
            await Look(visitor, path, found);
        await visitor.SignIn("focal@demo.example", demo.House.Password);
        foreach (var path in Places.Staff)
            await Look(visitor, path, found);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>Nothing stands beside the page: on a phone, no page scrolls sideways.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Fits_a_phone(string language)
    {
        await using var visitor = await chromium.Visit(demo.House, language, script: true, width: 390, height: 844);
        List<string> wide = [];
        await visitor.SignIn("focal@demo.example", demo.House.Password);
        foreach (var path in Places.Open.Concat(Places.Staff).Where(p => p != "/accounts/sign-in"))
        {
            await visitor.Go(path);
            var beyond = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (beyond > 0)
                wide.Add($"{path} is {beyond} pixels too wide.");
        }

        Assert.True(wide.Count == 0, string.Join('\n', wide));
    }

    /// <summary>First load at most 60 kB in six requests, style and script included; later pages at most 15 kB, packed as they are sent.</summary>
    [Fact]
    public async Task Is_light()
    {
        await using var visitor = await chromium.Visit(demo.House, "en", script: true);
        List<string> heavy = [];
        var bytes = 0;
        var requests = 0;
        visitor.Page.RequestFinished += async (_, request) =>
        {
            Interlocked.Increment(ref requests);
            Interlocked.Add(ref bytes, (await request.SizesAsync()).ResponseBodySize);
        };
        await visitor.SignIn("focal@demo.example", demo.House.Password);
        foreach (var path in Places.Staff)
        {
            (bytes, requests) = (0, 0);
            var first = path == Places.Staff[0];
            await visitor.Go(path);
            await visitor.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
            if (bytes > (first ? 60_000 : 15_000) || requests > 6)
                heavy.Add($"{path}: {bytes} bytes in {requests} requests");
        }

        Assert.True(heavy.Count == 0, string.Join('\n', heavy));
    }

    private static async Task Look(Visitor visitor, string path, List<string> found)
    {
        await visitor.Go(path);
        var result = await visitor.Page.RunAxe();
        found.AddRange(result.Violations.Select(v => $"{path}: {v.Id} ({v.Impact}): {v.Help}: {string.Join("; ", v.Nodes.Take(3).Select(n => n.Html[..Math.Min(160, n.Html.Length)]))}"));
    }
}
