using System.Xml;
using System.Xml.Linq;
using Amana.XForms.Evaluation;

namespace Amana.XForms.Tests.Evaluation;

/// <summary>The reference cases beside the repository: forms, and records of them that the engine inside ODK Collect filled.</summary>
internal static class SharedCases
{
    public static EvaluationContext Context { get; } = new() { Now = new DateTimeOffset(2026, 11, 22, 15, 0, 0, TimeSpan.Zero), Seed = 1 };

    public static string? Folder { get; } = FindFolder();

    public static void SkipWhereAbsent() =>
        Assert.SkipWhen(Folder is null, "The reference cases (../shared/data/xlsform beside the repository, or AMANA_SHARED) are not here.");

    /// <summary>Folders of all cases with a filled record.</summary>
    public static IReadOnlyList<string> Filled() =>
        [.. Directory.EnumerateFiles(Folder!, "submission.xml", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Forms() =>
        [.. Directory.EnumerateFiles(Folder!, "expected.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public static XDocument Load(string file)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    public static CompiledForm Form(string folder)
    {
        var form = CompiledForm.FromXForm(Load(Path.Combine(folder, "expected.xml")), out var problem);
        Assert.Null(problem);
        return form!;
    }

    public static Submission Record(string folder)
    {
        var read = SubmissionReader.Read(File.ReadAllText(Path.Combine(folder, "submission.xml")));
        Assert.Null(read.Problem);
        return read.Submission!;
    }

    private static string? FindFolder()
    {
        var folder = SharedFolder.Find("data", "xlsform");
        return Directory.Exists(folder) ? folder : null;
    }
}
