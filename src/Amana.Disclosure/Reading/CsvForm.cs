using System.Text;

namespace Amana.Disclosure;

/// <summary>How a delimited text file is written: found out from the file itself, or said by the caller.</summary>
/// <param name="Separator">Comma, semicolon, tab or bar.</param>
/// <param name="Encoding">UTF-8, UTF-16 (by its mark or its zero bytes); else Windows-1256 where letters beyond ASCII come in words, Windows-1252 where they stand alone.</param>
public sealed record CsvForm(char Separator, Encoding Encoding)
{
    /// <summary>What fields that contain the separator are put in: a double quote, or a single one.</summary>
    public char Quote { get; init; } = '"';

    private const int SampleBytes = 256 * 1024;
    private const int SampleRecords = 100;

    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>
    /// Finds out encoding and separator and puts the stream back to its start. The whole stream is checked for UTF-8 (a single letter
    /// late in the file decides it); the separator is the one that splits the first records most evenly.
    /// </summary>
    public static CsvForm Of(Stream stream)
    {
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be able to go back to its start.", nameof(stream));
        var start = stream.Position;
        var sample = new byte[SampleBytes];
        var got = stream.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
        var encoding = ByMark(sample.AsSpan(0, got));
        if (encoding is null)
        {
            stream.Position = start;
            encoding = IsUtf8(stream) ? new UTF8Encoding(false) : null;
        }

        if (encoding is null)
        {
            stream.Position = start;
            encoding = CodePagesEncodingProvider.Instance.GetEncoding(IsOfWordsBeyondAscii(stream) ? 1256 : 1252)!;
        }

        stream.Position = start;
        var text = encoding.GetString(sample, 0, got);
        var quote = QuoteOf(text);
        return new CsvForm(SeparatorOf(text, quote), encoding) { Quote = quote };
    }

    /// <summary>A single quote only where fields begin and end with it as often, in most records, and none begins with a double one.</summary>
    internal static char QuoteOf(string text)
    {
        var (singles, doubles, ends, records) = (0, 0, 0, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var begins = i == 0 || IsBetween(text[i - 1]);
            singles += begins && text[i] == '\'' ? 1 : 0;
            doubles += begins && text[i] == '"' ? 1 : 0;
            ends += text[i] == '\'' && !begins && (i + 1 == text.Length || IsBetween(text[i + 1])) ? 1 : 0;
            records += text[i] == '\n' && i + 1 < text.Length ? 1 : 0;
        }

        return doubles == 0 && singles > 0 && Math.Abs(singles - ends) <= 1 && singles * 2 > records ? '\'' : '"';
    }

    /// <summary>The candidate with the most columns among those that give the first records the same number of columns; a comma if none does.</summary>
    internal static char SeparatorOf(string text, char quote = '"')
    {
        var best = ',';
        var bestScore = 0.0;
        foreach (var candidate in Candidates)
        {
            var counts = Counts(text, candidate, quote);
            if (counts.Count == 0 || counts[0] == 0)
                continue;
            var score = (counts.Count(c => c == counts[0]) / (double)counts.Count) + (counts[0] * 1e-6);
            if (score > bestScore)
                (best, bestScore) = (candidate, score);
        }

        return best;
    }

    private static List<int> Counts(string text, char separator, char quote)
    {
        var counts = new List<int>();
        var (quoted, count, any) = (false, 0, false);
        foreach (var c in text)
        {
            if (c == quote)
                quoted = !quoted;
            if (quoted)
                continue;
            if (c is '\n' or '\r')
            {
                if (any)
                    counts.Add(count);
                (count, any) = (0, false);
                if (counts.Count == SampleRecords)
                    return counts;
                continue;
            }

            any = true;
            if (c == separator)
                count++;
        }

        // The last record of the sample may be cut, so it speaks only when it is the only one.
        if (counts.Count == 0 && any)
            counts.Add(count);
        return counts;
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => ByZeros(bytes),
    };

    /// <summary>UTF-16 without a mark: separators and line ends alone make every other byte zero often enough.</summary>
    private static Encoding? ByZeros(ReadOnlySpan<byte> bytes)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }

        var few = bytes.Length / 20;
        return (odd > few && even == 0) ? Encoding.Unicode : (even > few && odd == 0) ? Encoding.BigEndianUnicode : null;
    }

    private static bool IsBetween(char c) => c is '\n' or '\r' || Candidates.Contains(c);

    /// <summary>In Arabic whole words lie beyond ASCII; in languages of Latin script most such letters stand by themselves.</summary>
    private static bool IsOfWordsBeyondAscii(Stream stream)
    {
        var bytes = new byte[64 * 1024];
        var (beyond, inWords, before, beforeThat) = (0L, 0L, false, false);
        int got;
        while ((got = stream.Read(bytes)) > 0)
        {
            for (var i = 0; i < got; i++)
            {
                var isBeyond = bytes[i] >= 0xC0;
                beyond += isBeyond ? 1 : 0;
                inWords += isBeyond && before ? (beforeThat ? 1 : 2) : 0;
                (beforeThat, before) = (before && isBeyond, isBeyond);
            }
        }

        return inWords * 2 > beyond;
    }

    private static bool IsUtf8(Stream stream)
    {
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[64 * 1024];
        var chars = new char[bytes.Length + 4];
        try
        {
            int got;
            while ((got = stream.Read(bytes)) > 0)
                decoder.GetChars(bytes, 0, got, chars, 0, flush: false);
            decoder.GetChars([], chars, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
