namespace Amana.Linkage;

/// <summary>Comparators of strings. Distances count edits; similarities lie between 0 (nothing alike) and 1 (equal). All are symmetric.</summary>
public static class Similarity
{
    private const int OnStack = 128;

    /// <summary>Insertions, deletions and substitutions between two strings (Levenshtein 1966).</summary>
    public static int Levenshtein(string a, string b) => Edits(a, b, swaps: false);

    /// <summary>As <see cref="Levenshtein"/>, two neighbours that changed places counting as one edit (optimal string alignment, after Damerau 1964).</summary>
    public static int DamerauLevenshtein(string a, string b) => Edits(a, b, swaps: true);

    /// <summary>As <see cref="DamerauLevenshtein(string, string)"/> where it is at most <paramref name="most"/>, else any larger number.</summary>
    internal static int DamerauLevenshtein(string a, string b, int most)
    {
        var shared = Math.Min(Within(a, Letters(b)), Within(b, Letters(a)));
        return Math.Max(a.Length, b.Length) - shared > most ? int.MaxValue : DamerauLevenshtein(a, b);
    }

    /// <summary>Jaro's similarity (Jaro 1989): matching characters within half the longer length, and how many of them are out of order.</summary>
    public static double Jaro(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
            return a.Length == b.Length ? 1 : 0;
        if (a.Length > b.Length || (a.Length == b.Length && string.CompareOrdinal(a, b) > 0))
            (a, b) = (b, a); // who takes which partner depends on who begins; the answer must not
        var window = Math.Max(0, (Math.Max(a.Length, b.Length) / 2) - 1);
        var inA = a.Length <= OnStack ? stackalloc bool[a.Length] : new bool[a.Length];
        var inB = b.Length <= OnStack ? stackalloc bool[b.Length] : new bool[b.Length];
        inA.Clear();
        inB.Clear();
        var matches = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = Math.Max(0, i - window); j < Math.Min(b.Length, i + window + 1); j++)
            {
                if (inB[j] || a[i] != b[j])
                    continue;
                inA[i] = inB[j] = true;
                matches++;
                break;
            }
        }

        if (matches == 0)
            return 0;
        double m = matches;
        return ((m / a.Length) + (m / b.Length) + ((m - (OutOfOrder(a, inA, b, inB) / 2)) / m)) / 3;
    }

    /// <summary>Jaro's similarity raised for a common beginning of up to four characters, 0.1 each (Winkler 1990).</summary>
    public static double JaroWinkler(string a, string b)
    {
        var jaro = Jaro(a, b);
        var prefix = 0;
        while (prefix < Math.Min(4, Math.Min(a.Length, b.Length)) && a[prefix] == b[prefix])
            prefix++;
        return jaro + (prefix * 0.1 * (1 - jaro));
    }

    /// <summary>Jaro–Winkler where it is at least <paramref name="floor"/>, else any smaller number: most pairs are ruled out by the letters they share.</summary>
    internal static double JaroWinkler(string a, string b, double floor)
    {
        var (lettersA, lettersB) = (Letters(a), Letters(b));
        var shared = Math.Min(Within(a, lettersB), Within(b, lettersA));
        if (shared == 0 || b.Length == 0)
            return a.Length == b.Length && a.Length == 0 ? 1 : 0;
        var most = (((double)shared / a.Length) + ((double)shared / b.Length) + 1) / 3;
        if (a[0] == b[0])
            most += 0.4 * (1 - most);
        return most < floor ? 0 : JaroWinkler(a, b);
    }

    /// <summary>
    /// How much of two sets of words is the same, whatever their order: each word of the shorter finds its best remaining partner (equal, or
    /// Jaro–Winkler at least 0.9), and the total counts against the mean number of words (Dice 1945, with soft equality).
    /// </summary>
    public static double TokenSet(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        if (a.Count == 0 || b.Count == 0)
            return a.Count == b.Count ? 1 : 0;
        var (few, many) = a.Count < b.Count || (a.Count == b.Count && Order(a, b) <= 0) ? (a, b) : (b, a);
        Span<bool> taken = many.Count <= OnStack ? stackalloc bool[many.Count] : new bool[many.Count];
        taken.Clear();
        var total = 0d;
        foreach (var word in few)
        {
            var (best, at) = (0d, -1);
            for (var j = 0; j < many.Count && best < 1; j++)
            {
                if (taken[j])
                    continue;
                var alike = string.Equals(word, many[j], StringComparison.Ordinal) ? 1 : JaroWinkler(word, many[j], 0.9);
                if (alike >= 0.9 && alike > best)
                    (best, at) = (alike, j);
            }

            if (at < 0)
                continue;
            taken[at] = true;
            total += best;
        }

        return 2 * total / (a.Count + b.Count);
    }

    private static int OutOfOrder(string a, ReadOnlySpan<bool> inA, string b, ReadOnlySpan<bool> inB)
    {
        var (count, k) = (0, 0);
        for (var i = 0; i < a.Length; i++)
        {
            if (!inA[i])
                continue;
            while (!inB[k])
                k++;
            if (a[i] != b[k++])
                count++;
        }

        return count;
    }

    private static ulong Letters(string text)
    {
        var letters = 0UL;
        foreach (var c in text)
            letters |= 1UL << (c & 63);
        return letters;
    }

    private static int Within(string text, ulong letters)
    {
        var count = 0;
        foreach (var c in text)
            count += (int)((letters >> (c & 63)) & 1);
        return count;
    }

    private static int Order(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        var i = 0;
        while (i < a.Count - 1 && string.Equals(a[i], b[i], StringComparison.Ordinal))
            i++;
        return string.CompareOrdinal(a[i], b[i]);
    }

    internal static int Edits(ReadOnlySpan<char> a, ReadOnlySpan<char> b, bool swaps)
    {
        if (a.Length > b.Length)
        {
            var shorter = b;
            b = a;
            a = shorter;
        }

        var width = a.Length + 1;
        var room = width <= OnStack ? stackalloc int[3 * width] : new int[3 * width];
        var before = room[..width];
        var last = room[width..(2 * width)];
        var row = room[(2 * width)..];
        for (var i = 0; i < width; i++)
            last[i] = i;
        for (var j = 1; j <= b.Length; j++)
        {
            row[0] = j;
            for (var i = 1; i < width; i++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[i] = Math.Min(Math.Min(last[i] + 1, row[i - 1] + 1), last[i - 1] + cost);
                if (swaps && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[i] = Math.Min(row[i], before[i - 2] + 1);
            }

            var free = before;
            before = last;
            last = row;
            row = free;
        }

        return last[a.Length];
    }
}
