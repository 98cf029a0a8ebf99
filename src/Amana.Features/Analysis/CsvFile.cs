using System.Text;

namespace Amana.Features.Analysis;

/// <summary>Writes comma-separated values (RFC 4180) in UTF-8 with a byte order mark, which spreadsheets need to read other scripts. A cell that a spreadsheet would
/// run as a formula begins with an apostrophe.</summary>
public static class CsvFile
{
    public static byte[] Write(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var text = new StringWriter();
        Line(text, header);
        foreach (var row in rows)
            Line(text, row);
        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>One line, for files that are written while they are read.</summary>
    public static void Line(TextWriter text, IReadOnlyList<string?> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                text.Write(',');
            text.Write(Cell(cells[i] ?? ""));
        }

        text.Write("\r\n");
    }

    private static string Cell(string value)
    {
        var safe = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
