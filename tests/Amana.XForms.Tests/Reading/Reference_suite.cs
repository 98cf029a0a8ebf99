using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Amana.XForms.Tests.Reading;

public partial class The_reference_converters_cases
{
    private const int MustPass = 450;

    [Fact]
    public async Task Mean_the_same_when_converted_here()
    {
        var suite = SharedFolder.Path("data", "xlsform");
        var tool = SharedFolder.Path("tools", "xform-same");
        var batch = Path.Combine(AppContext.BaseDirectory, "Amana.XForms.Batch.dll");
        var start = new ProcessStartInfo("python3", [tool, "--suite", suite, "--batch", $"dotnet {batch} {{list}}"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var run = Started(start);
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        var counts = Counts().Match(output);
        Assert.True(counts.Success, output);
        Assert.True(int.Parse(counts.Groups["passed"].Value, CultureInfo.InvariantCulture) >= MustPass, output);
    }

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Assert.Skip($"The comparison needs python3: {e.Message}");
            throw;
        }
    }

    [GeneratedRegex(@"^(?<passed>\d+) passed, \d+ failed$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Counts();
}
