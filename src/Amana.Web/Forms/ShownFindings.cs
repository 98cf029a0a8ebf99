using Amana.Domain.Forms;
using Amana.Web.Ui;

namespace Amana.Web.Forms;

/// <summary>Findings of a form's review as the page says them.</summary>
internal static class ShownFindings
{
    /// <summary>A page shows so many at once; the rest follow when these are mended.</summary>
    public const int Most = 60;

    public static string Name(ReviewFinding finding) => finding.Path[(finding.Path.LastIndexOf('/') + 1)..];

    /// <summary>Special categories in the reader's words; other details as the form writes them.</summary>
    public static string Detail(PageTexts texts, ReviewFinding finding) =>
        finding.Rule == "sensitive-topic" ? texts.Plain("vocabulary.SpecialCategory." + string.Concat(finding.Detail.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]))) : finding.Detail;
}
