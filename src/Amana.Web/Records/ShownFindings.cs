using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Web.Ui;

namespace Amana.Web.Records;

/// <summary>What does not fit a form, in words: the question as the form asks it, and the rule; never an answer.</summary>
/// <param name="Form">The form version, where it is known.</param>
/// <param name="Findings">What was found.</param>
/// <param name="Texts">The words of the page.</param>
public sealed record ShownFindings(FormVersion? Form, IReadOnlyList<CheckFinding> Findings, PageTexts Texts)
{
    /// <summary>Most that are shown of one submission.</summary>
    public const int Most = 12;

    public string Question(CheckFinding finding) => QuestionWords.Of(Form?.Element(Places.WithoutPositions(finding.Path)), finding.Path, Texts);
}
