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
        await house.StartAgain();
        await visitor.SignIn("interviewer1@demo.example", house.Password);
        await form.Page.EvaluateAsync(AsAnEarlierPageLaidIt);
        await form.Open("/fill/activity/1");
        await form.Page.EvaluateAsync("() => document.getElementById('fill-send').click()");
        await form.IsSent();
    }

    /// <summary>What waits, twice, and in one piece, as pages before this one laid it.</summary>
    private const string AsAnEarlierPageLaidIt = """
        () => new Promise((resolve) => { const now = indexedDB.open("amana-fill"); now.onsuccess = () => {
          const t = now.result.transaction(["waiting", "waiting-bodies"]);
          const heads = t.objectStore("waiting").getAll();
          const bodies = t.objectStore("waiting-bodies").getAll();
          t.oncomplete = () => { now.result.close(); indexedDB.deleteDatabase("amana-fill").onsuccess = () => {
            const old = indexedDB.open("amana-fill", 1);
            old.onupgradeneeded = () => { for (const name of ["waiting", "drafts"]) old.result.createObjectStore(name, { keyPath: "id" }); };
            old.onsuccess = () => {
              const s = old.result.transaction("waiting", "readwrite").objectStore("waiting");
              const { size, ...entry } = heads.result[0];
              for (const id of [entry.id, crypto.randomUUID()]) s.put({ ...entry, id, envelope: bodies.result[0] });
              s.transaction.oncomplete = () => { old.result.close(); resolve(); };
            }; }; }; }; })
        """;

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

    [Fact]
    public async Task Waits_while_something_else_answers_for_the_house_and_says_when_to_sign_in()
    {
        await using var visitor = await chromium.Visit(demo.House, "en", script: true);
        await visitor.SignIn("interviewer1@demo.example", demo.House.Password);
        var form = new FormPage(visitor);
        await form.Open("/fill/activity/1");
        await form.Begin();
        await form.Page.RouteAsync("**/records", route => route.FulfillAsync(new() { Status = 200, ContentType = "text/html", Body = "<p>Welcome to the guest network" }));
        await form.AnswerBorder("Portal Madeup");
        await form.Page.Locator("#fill-done").WaitForAsync();
        Assert.Equal(1, await form.Waiting()); // a page that answers 200 is not the house
        await form.Page.UnrouteAsync("**/records");
        await form.Page.RouteAsync("**/records", route => route.FulfillAsync(new() { Status = 401, ContentType = "application/problem+json", Body = "{}" }));
        await form.Page.ClickAsync("#fill-send");
        await form.Page.Locator("#fill-signin").WaitForAsync();
        await Task.Delay(300);
        Assert.True(await form.Page.Locator("#fill-signin").IsVisibleAsync());
        await form.Page.UnrouteAsync("**/records");
        await form.Page.ClickAsync("#fill-send");
        await form.IsSent();
    }

    [Fact]
    public async Task Is_open_in_one_window_only_and_its_draft_outlives_its_version_and_a_full_device()
    {
        await using var visitor = await chromium.Visit(demo.House, "en", script: true);
        await visitor.SignIn("interviewer1@demo.example", demo.House.Password);
        var form = new FormPage(visitor);
        await form.Open("/fill/activity/1");
        await form.Begin("seven quiet bridges");
        await form.Engine.Locator("input[type=radio][value=ar]").First.ClickAsync(new() { Force = true });
        Assert.Equal(0, await form.Engine.Locator("input:not([autocomplete=off]), textarea:not([autocomplete=off])").CountAsync()); // else the browser keeps names in the clear, to offer them to the next person
        await form.Page.SelectOptionAsync("#fill-speak", "ar"); // somebody else answers from here on
        Assert.Equal("rtl", await form.Engine.EvaluateAsync<string>("(e) => getComputedStyle(e.querySelector('.question-container')).direction"));
        Assert.Matches("\\p{IsArabic}", await form.Engine.Locator(".question-container").First.InnerTextAsync());
        Assert.True(await form.Engine.Locator("input[type=radio][value=ar]").First.IsCheckedAsync());
        await form.Page.ClickAsync("#fill-draft");
        await form.Page.Locator("#fill-saved:not(:empty)").WaitForAsync();

        var other = await visitor.Page.Context.NewPageAsync();
        await other.GotoAsync(form.Page.Url);
        Assert.Contains("another window", await Unlock(other), StringComparison.Ordinal);
        await other.CloseAsync();

        await form.Page.EvaluateAsync("() => { window.keptPut = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }");
        await form.Page.ClickAsync("#fill-lock");
        await form.Page.Locator("#fill-faults").WaitForAsync();
        Assert.Contains("no room", await form.Page.InnerTextAsync("#fill-faults"), StringComparison.Ordinal);
        Assert.True(await form.Engine.Locator(".questions-card").IsVisibleAsync()); // nothing is cleared
        await form.Page.EvaluateAsync("() => { IDBObjectStore.prototype.put = window.keptPut; }");
        await form.Page.ClickAsync("#fill-lock");
        await form.Page.Locator("#fill-locked").WaitForAsync();

        await PublishAnother(form.Page, stillTaken: false);
        await form.Open("/fill/activity/1");
        Assert.Contains("Ask the team", await Unlock(form.Page), StringComparison.Ordinal);
        await PublishAnother(form.Page, stillTaken: true);
        await form.Open("/fill/activity/1");
        await Unlock(form.Page);
        await form.Engine.Locator(".questions-card").WaitForAsync();
        Assert.True(await form.Engine.Locator("input[type=radio][value=ar]").First.IsCheckedAsync());
    }

    /// <summary>From now on the page is told what it is told once another version of the form was published.</summary>
    private static Task PublishAnother(Microsoft.Playwright.IPage page, bool stillTaken) => page.AddInitScriptAsync($$"""
        new MutationObserver((_, watch) => {
          const fill = document.getElementById("fill");
          if (!fill) return;
          watch.disconnect();
          const told = JSON.parse(fill.dataset.fill);
          const before = window.beforeIt ??= told.forms;
          fill.dataset.fill = JSON.stringify({ ...told, forms: before.map((f) => ({ ...f, id: crypto.randomUUID() })), older: {{(stillTaken ? "before" : "[]")}} });
        }).observe(document, { childList: true, subtree: true });
        """);

    private static async Task<string> Unlock(Microsoft.Playwright.IPage page)
    {
        await page.ClickAsync("#fill-draftlist button");
        await page.FillAsync("#fill-unlockwords", "seven quiet bridges");
        await page.ClickAsync("#fill-unlock");
        await page.Locator("#fill-unlockerror:visible, #fill-work:visible").First.WaitForAsync();
        return await page.InnerTextAsync("#fill-unlockerror");
    }
}
