using Amana.Domain.Records;
using Amana.XForms;
using Amana.XForms.Evaluation;

namespace Amana.Features.Records;

/// <summary>The check of a submission against its form, as the records keep it: rules and places, without answers, without the names of nodes that the form does not know.</summary>
public static class FormFindings
{
    /// <summary>Most findings that are kept of one submission; those that hold it come first.</summary>
    public const int Most = 50;

    private const int LongestPath = 200;

    /// <summary>What does not fit. What could not be checked, because a list or a rule was out of reach, speaks against nobody and is left out.</summary>
    public static IReadOnlyList<CheckFinding> Of(ReadSubmission read, DateTimeOffset now)
    {
        var found = SubmissionCheck.Check(read.Submission, read.Compiled, new EvaluationContext { Now = now }).Findings;
        if (found.Count == 0)
            return [];
        return [.. found.Where(f => f.Weight != FindingWeight.Note).Select(Read).Distinct().OrderByDescending(f => f.Holds).Take(Most)];
    }

    /// <summary>The first of them as the ledger writes them.</summary>
    public static string InLedger(IReadOnlyList<CheckFinding> findings) => string.Join(' ', findings.Where(f => f.Holds).Take(10).Select(f => f.Code));

    private static CheckFinding Read(SubmissionFinding finding)
    {
        var what = finding.Kind switch
        {
            FindingKind.OtherForm => Misfit.OtherForm,
            FindingKind.NoInstanceId => Misfit.NoInstanceId,
            FindingKind.UnknownNode => Misfit.UnknownNode,
            FindingKind.RepeatedNode => Misfit.RepeatedNode,
            FindingKind.TurnsDiffer => Misfit.TurnsDiffer,
            FindingKind.WrongType => Misfit.WrongType,
            FindingKind.NoSuchChoice => Misfit.NoSuchChoice,
            FindingKind.RequiredMissing => Misfit.RequiredMissing,
            FindingKind.ConstraintNotMet => Misfit.ConstraintNotMet,
            FindingKind.CalculationDiffers => Misfit.CalculationDiffers,
            FindingKind.AnsweredThoughNotAsked => Misfit.AnsweredThoughNotAsked,
            _ => Misfit.UnknownNode, // a kind that is new to the records counts as the structure
        };
        // The sender chose the name of a node that the form does not know: only the place around it is told.
        var path = what == Misfit.UnknownNode && finding.Path.LastIndexOf('/') is > 0 and var cut ? finding.Path[..cut] : finding.Path;
        return new CheckFinding(what, path.Length > LongestPath ? path[..LongestPath] : path, finding.Weight == FindingWeight.Fault);
    }
}
