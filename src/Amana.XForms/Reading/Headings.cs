using Amana.XForms.Workbooks;

namespace Amana.XForms.Reading;

/// <summary>What one heading means: its parts, such as "bind, constraintMsg, French", and the heading as it is written.</summary>
internal sealed record Heading(string Written, IReadOnlyList<string> Parts)
{
    public string Column => Parts[0];
}

/// <summary>Finds out what the headings of a sheet mean, through other names, capital letters and blanks, "::" and the older ":".</summary>
internal static class Headings
{
    public static IReadOnlyList<Heading?> Of(Sheet sheet, Columns columns, ProblemLog log)
    {
        var doubled = sheet.Headings.Any(h => h?.Contains("::", StringComparison.Ordinal) == true);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var found = new List<Heading?>();
        foreach (var written in sheet.Headings)
        {
            if (written is null)
            {
                found.Add(null);
                continue;
            }

            var (first, parts) = Parts(InvisibleCharacters.Without(written).Trim(), doubled, columns);
            var key = string.Join("\u0001", parts);
            if (seen.TryGetValue(key, out var other) && other != written && first != written)
                log.Error("heading.same-column", $"The headings '{other}' and '{written}' are two names for the same column. Rename or remove one of them.", new FormPlace(sheet.Name, 1, written));
            seen[key] = written;
            found.Add(new Heading(written, parts));
        }

        return found;
    }

    private static (string First, IReadOnlyList<string> Parts) Parts(string written, bool doubled, Columns columns)
    {
        if (columns.Known.Contains(written) && !columns.Aliases.ContainsKey(written))
            return (written, [written]);
        var snake = Snake(written);
        if (columns.Known.Contains(snake) && !columns.Aliases.ContainsKey(snake))
            return (snake, [snake]);
        var parts = Split(written, doubled || written.Contains("::", StringComparison.Ordinal));
        snake = Snake(parts[0]);
        if (columns.Aliases.TryGetValue(snake, out var alias))
            return (alias.Length == 1 ? alias[0] : string.Empty, [.. alias, .. parts.Skip(1)]);
        if (columns.Known.Contains(snake))
            return (snake, [snake, .. parts.Skip(1)]);
        return (written, parts);
    }

    private static List<string> Split(string written, bool doubled)
    {
        var parts = written.Split(doubled ? "::" : ":").Select(p => p.Trim()).ToList();
        var prefix = doubled ? -1 : parts.IndexOf("jr");
        if (prefix >= 0 && prefix + 1 < parts.Count)
        {
            parts[prefix] = $"jr:{parts[prefix + 1]}";
            parts.RemoveAt(prefix + 1);
        }

        return parts;
    }

    private static string Snake(string text) =>
        string.Join('_', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
}
