using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Amana.XForms.Workbooks;

/// <summary>
/// Looks through a zipped workbook before anything reads it: how many parts it has, how large they are when unpacked (counted while
/// unpacking, never taken from what the file says of itself), and that none of them brings a document type definition.
/// The part with macros is never opened.
/// </summary>
internal static class PackageGuard
{
    private const string NotReadable = "The file cannot be opened as an Excel workbook; it may be damaged. Open it in your spreadsheet program and save it again as .xlsx.";

    /// <summary>Null when the package is fit to be read; otherwise the code and the message of what is wrong.</summary>
    public static (string Code, string Message)? Refusal(MemoryStream file, XlsFormLimits limits)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return Examine(zip, file.Length, limits);
        }
        catch (InvalidDataException)
        {
            return ("file.damaged", NotReadable);
        }
        catch (XmlException e)
        {
            var why = e.Message.Contains("DTD", StringComparison.Ordinal) ? "it brings a document type definition (DTD), which no workbook needs" : "a part of it is not XML";
            return ("file.unsafe-xml", $"The workbook is refused: {why}. Save it again from your spreadsheet program.");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException or OverflowException)
        {
            return ("file.damaged", NotReadable);
        }
    }

    private static (string Code, string Message)? Examine(ZipArchive zip, long packed, XlsFormLimits limits)
    {
        if (zip.Entries.Count > limits.Parts)
            return ("file.too-many-parts", $"The workbook has {Text(zip.Entries.Count)} parts inside; at most {Text(limits.Parts)} are read. Copy the sheets into a new workbook.");
        if (zip.GetEntry("xl/workbook.xml") is null)
            return ("file.not-a-workbook", "The file is a zip archive, but no Excel workbook (.xlsx) is inside. Save the form as .xlsx and send it again.");
        if (Unpacked(zip, packed, limits) is { } total)
            return ("file.bomb", $"The workbook unpacks to far more than its size ({Text(total / 1_000_000)} MB and more from {Text(packed / 1000)} kB) and is refused. Copy the filled cells into a new workbook.");
        foreach (var entry in Parts(zip).Where(e => e.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || e.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
            ReadProlog(entry);
        return null;
    }

    /// <summary>Null while the parts stay within the limits; otherwise the bytes at which unpacking was stopped.</summary>
    private static long? Unpacked(ZipArchive zip, long packed, XlsFormLimits limits)
    {
        var total = 0L;
        var buffer = new byte[81920];
        foreach (var entry in Parts(zip))
        {
            using var part = entry.Open();
            int read;
            while ((read = part.Read(buffer)) > 0)
            {
                total += read;
                if (total > limits.UnpackedBytes || (total > limits.RatioFromBytes && total > packed * limits.Ratio))
                    return total;
            }
        }

        return null;
    }

    private static IEnumerable<ZipArchiveEntry> Parts(ZipArchive zip) =>
        zip.Entries.Where(e => !e.Name.Contains("vbaProject", StringComparison.OrdinalIgnoreCase));

    private static void ReadProlog(ZipArchiveEntry entry)
    {
        using var part = entry.Open();
        using var reader = SafeXml.OpenReader(part);
        reader.MoveToContent();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
