using Amana.Domain.Records;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Browser.Tests.Capture;

/// <summary>The web form where there is no line, the browser ends without a goodbye, and the server was away: nothing is lost, nothing is kept twice, nothing can be read on the device.</summary>
[Collection("browser")]
public sealed class A_record_finished_without_a_line(Chromium chromium)
{
    private const string Marker = "Zubaydah Plantedmarker";

    [Fact]
    public async Task Survives_a_killed_browser_and_is_kept_once()
    {
        await using var house = await House.Start(demo: true);
        var memory = Directory.CreateTempSubdirectory("amana-device-").FullName;
        try
        {
            await FinishWithoutALine(house, memory);
            Assert.Empty(BrowserFiles.Holding(memory, Marker));
            var before = await Records(house);
            await SendLater(house, memory);
            Assert.Equal(before + 1, await Records(house));
            Assert.Empty(BrowserFiles.Holding(memory, Marker));
        }
        finally
        {
            Chromium.Kill(memory);
            Directory.Delete(memory, recursive: true);
        }
    }

    private async Task FinishWithoutALine(House house, string memory)
    {
        var visitor = await chromium.VisitWithMemory(house, memory);
        await visitor.SignIn("interviewer1@demo.example", house.Password);
        var form = new FormPage(visitor);
        await form.Open("/fill/activity/1", ready: true);
        await house.Stop();
        await form.Open("/fill/activity/1"); // from the copy
        await form.Begin();
        await form.AnswerBorder(Marker);
        Assert.True(await form.Page.Locator("#fill-done").IsVisibleAsync(), await visitor.Text("#fill"));
        Assert.Equal(1, await form.Waiting());
        Chromium.Kill(memory);
    }

    /// <summary>The browser begins again, still without a line; then the server is back, the session is over, and what waits comes twice, as after an answer that was lost.</summary>
    private async Task SendLater(House house, string memory)
    {
        await using var visitor = await chromium.VisitWithMemory(house, memory);
        var form = new FormPage(visitor);
        await form.Open("/fill/activity/1");
        Assert.Equal(1, await form.Waiting());
        await form.Page.EvaluateAsync("""
            () => new Promise((resolve) => { const o = indexedDB.open("amana-fill", 1); o.onsuccess = () => {
              const s = o.result.transaction("waiting", "readwrite").objectStore("waiting"); const all = s.getAll();
              all.onsuccess = () => { s.put({ ...all.result[0], id: crypto.randomUUID() }); s.transaction.oncomplete = () => { o.result.close(); resolve(); }; }; }; })
            """);
        await house.StartAgain();
        await visitor.SignIn("interviewer1@demo.example", house.Password);
        await form.Open("/fill/activity/1");
        await form.Page.EvaluateAsync("() => document.getElementById('fill-send').click()");
        await form.IsSent();
    }

    private static async Task<int> Records(House house)
    {
        await using var services = new ServiceCollection().AddLogging().AddAmana(new Store(house.Folder)).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AmanaDb>().Set<RecordEntry>().CountAsync();
    }
}

/// <summary>What protects a form that is being filled.</summary>
[Collection("browser")]
public sealed class A_form_that_is_being_filled(Chromium chromium, DemoHouse demo) : IClassFixture<DemoHouse>
{
    [Fact]
    public async Task Is_locked_with_its_passphrase_and_goes_on_after_a_reload()
    {
        await using var visitor = await chromium.Visit(demo.House, "en", script: true);
        await visitor.SignIn("interviewer1@demo.example", demo.House.Password);
        var form = new FormPage(visitor);
        await form.Open("/fill/activity/1");
        await form.Begin("seven quiet bridges");
        await form.Engine.Locator("input[type=radio][value=ar]").First.ClickAsync(new() { Force = true });
        await form.Page.ClickAsync("#fill-lock");
        await form.Page.Locator("#fill-locked").WaitForAsync();
        Assert.Equal("", await form.Engine.InnerTextAsync());
        await form.Open("/fill/activity/1");
        await form.Page.ClickAsync("#fill-draftlist button");
        await form.Page.FillAsync("#fill-unlockwords", "another passphrase");
        await form.Page.ClickAsync("#fill-unlock");
        await form.Page.Locator("#fill-unlockerror").WaitForAsync();
        await form.Page.FillAsync("#fill-unlockwords", "seven quiet bridges");
        await form.Page.ClickAsync("#fill-unlock");
        await form.Engine.Locator(".questions-card").WaitForAsync();
        Assert.True(await form.Engine.Locator("input[type=radio][value=ar]").First.IsCheckedAsync());
        await form.OverhearSealing();
        await form.AnswerBorder("Draft Madeup");
        await form.IsSent();
        Assert.DoesNotContain("deprecatedID", await form.Overheard(), StringComparison.Ordinal);
        Assert.Equal(0, await form.Page.Locator("#fill-draftlist li").CountAsync());
    }

    [Fact]
    public async Task Is_cleared_when_nobody_touches_it_and_left_at_once()
    {
        await using var visitor = await chromium.Visit(demo.House, "en", script: true);
        await visitor.Page.Clock.InstallAsync();
        await visitor.SignIn("interviewer1@demo.example", demo.House.Password);
        var form = new FormPage(visitor);
        await form.Open("/fill/activity/1");
        await form.Begin();
        await form.Page.Clock.RunForAsync(570_000);
        Assert.True(await form.Page.Locator("#fill-idle").IsVisibleAsync());
        await form.Page.Clock.RunForAsync(60_000);
        await form.Page.Locator("#fill-start").WaitForAsync();
        Assert.Equal("", await form.Engine.InnerTextAsync());
        await form.Page.RouteAsync("**/exit", route => route.FulfillAsync(new() { Status = 200, ContentType = "text/html", Body = "<title>elsewhere</title>" }));
        await form.Page.ClickAsync("[data-exit]");
        await form.Page.WaitForURLAsync("**/exit");
        Assert.Equal("elsewhere", await form.Page.TitleAsync());
    }
}
