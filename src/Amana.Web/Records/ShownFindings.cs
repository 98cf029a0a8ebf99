using Amana.Domain.Forms;
using Amana.Domain.Records;

namespace Amana.Web.Records;

/// <summary>What does not fit a form, in words: the question as the form asks it, and the rule; never an answer.</summary>
/// <param name="Form">The form version, where it is known.</param>
/// <param name="Findings">What was found.</param>
/// <param name="Language">The language of the page.</param>
public sealed record ShownFindings(FormVersion? Form, IReadOnlyList<CheckFinding> Findings, string Language)
{
    /// <summary>Most that are shown of one submission.</summary>
    public const int Most = 12;

    public string Question(CheckFinding finding) =>
        Form?.Element(Places.WithoutPositions(finding.Path))?.Label.In(Language) is { Length: > 0 } label ? label : finding.Path;
}
