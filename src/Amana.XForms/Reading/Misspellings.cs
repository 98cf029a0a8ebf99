namespace Amana.XForms.Reading;

/// <summary>Finds names that were probably meant, by the number of letters to change, add or leave out (Levenshtein 1966).</summary>
internal static class Misspellings
{
    private const int Near = 2;
    private const int MostCompared = 3000;

    /// <summary>The names of sheets that are nearly the wanted one, ready to be put into a message; null when there are none.</summary>
    public static string? OfSheet(string wanted, IEnumerable<string> names)
    {
        var near = names.Where(n => !n.StartsWith('_')
            && !Workbooks.Workbook.KnownSheets.Contains(n, StringComparer.Ordinal)
            && Distance(n.ToLowerInvariant(), wanted) <= Near).ToList();
        return near.Count == 0 ? null : string.Join(", ", near.Select(n => $"'{n}'"));
    }

    /// <summary>The nearest of the first few thousand names, when one is near: the same but for capital letters, or no more than half of its letters away.</summary>
    public static string? Nearest(string name, IEnumerable<string> names) =>
        name.Length > 100 ? null : names.Take(MostCompared).Select(n => (Name: n, Distance: string.Equals(n, name, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, n))).Where(n => n.Distance <= Math.Min(Near, name.Length / 2)).OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal).FirstOrDefault().Name;

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > Near)
            return Near + 1;
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 0; i < a.Length; i++)
        {
            current[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + (a[i] == b[j] ? 0 : 1));
            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
