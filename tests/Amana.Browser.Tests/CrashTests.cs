using System.Text;
using System.Text.RegularExpressions;
using Amana.Testing;

namespace Amana.Browser.Tests;

/// <summary>The host crashes just after somebody was interviewed, on a machine that keeps core files.</summary>
[Collection("browser")]
public sealed partial class A_server_that_crashes
{
    private const string Name = "Bahija Plantedcrash";

    [Fact]
    public async Task Writes_down_nothing_of_anybody()
    {
        await using var house = await House.Start(demo: true);
        await DemoPhone.Interview(house, Name);
        Assert.Matches(NoCoreFiles(), house.Limits);
        var said = await house.Crash();
        Assert.DoesNotContain(Name, said, StringComparison.Ordinal);
        Assert.Empty(HouseFiles.Where(house.Folder, content => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Name)) >= 0 || content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Name)) >= 0));
        Assert.Empty(Directory.GetFiles(house.Folder, "core*"));
        await house.StartAgain(); // and goes on
    }

    [GeneratedRegex("Max core file size +0 +0 ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoCoreFiles();
}
