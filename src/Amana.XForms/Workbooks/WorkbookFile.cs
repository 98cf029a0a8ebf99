using System.Globalization;
using System.Text;

namespace Amana.XForms.Workbooks;

/// <summary>Tells by its first bytes what a file is, and opens it within the limits. Whatever goes wrong becomes a problem, never an exception.</summary>
internal static class WorkbookFile
{
    private static readonly byte[] EncryptedPackage = Encoding.Unicode.GetBytes("EncryptedPackage");
    private static readonly byte[] Zip = "PK"u8.ToArray();
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static Workbook? Open(Stream stream, XlsFormLimits limits, ProblemLog log)
    {
        try
        {
            if (stream.CanSeek && stream.Length - stream.Position > limits.FileBytes)
                return TooLarge(limits, log);
            using var file = new MemoryStream();
            return Buffer(stream, file, limits) ? Read(file, limits, log) : TooLarge(limits, log);
        }
        catch (ExcelDataReader.Exceptions.InvalidPasswordException)
        {
            return Locked(log);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Damaged(log);
        }
    }

    private static bool Buffer(Stream stream, MemoryStream file, XlsFormLimits limits)
    {
        var buffer = new byte[81920];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (file.Length + read > limits.FileBytes)
                return false;
            file.Write(buffer, 0, read);
        }

        file.Position = 0;
        return true;
    }

    private static Workbook? Read(MemoryStream file, XlsFormLimits limits, ProblemLog log)
    {
        var bytes = file.GetBuffer().AsSpan(0, (int)file.Length);
        if (bytes.StartsWith(Zip))
        {
            if (PackageGuard.Refusal(file, limits) is { } refusal)
            {
                log.Error(refusal.Code, refusal.Message, new FormPlace(null));
                return null;
            }

            file.Position = 0;
            return SpreadsheetWorkbook.Read(file, isZip: true, limits, log);
        }

        if (!bytes.StartsWith(Compound))
            return ReadText(bytes, limits, log);
        if (bytes.IndexOf(EncryptedPackage) >= 0)
            return Locked(log);
        return CompoundGuard.IsSound(bytes) ? SpreadsheetWorkbook.Read(file, isZip: false, limits, log) : Damaged(log);
    }

    private static Workbook? ReadText(ReadOnlySpan<byte> bytes, XlsFormLimits limits, ProblemLog log)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\ufeff');
            if (text.Contains('\0', StringComparison.Ordinal) || text.AsSpan(0, Math.Min(5000, text.Length)).Count(',') < 4)
                return NotASheet(log);
            return CsvWorkbook.Read(text, limits, log);
        }
        catch (DecoderFallbackException)
        {
            return NotASheet(log);
        }
    }

    private static Workbook? NotASheet(ProblemLog log)
    {
        log.Error("file.not-a-workbook", "The file is not a spreadsheet that can be read. Forms are read from .xlsx, .xlsm, .xls and .csv (UTF-8).", new FormPlace(null));
        return null;
    }

    private static Workbook? Damaged(ProblemLog log)
    {
        log.Error("file.damaged", "The file cannot be read as a spreadsheet; it may be damaged or cut off. Open it in your spreadsheet program and save it again as .xlsx.", new FormPlace(null));
        return null;
    }

    private static Workbook? Locked(ProblemLog log)
    {
        log.Error("file.password", "The workbook is protected with a password, so it cannot be read. Save it again without one.", new FormPlace(null));
        return null;
    }

    private static Workbook? TooLarge(XlsFormLimits limits, ProblemLog log)
    {
        var most = (limits.FileBytes / 1_000_000).ToString(CultureInfo.InvariantCulture);
        log.Error("file.too-large", $"The file is larger than {most} MB, which is the most that is read. Take pictures and unused sheets out of the workbook.", new FormPlace(null));
        return null;
    }
}
