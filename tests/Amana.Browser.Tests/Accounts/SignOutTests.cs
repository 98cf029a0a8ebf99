using Amana.Domain.Records;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Amana.Browser.Tests.Accounts;

/// <summary>A desk that many use: one opens a record and signs out, another takes the browser's folder, or goes back a page.</summary>
[Collection("browser")]
public class A_browser_after_sign_out(Chromium chromium, DemoHouse demo) : IClassFixture<DemoHouse>
{
    private const string Name = "Munira Plantedreading";

    [Fact]
    public async Task Holds_nothing_of_what_was_read()
    {
        await DemoPhone.Interview(demo.House, Name);
        var record = await Newest(demo.House);
        var memory = Directory.CreateTempSubdirectory("amana-desk-").FullName;
        try
        {
            await using (var visitor = await chromium.VisitWithMemory(demo.House, memory))
            {
                await visitor.SignIn("protection@demo.example", demo.House.Password);
                await visitor.Go("/activities/1/records/" + record);
                await visitor.Choose("NeedCode", "N1");
                await visitor.Press("NeedCode");
                Assert.Contains(Name, await visitor.Text("main"), StringComparison.Ordinal); // it was read
                await visitor.Go("/home");
                await visitor.Click(visitor.Page.Locator("form[action='/accounts/sign-out'] button"));
                for (var back = 0; back < 3; back++)
                {
                    await GoBack(visitor);
                    Assert.DoesNotContain(Name, await Settled(visitor), StringComparison.Ordinal);
                }

                Assert.Empty(BrowserFiles.Holding(memory, Name));
            }

            Assert.Empty(BrowserFiles.Holding(memory, Name)); // what a browser writes when it ends
        }
        finally
        {
            Chromium.Kill(memory);
            Directory.Delete(memory, recursive: true);
        }
    }

    private static async Task GoBack(Visitor visitor)
    {
        try
        {
            await visitor.Page.GoBackAsync();
        }
        catch (PlaywrightException e) when (e.Message.Contains("ERR_CACHE_MISS", StringComparison.Ordinal))
        {
            // the browser kept nothing of the page and asks whether to send the form again
        }
    }

    /// <summary>What the browser shows in the end: it goes on by itself to a page that says why there is nothing.</summary>
    private static async Task<string> Settled(Visitor visitor)
    {
        for (var tries = 1; ; tries++)
        {
            await Task.Delay(300);
            try
            {
                return await visitor.Page.ContentAsync();
            }
            catch (PlaywrightException) when (tries < 50)
            {
                // not yet
            }
        }
    }

    private static async Task<string> Newest(House house)
    {
        await using var services = new ServiceCollection().AddLogging().AddAmana(new Store(house.Folder)).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AmanaDb>().Set<RecordEntry>().OrderByDescending(r => r.Id).Select(r => r.Code).FirstAsync();
    }
}
