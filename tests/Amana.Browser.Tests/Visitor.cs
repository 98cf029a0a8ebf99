using System.Globalization;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>Somebody at a browser. Finds everything by the names of forms and fields, never by words, so that the same way is walked in every language.</summary>
public sealed class Visitor(House house, IBrowserContext context, IPage page) : IAsyncDisposable
{
    private string _password = "";

    public IPage Page => page;

    public IBrowserContext Context => context;

    public ValueTask DisposeAsync() => context.DisposeAsync();

    /// <summary>The path that is shown, with its query.</summary>
    public string Path => new Uri(page.Url).PathAndQuery;

    public async Task Go(string path)
    {
        var answer = await page.GotoAsync(house.Address + path);
        Assert.True(answer is { Ok: true }, $"{path} answers {answer?.Status}.");
        await IsWhole();
    }

    public async Task SignIn(string email, string password)
    {
        _password = password;
        await Go("/accounts/sign-in");
        await Fill("Input.Email", email);
        await Fill("Input.Password", password);
        await Press("Input.Email");
    }

    public Task Fill(string name, string value) => Field(name).FillAsync(value);

    public Task Fill(string name, int value) => Fill(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Fills every field that is given, as <c>prefix.Name</c>.</summary>
    public async Task FillAll(string prefix, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
            await Fill($"{prefix}.{name}", value);
    }

    public Task Choose(string name, string value) => Field(name).SelectOptionAsync(value);

    /// <summary>Chooses the option of a list whose words hold these, such as a name that was typed in before.</summary>
    public async Task ChooseNamed(string name, string words)
    {
        var value = await Field(name).Locator("option", new LocatorLocatorOptions { HasText = words }).First.GetAttributeAsync("value");
        await Choose(name, value!);
    }

    /// <summary>Ticks a box or a radio.</summary>
    public Task Tick(string name, string value = "true") => page.Locator($"input[name='{name}'][value='{value}']").CheckAsync();

    public async Task Date(string name, DateOnly date)
    {
        await Fill(name + ".Day", date.Day);
        await Fill(name + ".Month", date.Month);
        await Fill(name + ".Year", date.Year);
    }

    /// <summary>Sends the form that holds the field, and expects that nothing is refused.</summary>
    public async Task Press(string field)
    {
        await Click(FormOf(field).Locator("button:not([formaction]):visible").Last);
        await IsAccepted();
    }

    /// <summary>Sends the form whose address names the handler.</summary>
    public async Task PressHandler(string handler)
    {
        await Click(page.Locator($"form[action*='handler={handler}' i] button").First);
        await IsAccepted();
    }

    /// <summary>Clicks what leads to another page and waits for that page.</summary>
    public Task Click(ILocator button) => Leave(() => button.ClickAsync());

    /// <summary>Does what leads to another page and waits for that page.</summary>
    public async Task Leave(Func<Task> doing)
    {
        var arrived = new TaskCompletionSource();
        void OnFrame(object? sender, IFrame frame)
        {
            if (frame == page.MainFrame)
                arrived.TrySetResult();
        }

        page.FrameNavigated += OnFrame;
        try
        {
            await doing();
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"{Path} leads nowhere. It says: {await Text("main")}", e);
        }
        finally
        {
            page.FrameNavigated -= OnFrame;
        }

        await page.WaitForLoadStateAsync();
        await IsWhole();
    }

    public async Task<string> Text(string selector) => (await page.Locator(selector).First.InnerTextAsync()).Trim();

    public Task<int> Count(string selector) => page.Locator(selector).CountAsync();

    public ILocator Field(string name) => page.Locator($"[name='{name}']:not([type=hidden])").First;

    public ILocator FormOf(string field) => page.Locator("form").Filter(new LocatorFilterOptions { Has = page.Locator($"[name='{field}']") }).First;

    /// <summary>Every text is there and the page has its one heading.</summary>
    public async Task IsWhole()
    {
        var words = await page.Locator("body").InnerTextAsync();
        Assert.DoesNotContain("⟦", words, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(Microsoft|System)\.\w+\.", words); // the name of a type in place of its words
        Assert.True(await Count("h1") == 1, $"{Path} has {await Count("h1")} first headings: {words[..Math.Min(200, words.Length)]}");
    }

    private async Task IsAccepted()
    {
        // A long way takes more than five minutes; a grave act then asks who one is, and goes on.
        if (await Count("input[name='proof.password']") > 0)
        {
            await Fill("proof.password", _password);
            await Click(FormOf("proof.password").Locator("button:visible").Last);
        }

        if (await Count(".errors") > 0)
            Assert.Fail($"{Path} refused: {await Text(".errors")}");
    }
}
