using System.Globalization;
using System.IO.Compression;

namespace Amana.XForms.Tables;

/// <summary>The CSV files of a ZIP file, as ODK Central exports a form with repeats. What unpacks is counted while it unpacks, never taken from what the file says of itself; nothing is written anywhere.</summary>
internal static class TableArchive
{
    /// <summary>Whether a ZIP file holds tables rather than a workbook.</summary>
    public static bool Is(Stream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        return zip.GetEntry("xl/workbook.xml") is null && zip.Entries.Any(IsTable);
    }

    /// <summary>The tables with the names of their files; or none and why.</summary>
    public static (IReadOnlyList<(string Name, byte[] Content)> Tables, (string Code, string Message)? Problem) Read(Stream file, XlsFormLimits limits)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.Entries.Count > limits.Parts)
            return ([], ("file.too-many-parts", string.Create(CultureInfo.InvariantCulture, $"The ZIP file has {zip.Entries.Count} parts inside; at most {limits.Parts} are read.")));
        var (tables, left) = (new List<(string, byte[])>(), Math.Min(limits.UnpackedBytes, Math.Max(limits.RatioFromBytes, file.Length * limits.Ratio)));
        foreach (var entry in zip.Entries.Where(IsTable))
        {
            using var content = new MemoryStream();
            using (var part = entry.Open())
            {
                var buffer = new byte[81920];
                for (int read; (read = part.Read(buffer)) > 0; content.Write(buffer, 0, read))
                    if ((left -= read) < 0)
                        return ([], ("file.bomb", "The ZIP file unpacks to far more than its size and is refused. Import it in parts."));
            }

            tables.Add((entry.Name[..^".csv".Length], content.ToArray()));
        }

        return (tables, null);
    }

    private static bool IsTable(ZipArchiveEntry entry) => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !entry.FullName.StartsWith("__MACOSX", StringComparison.Ordinal);
}
