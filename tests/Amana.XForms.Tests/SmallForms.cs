namespace Amana.XForms.Tests;

/// <summary>A form of the folder Kinds, as CSV, and what must come of it.</summary>
internal sealed record SmallForm(string Title, string Csv, IReadOnlyList<string> Expected);

/// <summary>The forms of the folder Kinds.</summary>
internal static class SmallForms
{
    public static IReadOnlyList<SmallForm> All { get; } = [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Kinds"), "*.txt").Order(StringComparer.Ordinal).SelectMany(In)];

    private static IEnumerable<SmallForm> In(string file)
    {
        foreach (var one in File.ReadAllText(file).Split("== ", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = one.Split('\n');
            var expected = lines.Skip(1).Where(l => l.Length > 1 && "+-!?".Contains(l[0], StringComparison.Ordinal)).ToList();
            yield return new SmallForm(lines[0].Trim(), string.Join('\n', lines.Skip(1).Where(l => l.Trim().Length > 0 && !expected.Contains(l))), expected);
        }
    }
}
