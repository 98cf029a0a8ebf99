using System.Diagnostics;

namespace Amana.Cli.Tests;

public sealed class The_reference_converters_cases
{
    [Fact]
    public async Task Mean_the_same_when_the_command_line_converts_them()
    {
        var shared = Environment.GetEnvironmentVariable("AMANA_SHARED") ?? Beside(AppContext.BaseDirectory);
        var (suite, tool) = (Path.Combine(shared ?? "shared", "data", "xlsform"), Path.Combine(shared ?? "shared", "tools", "xform-same"));
        Assert.SkipUnless(Directory.Exists(suite) && File.Exists(tool), $"The samples are not there: {suite}, {tool}. Set AMANA_SHARED to their folder.");
        var amana = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "amana.dll")}' form convert --batch {{list}}";
        var start = new ProcessStartInfo("python3", [tool, "--suite", suite, "--min-rate", "0.98", "--batch", amana]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var run = Process.Start(start)!;
        var told = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0 && told.Contains(" passed, ", StringComparison.Ordinal), told);
    }

    private static string? Beside(string below)
    {
        for (var folder = new DirectoryInfo(below); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "data")))
                return Path.Combine(folder.FullName, "shared");
        }

        return null;
    }
}
