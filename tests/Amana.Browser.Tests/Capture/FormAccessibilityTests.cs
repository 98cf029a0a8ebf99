using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Amana.Browser.Tests.Capture;

/// <summary>What axe can see of WCAG 2.2 AA on the page of a form, before and while it is filled, and that it fits a phone.</summary>
[Collection("browser")]
public sealed class The_page_of_a_form(Chromium chromium, DemoHouse demo) : IClassFixture<DemoHouse>
{
    [Theory]
    [InlineData("en", 1280)]
    [InlineData("ar", 390)]
    public async Task Has_no_barrier_that_axe_knows_and_fits(string language, int width)
    {
        await using var visitor = await chromium.Visit(demo.House, language, script: true, width: width, height: 844);
        await visitor.SignIn("interviewer1@demo.example", demo.House.Password);
        var form = new FormPage(visitor);
        List<string> found = [];
        await form.Open("/fill/activity/1");
        await Look(visitor, "before", found);
        await form.Begin();
        await form.Engine.Locator("input[type=radio][value=yes]").First.ClickAsync(new LocatorClickOptions { Force = true });
        await form.Finish();
        await Look(visitor, "filling", found);
        if (Environment.GetEnvironmentVariable("AMANA_WRITE_IMAGES") is { Length: > 1 } folder)
            await form.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"web-form-{language}.png"), FullPage = true });
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task Look(Visitor visitor, string when, List<string> found)
    {
        var result = await visitor.Page.RunAxe();
        found.AddRange(result.Violations.Select(v => $"{when}: {v.Id} ({v.Impact}): {v.Help}: {string.Join("; ", v.Nodes.Take(2).Select(n => n.Html[..Math.Min(200, n.Html.Length)]))}"));
        if (await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var beyond)
            found.Add($"{when}: {beyond} pixels too wide");
    }
}
