using Amana.XForms.Reading;
using Amana.XForms.Workbooks;

namespace Amana.XForms;

/// <summary>How much is read of a workbook. Every limit is counted while reading, and none is taken from what the file says of itself.</summary>
public sealed record XlsFormLimits
{
    /// <summary>The file's size in bytes: 20 MB.</summary>
    public long FileBytes { get; init; } = 20_000_000;

    /// <summary>The parts inside a zipped workbook, and the sheets of one in CSV.</summary>
    public int Parts { get; init; } = 1000;

    /// <summary>The bytes of all parts when unpacked: 64 MB.</summary>
    public long UnpackedBytes { get; init; } = 64_000_000;

    /// <summary>How many times its size a workbook may unpack to, from <see cref="RatioFromBytes"/> on (small sheets pack very well).</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>The unpacked size from which <see cref="Ratio"/> is watched: 10 MB.</summary>
    public long RatioFromBytes { get; init; } = 10_000_000;

    /// <summary>The filled rows of one sheet.</summary>
    public int Rows { get; init; } = 200_000;

    /// <summary>The columns of one sheet.</summary>
    public int Columns { get; init; } = 500;

    /// <summary>Groups within groups.</summary>
    public int Depth { get; init; } = 50;
}

/// <summary>What a reader may say of a form beside its file.</summary>
public sealed record XlsFormOptions
{
    /// <summary>The name of the data's root element, where the settings sheet names none.</summary>
    public string RootName { get; init; } = "data";

    /// <summary>How much is read.</summary>
    public XlsFormLimits Limits { get; init; } = new();
}

/// <summary>What came of reading a form: the form, or null when errors stop it, and everything that is wrong with it.</summary>
public sealed record XlsFormReading(FormModel? Form, IReadOnlyList<FormProblem> Problems)
{
    /// <summary>The problems that stop the form.</summary>
    public IEnumerable<FormProblem> Errors => Problems.Where(p => p.Severity == FormProblemSeverity.Error);

    /// <summary>The problems that do not.</summary>
    public IEnumerable<FormProblem> Warnings => Problems.Where(p => p.Severity == FormProblemSeverity.Warning);
}

/// <summary>Reads XLSForms: workbooks that describe a form in the sheets survey, choices, settings, external_choices, osm and entities.</summary>
public static class XlsForm
{
    /// <summary>
    /// Reads a form from .xlsx, .xlsm, .xls or .csv (told apart by their bytes, not by their names). It never throws for what the file
    /// holds: whatever is wrong becomes a problem with its place and its remedy, all problems at once. Macros are never read.
    /// </summary>
    /// <param name="stream">The file.</param>
    /// <param name="fileName">Its name; without the ending it is the form's id, where the settings sheet gives none.</param>
    /// <param name="options">The root's name and limits; the ordinary ones when null.</param>
    public static XlsFormReading Read(Stream stream, string fileName, XlsFormOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(fileName);
        options ??= new XlsFormOptions();
        var log = new ProblemLog();
        var form = WorkbookFile.Open(stream, options.Limits, log) is { } workbook
            ? FormReader.Read(workbook, Path.GetFileNameWithoutExtension(fileName), options, log)
            : null;
        return new XlsFormReading(log.HasErrors ? null : form, log.All);
    }
}
