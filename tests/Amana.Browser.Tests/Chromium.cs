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

    /// <summary>A browser that keeps what it stores in the folder, so that it can end and begin again.</summary>
    public async Task<Visitor> VisitWithMemory(House house, string folder)
    {
        var context = await _playwright!.Chromium.LaunchPersistentContextAsync(folder, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("AMANA_CHROMIUM") ?? "/usr/bin/chromium", Locale = "en", ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        return new Visitor(house, context, context.Pages[0]);
    }

    /// <summary>Ends that browser as a power cut would: no goodbye to any page, nothing written any more.</summary>
    public static void Kill(string folder)
    {
        foreach (var process in System.Diagnostics.Process.GetProcesses())
            using (process)
                if (CommandOf(process.Id).Contains("--user-data-dir=" + folder, StringComparison.Ordinal))
                    process.Kill();
    }

    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended meanwhile
        }
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
