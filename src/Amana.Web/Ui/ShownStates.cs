namespace Amana.Web.Ui;

/// <summary>The four answers of a rule as pages show them: always sign, word and colour together.</summary>
public enum ShownState
{
    Met,
    Due,
    Unmet,
    NotApplicable,
}

/// <summary>Where a step of the process stands.</summary>
public enum StepState
{
    Done,
    Now,
    Later,
}

/// <summary>One of the four steps. <paramref name="Note"/> is words in the reader's language ("done 4 September").</summary>
/// <param name="Step">assess, design, implement or evaluate.</param>
public sealed record RailStep(string Step, StepState State, string? Note = null, string? Href = null);

/// <summary>One of the eight principles with its state.</summary>
/// <param name="Principle">The slug: people-centred, do-no-harm, defined-purpose, consent, data-protection, competency, impartiality, coordination.</param>
/// <param name="Met">Rules met, due ones among them.</param>
/// <param name="Total">Rules that apply.</param>
/// <param name="Due">Rules met that lapse soon.</param>
public sealed record PrincipleTile(string Principle, ShownState State, int Met, int Total, int Due = 0, string? Href = null);

/// <summary>One finding: all words in the reader's language.</summary>
/// <param name="Code">The rule, such as DNH-2.</param>
/// <param name="Title">What the rule asks.</param>
/// <param name="Text">What is missing, since when, what it holds and who can mend it.</param>
/// <param name="Action">What the link does; none without an address.</param>
/// <param name="When">Replaces the state's word: "due in 9 days".</param>
public sealed record FindingRow(ShownState State, string Code, string Title, string Text, string? Href = null, string? Action = null, string? When = null);

/// <summary>One bar: its label, its length as a share of the longest (0 … 1), and the number as shown ("92 %", "fewer than 5").</summary>
public sealed record Bar(string Label, double Share, string Shown, ShownState? State = null);

/// <summary>One choice of a list: its value, its words (or their key), and a hint (or its key).</summary>
public sealed record Choice(string Value, string Text, string? Hint = null);

internal static class ShownStates
{
    public static string Class(this ShownState state) => state switch
    {
        ShownState.Met => "met",
        ShownState.Due => "due",
        ShownState.Unmet => "unmet",
        _ => "na",
    };

    public static string Sign(this ShownState state) => state switch
    {
        ShownState.Met => "✓",
        ShownState.Due => "!",
        ShownState.Unmet => "✕",
        _ => "–",
    };

    public static ShownState Parse(string value) => value switch
    {
        "met" => ShownState.Met,
        "due" => ShownState.Due,
        "unmet" => ShownState.Unmet,
        "na" => ShownState.NotApplicable,
        _ => throw new ArgumentException($"{value} is none of met, due, unmet, na.", nameof(value)),
    };
}
