namespace Amana.XForms;

/// <summary>How much a finding weighs. Whatever it weighs, the submission is kept; the product decides what follows.</summary>
public enum FindingWeight
{
    /// <summary>Something could not be checked; nothing speaks against the submission.</summary>
    Note,

    /// <summary>Something does not fit, but an honest client can send it.</summary>
    Doubt,

    /// <summary>The submission breaks a rule of its form.</summary>
    Fault,
}

/// <summary>What was found.</summary>
public enum FindingKind
{
    /// <summary>It answers another form, or another version of it.</summary>
    OtherForm,

    /// <summary>It has no id of its own.</summary>
    NoInstanceId,

    /// <summary>A node that the form does not have.</summary>
    UnknownNode,

    /// <summary>A node comes more often than the form allows.</summary>
    RepeatedNode,

    /// <summary>A repeat has another number of turns than the form works out.</summary>
    TurnsDiffer,

    /// <summary>An answer is not of the question's type.</summary>
    WrongType,

    /// <summary>An answer is none of the choices on offer.</summary>
    NoSuchChoice,

    /// <summary>A required answer is missing.</summary>
    RequiredMissing,

    /// <summary>An answer does not meet its question's constraint.</summary>
    ConstraintNotMet,

    /// <summary>A calculated answer is not what the form works out of the other answers.</summary>
    CalculationDiffers,

    /// <summary>An answer is there although the form would not have asked.</summary>
    AnsweredThoughNotAsked,

    /// <summary>A rule of the form could not be worked out, so it was not checked.</summary>
    NotChecked,
}

/// <summary>One finding of a check.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Weight">How much it weighs.</param>
/// <param name="Path">Where: path with positions; empty for the whole submission.</param>
/// <param name="Message">Plain words; never an answer to a question of text, so that it may be shown without opening the record.</param>
public sealed record SubmissionFinding(FindingKind Kind, FindingWeight Weight, string Path, string Message);

/// <summary>What is to become of a submission. Whatever it is, the submission is kept.</summary>
public enum VerdictOutcome
{
    /// <summary>Nothing speaks against it.</summary>
    Valid,

    /// <summary>It keeps every rule that could be checked; the findings are for whoever reviews it.</summary>
    ValidWithNotes,

    /// <summary>It breaks a rule of its form and waits for a person to decide; the reasons are <see cref="SubmissionVerdict.Reasons"/>.</summary>
    Held,
}

/// <summary>What a check found.</summary>
/// <param name="Findings">Findings in the order of the form; at most <see cref="SubmissionCheck.MostFindings"/>.</param>
public sealed record SubmissionVerdict(IReadOnlyList<SubmissionFinding> Findings)
{
    /// <summary>Whether the submission keeps every rule of its form that could be checked.</summary>
    public bool IsValid => !Findings.Any(finding => finding.Weight == FindingWeight.Fault);

    /// <summary>Valid, valid with notes, or held.</summary>
    public VerdictOutcome Outcome => Findings.Count == 0 ? VerdictOutcome.Valid : IsValid ? VerdictOutcome.ValidWithNotes : VerdictOutcome.Held;

    /// <summary>Why it is held: the faults among the findings.</summary>
    public IEnumerable<SubmissionFinding> Reasons => Findings.Where(finding => finding.Weight == FindingWeight.Fault);

    /// <summary>Whether nothing at all speaks against it.</summary>
    public bool IsClean => !Findings.Any(finding => finding.Weight >= FindingWeight.Doubt);
}
