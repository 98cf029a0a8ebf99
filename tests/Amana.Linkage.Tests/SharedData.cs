namespace Amana.Linkage.Tests;

/// <summary>Public test files for record linkage, kept beside the repository: FEBRL 4 and Splink's fake_1000.</summary>
internal static class SharedData
{
    internal static IReadOnlyList<LinkRecord> Read(string file, string idColumn)
    {
        var path = Path.Combine(Folder(), "data", "linkage", file);
        Assert.SkipUnless(File.Exists(path), $"The shared data file {path} is not there.");
        var lines = File.ReadAllLines(path);
        var columns = lines[0].Split(',', StringSplitOptions.TrimEntries);
        var id = Array.IndexOf(columns, idColumn);
        return [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',', StringSplitOptions.TrimEntries)).Select(cells =>
            new LinkRecord(cells[id], columns.Select((c, i) => (c, i)).ToDictionary(x => x.c, x => (string?)cells[x.i], StringComparer.Ordinal)))];
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("AMANA_SHARED") is { Length: > 0 } named)
            return named;
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Amana.slnx")))
            at = at.Parent;
        Assert.SkipUnless(at is not null, "The repository's root was not found.");
        return Path.Combine(at!.FullName, "..", "shared");
    }
}
