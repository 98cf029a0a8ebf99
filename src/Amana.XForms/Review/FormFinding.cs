namespace Amana.XForms.Review;

/// <summary>How much a finding weighs.</summary>
public enum FindingSeverity
{
    /// <summary>Worth a look; often meant.</summary>
    Note,

    /// <summary>Makes answers worse or leaves somebody out; mend it, or say why it stays.</summary>
    Concern,

    /// <summary>May harm people or break what they were promised; a form should not be used before it is mended or answered.</summary>
    Serious,
}

/// <summary>
/// One finding of a <see cref="FormReview"/>. The rule's id is stable; the place names sheet, row and column; <paramref name="Path"/> is the question's path, or empty
/// where the form as a whole is meant. <paramref name="Detail"/> is what the finding hangs on: a topic, a word, languages, a list.
/// </summary>
public sealed record FormFinding(string Rule, FindingSeverity Severity, string Path, FormPlace Place, string Message, string Detail = "")
{
    /// <summary>The finding on one line, with its place first.</summary>
    public override string ToString() => new FormProblem(FormProblemSeverity.Warning, Rule, $"{Message} [{Rule}]", Place).ToString();
}

/// <summary>The ids of the review's rules.</summary>
public static class ReviewRules
{
    /// <summary>No question asks for consent, yet the form asks for personal data.</summary>
    public const string ConsentMissing = "consent-missing";

    /// <summary>Personal data is asked for before consent.</summary>
    public const string ConsentTooLate = "consent-too-late";

    /// <summary>The answer to the consent question is given in advance.</summary>
    public const string ConsentPrefilled = "consent-prefilled";

    /// <summary>The consent question cannot be answered with no.</summary>
    public const string ConsentWithoutNo = "consent-without-no";

    /// <summary>Personal data is asked for even of those who said no.</summary>
    public const string ConsentNotBinding = "consent-not-binding";

    /// <summary>Touches a special category (UN General Assembly resolution 45/95 of 1990, principle 5).</summary>
    public const string SensitiveTopic = "sensitive-topic";

    /// <summary>Asks for something that tells who a person is.</summary>
    public const string Identifier = "identifier";

    /// <summary>Has to be answered, yet offers neither "don't know" nor "prefer not to answer".</summary>
    public const string NoWayOut = "no-way-out";

    /// <summary>The wording suggests an answer.</summary>
    public const string LeadingWording = "leading-wording";

    /// <summary>Two questions in one.</summary>
    public const string DoubleBarrelled = "double-barrelled";

    /// <summary>A scale with more good than bad ends, or the other way round.</summary>
    public const string UnbalancedScale = "unbalanced-scale";

    /// <summary>A constraint accepts one answer only, or makes people choose more than they want to.</summary>
    public const string ForcedAnswer = "forced-answer";

    /// <summary>A text is lacking in some language of the form.</summary>
    public const string LanguageGap = "language-gap";

    /// <summary>A regular expression that can hang a device, or that the server does not run.</summary>
    public const string HazardousPattern = "hazardous-pattern";

    /// <summary>The six questions of the Washington Group Short Set on Functioning are not all there.</summary>
    public const string DisabilitySet = "washington-group-set";

    /// <summary>Neither age nor age group is asked.</summary>
    public const string AgeMissing = "age-missing";

    /// <summary>Sex is not asked.</summary>
    public const string SexMissing = "sex-missing";

    /// <summary>A question about a place whose choices carry no P-codes, or that is free text.</summary>
    public const string PlaceCodes = "place-without-pcode";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ConsentMissing, ConsentTooLate, ConsentPrefilled, ConsentWithoutNo, ConsentNotBinding, SensitiveTopic, Identifier, NoWayOut, LeadingWording, DoubleBarrelled,
        UnbalancedScale, ForcedAnswer, LanguageGap, HazardousPattern, DisabilitySet, AgeMissing, SexMissing, PlaceCodes,
    ];
}
