namespace Amana.Domain.Records;

/// <summary>What does not fit between a submission and its form.</summary>
public enum Misfit
{
    OtherForm, NoInstanceId, UnknownNode, RepeatedNode, TurnsDiffer, WrongType, NoSuchChoice, RequiredMissing, ConstraintNotMet, CalculationDiffers, AnsweredThoughNotAsked,
}

/// <summary>One finding of the check of a submission against its form: which rule, and at which question. Never an answer, and never a name that the sender chose: it may stand in the ledger.</summary>
/// <param name="What">The rule.</param>
/// <param name="Path">The place in the form, with positions in repeats; empty for the whole.</param>
/// <param name="Holds">The rule is the form's own and was broken, so somebody decides before it is used; false for a note, which an honest phone can cause.</param>
public sealed record CheckFinding(Misfit What, string Path, bool Holds)
{
    /// <summary>As the ledger writes it.</summary>
    public string Code => What + ":" + Path;

    /// <summary>Whether any of them holds the submission.</summary>
    public static bool AnyHolds(IReadOnlyList<CheckFinding> findings)
    {
        foreach (var finding in findings)
            if (finding.Holds)
                return true;
        return false;
    }
}
