using Amana.Domain.Shared;

namespace Amana.Domain.Purpose;

/// <summary>Why the data is wanted: the purpose, the decisions it serves, the needs it answers, and what is out of scope (DP-1).</summary>
public sealed class PurposeStatement
{
    private PurposeStatement() { }

    public ActivityId ActivityId { get; private set; }
    public PurposeContent Content { get; private set; } = PurposeContent.Empty;
    public StaffId AuthorId { get; private set; }
    public DateTimeOffset StatedAt { get; private set; }

    /// <summary>Published in plain language on the public page and in the notice (DP-5).</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    public Proportionality? Proportionality { get; private set; }

    /// <summary>What was decided or done from each need (DP-7).</summary>
    public IReadOnlyList<EvidenceUse> Uses { get; private set; } = [];

    /// <summary>Uses that people were not told of, with whether they were found compatible with what they were told (DP-4).</summary>
    public IReadOnlyList<CompatibleUse> CompatibleUses { get; private set; } = [];

    /// <summary>Consents given before this moment may be used for the need though it was not told then, because a decision in force says that it is compatible; none where there is no such decision.</summary>
    public DateTimeOffset? CompatibleBefore(string need, DateOnly today) =>
        CompatibleUses.Where(u => u.Carries(need, today)).Max(u => (DateTimeOffset?)u.Decided!.At);

    public static PurposeStatement Of(PurposeStated change)
    {
        var statement = new PurposeStatement { ActivityId = change.ActivityId };
        statement.Apply(change);
        return statement;
    }

    public void Apply(PurposeStated change)
    {
        if (Content != change.Content)
            (PublishedAt, Proportionality) = (null, null); // what people were told, and what was weighed, was another purpose
        (Content, AuthorId, StatedAt) = (change.Content, change.By, change.At);
    }

    public void Apply(PurposePublished change) => PublishedAt = change.At;

    public void Apply(ProportionalityWeighed change) => Proportionality = change.Weighed;

    public void Apply(CompatibleUseProposed change) => CompatibleUses = [.. CompatibleUses, change.Use];

    public void Apply(CompatibleUseDecided change) => CompatibleUses = [.. CompatibleUses.Select(u => u.Id == change.Id ? u with { Decided = change.Decided } : u)];

    public void Apply(CompatibleUseGivenUp change) => CompatibleUses = [.. CompatibleUses.Select(u => u.Id == change.Id ? u with { Ended = change.Ended } : u)];

    public void Apply(EvidenceUsed change) => Uses = [.. Uses, change.Use];
}

/// <summary>The words of the purpose. Codes of decisions (D1…) and needs (N1…) are stable handles that elements and uses point to.</summary>
public sealed record PurposeContent
{
    public static PurposeContent Empty { get; } = new();

    public LocalText Statement { get; init; } = LocalText.Empty;
    public string ProtectionOutcome { get; init; } = "";
    public string CategoriesOfPeople { get; init; } = "";
    public string OutOfScope { get; init; } = "";
    public IReadOnlyList<DecisionServed> Decisions { get; init; } = [];
    public IReadOnlyList<InformationNeed> Needs { get; init; } = [];

    public bool Equals(PurposeContent? other) => other is not null && Statement.Equals(other.Statement) && ProtectionOutcome == other.ProtectionOutcome
        && CategoriesOfPeople == other.CategoriesOfPeople && OutOfScope == other.OutOfScope && Decisions.SequenceEqual(other.Decisions) && Needs.SequenceEqual(other.Needs);

    public override int GetHashCode() => HashCode.Combine(Statement, ProtectionOutcome, CategoriesOfPeople, OutOfScope, Decisions.Count, Needs.Count);
}

/// <summary>A decision that the information serves.</summary>
public sealed record DecisionServed(string Code, string Text);

/// <summary>A question that must be answered for a decision, and when its use is reviewed.</summary>
public sealed record InformationNeed(string Code, string Question, string DecisionCode, DateOnly ReviewOn);

/// <summary>Sensitivity and cost weighed against the expected response, by someone other than the author (DP-3).
/// <see cref="SpecialCategories"/> holds the justification of each element of a special category (UN General Assembly resolution 45/95, 1990, principle 5), by path.</summary>
public sealed record Proportionality(string Text, IReadOnlyDictionary<string, string> SpecialCategories, StaffId By, DateTimeOffset At);

/// <summary>A decision or action taken from a need.</summary>
public sealed record EvidenceUse(string NeedCode, string What, DateOnly On, StaffId By);

public sealed record PurposeStated : Change
{
    internal PurposeStated() { }
    public ActivityId ActivityId { get; internal init; }
    public PurposeContent Content { get; internal init; } = PurposeContent.Empty;
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record PurposePublished : Change
{
    internal PurposePublished() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record ProportionalityWeighed : Change
{
    internal ProportionalityWeighed() { }
    public Proportionality Weighed { get; internal init; } = null!;
}

public sealed record EvidenceUsed : Change
{
    internal EvidenceUsed() { }
    public EvidenceUse Use { get; internal init; } = null!;
}
