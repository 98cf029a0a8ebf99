using System.Text;

namespace Amana.Disclosure;

/// <summary>How a delimited text file is written: found out from the file itself, or said by the caller.</summary>
/// <param name="Separator">Comma, semicolon, tab or bar.</param>
/// <param name="Encoding">UTF-8, UTF-16 by its mark, or Windows-1252 where the bytes are not UTF-8.</param>
public sealed record CsvForm(char Separator, Encoding Encoding)
{
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
            encoding = IsUtf8(stream) ? new UTF8Encoding(false) : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        }

        stream.Position = start;
        return new CsvForm(SeparatorOf(encoding.GetString(sample, 0, got)), encoding);
    }

    /// <summary>The candidate with the most columns among those that give the first records the same number of columns; a comma if none does.</summary>
    internal static char SeparatorOf(string text)
    {
        var best = ',';
        var bestScore = 0.0;
        foreach (var candidate in Candidates)
        {
            var counts = Counts(text, candidate);
            if (counts.Count == 0 || counts[0] == 0)
                continue;
            var score = (counts.Count(c => c == counts[0]) / (double)counts.Count) + (counts[0] * 1e-6);
            if (score > bestScore)
                (best, bestScore) = (candidate, score);
        }

        return best;
    }

    private static List<int> Counts(string text, char separator)
    {
        var counts = new List<int>();
        var (quoted, count, any) = (false, 0, false);
        foreach (var c in text)
        {
            if (c == '"')
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
        _ => null,
    };

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
