using System.Text;

namespace Amana.Disclosure;

/// <summary>Writes microdata as delimited text: names first, a missing value as an empty field, quotes where a field needs them (RFC 4180).</summary>
public static class CsvWriting
{
    private const int RowsBetweenChecks = 16_384;

    /// <summary>Writes all columns in their order, lines ended by CRLF. The stream is not closed.</summary>
    /// <param name="microdata">What is written.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="form">How; commas and UTF-8 by default. An encoding that lacks a letter gives way to UTF-8 with its mark.</param>
    /// <param name="progress">Told the number of rows written, now and then.</param>
    public static void Write(Microdata microdata, Stream stream, CsvForm? form = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        form ??= new CsvForm(',', new UTF8Encoding(false));
        using var text = new StreamWriter(stream, HasAllLetters(form.Encoding, microdata) ? form.Encoding : new UTF8Encoding(true), 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        var columns = microdata.Columns;
        var fields = columns.Select(c => c.Categories.Select(v => Quoted(v, form)).ToArray()).ToArray();
        text.WriteLine(string.Join(form.Separator, columns.Select(c => Quoted(c.Name, form))));
        for (var row = 0; row < microdata.RowCount; row++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                if (j > 0)
                    text.Write(form.Separator);
                var code = columns[j].CodeArray[row];
                // A line with nothing in it would not be read as a record.
                text.Write(code != Column.Missing ? fields[j][code] : columns.Length == 1 ? $"{form.Quote}{form.Quote}" : string.Empty);
            }

            text.WriteLine();
            if ((row + 1) % RowsBetweenChecks != 0)
                continue;
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(row + 1);
        }
    }

    private static bool HasAllLetters(Encoding encoding, Microdata microdata)
    {
        if (encoding is UTF8Encoding or UnicodeEncoding)
            return true;
        var strict = (Encoding)encoding.Clone();
        strict.EncoderFallback = EncoderFallback.ExceptionFallback;
        try
        {
            foreach (var column in microdata.Columns)
            {
                strict.GetByteCount(column.Name);
                foreach (var category in column.Categories)
                    strict.GetByteCount(category);
            }

            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static string Quoted(string value, CsvForm form)
    {
        var mustQuote = value.AsSpan().IndexOfAny(form.Separator, '\r', '\n') >= 0 || value.Contains(form.Quote, StringComparison.Ordinal) || value.Length == 0;
        var quote = form.Quote.ToString();
        return mustQuote ? quote + value.Replace(quote, quote + quote, StringComparison.Ordinal) + quote : value;
    }
}
