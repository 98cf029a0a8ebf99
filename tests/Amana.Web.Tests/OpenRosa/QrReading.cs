using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>Reads a QR code of ours from its picture (ISO/IEC 18004: model 2, error correction M, one segment of bytes). Nothing is damaged there, so nothing is corrected; written apart from what draws it.</summary>
internal static partial class QrReading
{
    // Tables 7 to 9 of the standard, correction level M, by version from 1.
    private static readonly int[] CorrectionWords = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28];
    private static readonly int[] Blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49];

    private static readonly Func<int, int, bool>[] Masks =
    [
        (x, y) => (x + y) % 2 == 0, (_, y) => y % 2 == 0, (x, _) => x % 3 == 0, (x, y) => (x + y) % 3 == 0,
        (x, y) => ((y / 2) + (x / 3)) % 2 == 0, (x, y) => (x * y % 2) + (x * y % 3) == 0, (x, y) => ((x * y % 2) + (x * y % 3)) % 2 == 0, (x, y) => (((x + y) % 2) + (x * y % 3)) % 2 == 0,
    ];

    public static string Of(string svg)
    {
        var black = Dot().Matches(svg).Select(m => (X: Number(m, "x"), Y: Number(m, "y"))).ToHashSet();
        var quiet = black.Min(d => d.X);
        Assert.Equal(4, quiet); // the quiet zone that readers need
        var size = black.Max(d => d.X) + 1 - quiet;
        bool Dark(int x, int y) => black.Contains((x + quiet, y + quiet));
        var version = (size - 17) / 4;
        var format = Enumerable.Range(0, 6).Aggregate(0, (bits, x) => (bits << 1) | (Dark(x, 8) ? 1 : 0)) >> 1; // correction level and mask: five bits, sealed with 10101
        Assert.Equal(0b00, (format ^ 0b10101) >> 3); // M
        return Text(Words(size, version, (x, y) => Dark(x, y) != Masks[(format ^ 0b10101) & 7](x, y)), version);
    }

    /// <summary>The bits go up and down in columns of two, from the right; the column of the timing pattern is left out.</summary>
    private static List<byte> Words(int size, int version, Func<int, int, bool> bit)
    {
        var (words, word, count, up) = (new List<byte>(), 0, 0, true);
        for (var right = size - 1; right > 0; right -= right == 8 ? 3 : 2)
        {
            for (var i = 0; i < size * 2; i++)
            {
                var (x, y) = (right - (i % 2), up ? size - 1 - (i / 2) : i / 2);
                if (IsPattern(x, y, size, version))
                    continue;
                word = (word << 1) | (bit(x, y) ? 1 : 0);
                if (++count % 8 > 0)
                    continue;
                words.Add((byte)word);
                word = 0;
            }

            up = !up;
        }

        return words;
    }

    private static bool IsPattern(int x, int y, int size, int version)
    {
        bool In(int left, int top, int width, int height) => x >= left && x < left + width && y >= top && y < top + height;
        if (In(0, 0, 9, 9) || In(size - 8, 0, 8, 9) || In(0, size - 8, 9, 8) || x == 6 || y == 6)
            return true;
        if (version >= 7 && (In(size - 11, 0, 3, 6) || In(0, size - 11, 6, 3)))
            return true;
        var centres = Centres(size, version);
        return centres.Any(cx => centres.Any(cy => Math.Abs(cx - x) <= 2 && Math.Abs(cy - y) <= 2 && !((cx == 6 && cy == 6) || (cx == 6 && cy == size - 7) || (cx == size - 7 && cy == 6))));
    }

    /// <summary>Where alignment patterns stand: from 6 to seven before the end, in even steps.</summary>
    private static List<int> Centres(int size, int version)
    {
        if (version == 1)
            return [];
        var many = (version / 7) + 2;
        var step = version == 32 ? 26 : ((version * 4) + (many * 2) + 1) / ((many * 2) - 2) * 2;
        return [6, .. Enumerable.Range(0, many - 1).Select(i => size - 7 - (i * step)).Reverse()];
    }

    private static string Text(List<byte> words, int version)
    {
        var (blocks, correction) = (Blocks[version - 1], CorrectionWords[version - 1]);
        var all = words.Count - (blocks * correction);
        var (shorter, longer) = (all / blocks, all % blocks); // the last blocks are one word longer
        var data = Enumerable.Range(0, blocks).SelectMany(b => Enumerable.Range(0, shorter + (b >= blocks - longer ? 1 : 0)).Select(i => words[i < shorter ? (i * blocks) + b : (shorter * blocks) + b - (blocks - longer)])).ToList();
        var at = 0;
        int Bits(int count) => Enumerable.Range(0, count).Aggregate(0, (value, _) => (value << 1) | ((data[at / 8] >> (7 - (at++ % 8))) & 1));
        Assert.Equal(0b0100, Bits(4)); // bytes
        var length = Bits(version < 10 ? 8 : 16);
        return Encoding.UTF8.GetString([.. Enumerable.Range(0, length).Select(_ => (byte)Bits(8))]);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h1v1h-1z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Dot();
}
