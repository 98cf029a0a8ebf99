using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Amana.Browser.Tests.Chromium))]

namespace Amana.Browser.Tests;

/// <summary>The system's Chromium, started once for all tests; AMANA_CHROMIUM names another.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Environment.GetEnvironmentVariable("AMANA_CHROMIUM") ?? "/usr/bin/chromium" });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }

    /// <summary>A window of its own: no cookie is shared with another.</summary>
    public async Task<Visitor> Visit(House house, string language, bool script = false, int width = 1280, int height = 900)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = script, Locale = language, ViewportSize = new ViewportSize { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce, AcceptDownloads = true,
        });
        context.SetDefaultTimeout(10_000);
        return new Visitor(house, context, await context.NewPageAsync());
    }
}
