using System.Globalization;

namespace Amana.XForms.Tests.Fuzzing;

/// <summary>Random expressions and submissions, from nearly right to noise.</summary>
internal static class RandomTexts
{
    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "/", "//", "..", ".", "@", "*", "'", "\"", ",", "-", " and ", " div ", "a", "9", "::", "$", "|", "!", "=", "'x'", " ", "\uD83D", "é", "current()", "r", "1e9",
        "99999999999", "0.0000001", "instance('l')/root/item", "position(..)", "\u0000", "﷽", "--1", "'%Y-%m'", "'(a+)+$'", "'[0-9]{1,9}'", "''",
    ];

    private static readonly string[] Leaves =
        ["../r/n", "/data/r", "/data/r[1]", "a", "'abc'", "''", ".", "/data/r/n", "'1 2;3 4'", "today()", "3", "-0.5", "'2026-02-29'", "'2024-02-29T23:59:59.999+14:00'", "//*", "@x", "now()"];

    private static readonly string[] Operators = [" + ", " - ", " * ", " = ", " != ", " < ", " >= ", " and ", " or ", " div ", " mod ", " | "];

    private static readonly string[] Marks =
    [
        "<a>", "</a>", "<a/>", "<r>", "</r>", "<b>", "</b>", "1 2;3 4;5 6;1 2", "-9 200", "<c>2020-01-01T00:00:00Z</c>", "<d>0000-00-00</d>", "<meta>", "</meta>", "99999999999999999999", "<x y='1'/>",
        "&lt;", "<", "&", "<!--", "-->", "<![CDATA[", "]]>", "<?x?>", "é", "\uD83D", "&#0;", "&#x10FFFF;", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "xmlns='urn:x'", "<meta><instanceID>uuid:1</instanceID></meta>",
    ];

    private static readonly string[] Functions = [.. Amana.XForms.Evaluation.Expression.FunctionNames.Order(StringComparer.Ordinal)];

    public static string Expression(Random random) => random.Next(4) == 0 ? Heap(random, Pieces, 14) : Grown(random, 5);

    public static string Submission(Random random)
    {
        var parts = Enumerable.Range(0, random.Next(9)).Select(_ => random.Next(6) switch
        {
            0 or 1 => $"<a>{Of(Marks, random)}</a>",
            2 or 3 => string.Create(CultureInfo.InvariantCulture, $"<r><b>{random.Next(90)} {random.Next(99)};1 2;3 4;{Of(Marks, random)}</b></r>"),
            _ => Of(Marks, random),
        });
        var xml = $"<data id=\"v\" version=\"3\">{string.Concat(parts)}</data>";
        return random.Next(5) == 0 ? Changed(xml, random) : random.Next(50) == 0 ? Heap(random, Marks, 20) : xml;
    }

    /// <summary>The text with some pieces left out, doubled, moved or replaced.</summary>
    public static string Changed(string text, Random random)
    {
        for (var i = random.Next(1, 5); i > 0 && text.Length > 1; i--)
        {
            var (at, length) = (random.Next(text.Length), random.Next(1, 30));
            var end = Math.Min(text.Length, at + length);
            text = random.Next(4) switch
            {
                0 => text[..at] + text[end..],
                1 => text[..end] + text[at..],
                2 => text[..at] + Of(Pieces, random) + text[at..],
                _ => text[..at] + (char)random.Next(1, 256) + text[(at + 1)..],
            };
        }

        return text;
    }

    public static T Of<T>(IReadOnlyList<T> choices, Random random) => choices[random.Next(choices.Count)];

    private static string Heap(Random random, string[] pieces, int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => Of(pieces, random)));

    private static string Grown(Random random, int depth) => random.Next(depth <= 0 ? 2 : 8) switch
    {
        0 => Of(Pieces, random),
        1 => Of(Leaves, random),
        2 or 3 or 4 => $"{Of(Functions, random)}({string.Join(",", Enumerable.Range(0, random.Next(5)).Select(_ => Grown(random, depth - 1)))})",
        5 => Grown(random, depth - 1) + Of(Operators, random) + Grown(random, depth - 1),
        6 => $"/data/r[{Grown(random, depth - 1)}]",
        _ => Grown(random, depth - 1) + Grown(random, depth - 1),
    };
}
