using Amana.Domain.Shared;

namespace Amana.Domain.Purpose;

/// <summary>A decision that a use which people were not told of when they agreed is compatible with what they were told (DP-4): for which needs, why, with which safeguards, until when. Written by
/// one person, decided by another. It reaches only consents that were given before it; whoever said no to something, objected or withdrew is not touched by it.</summary>
public sealed record CompatibleUse(Guid Id, IReadOnlyList<string> Needs, CompatibilityTest Test, LocalText ToldPublicly, DateOnly Until, StaffId By, DateTimeOffset At)
{
    public DecidedUse? Decided { get; init; }

    /// <summary>Set when the use was given up: people are asked anew, or the need is no longer there.</summary>
    public GivenUp? Ended { get; init; }

    /// <summary>Whether it carries the need on the day. A decision of its own author carries nothing.</summary>
    public bool Carries(string need, DateOnly today) => Ended is null && Decided is { Compatible: true } decided && decided.By != By && today <= Until && Needs.Contains(need, StringComparer.Ordinal);

    public CompatibleUseState StateOn(DateOnly today) => Ended is not null ? CompatibleUseState.GivenUp
        : Decided is null ? CompatibleUseState.Waiting
        : !Decided.Compatible ? CompatibleUseState.Refused
        : today > Until ? CompatibleUseState.Lapsed
        : CompatibleUseState.InForce;

    public bool Equals(CompatibleUse? other) => other is not null && Id == other.Id && Needs.SequenceEqual(other.Needs) && Test == other.Test && ToldPublicly.Equals(other.ToldPublicly) && Until == other.Until
        && By == other.By && At == other.At && Decided == other.Decided && Ended == other.Ended;

    public override int GetHashCode() => Id.GetHashCode();
}

/// <summary>What is weighed to say that a use is compatible: the new use; its link with the first purpose; the context in which people spoke; the nature of the data; what it may do to people; and the
/// safeguards. Five factors as data protection law weighs them (such as article 6(4) of Regulation (EU) 2016/679), in our words.</summary>
public sealed record CompatibilityTest(string NewUse, string Link, string Context, string Nature, string Consequences, string Safeguards)
{
    public IReadOnlyList<(string Name, string Words)> Parts =>
        [(nameof(NewUse), NewUse), (nameof(Link), Link), (nameof(Context), Context), (nameof(Nature), Nature), (nameof(Consequences), Consequences), (nameof(Safeguards), Safeguards)];
}

/// <summary>Whether the second person found it compatible, and why.</summary>
public sealed record DecidedUse(bool Compatible, string Reason, StaffId By, DateTimeOffset At);

/// <summary>What is done instead.</summary>
public sealed record GivenUp(string Instead, StaffId By, DateTimeOffset At);

/// <summary>Considered in the order in which they come.</summary>
public enum CompatibleUseState { Waiting, InForce, Lapsed, Refused, GivenUp }

public sealed record CompatibleUseProposed : Change
{
    internal CompatibleUseProposed() { }
    public CompatibleUse Use { get; internal init; } = null!;
}

public sealed record CompatibleUseDecided : Change
{
    internal CompatibleUseDecided() { }
    public Guid Id { get; internal init; }
    public DecidedUse Decided { get; internal init; } = null!;
}

public sealed record CompatibleUseGivenUp : Change
{
    internal CompatibleUseGivenUp() { }
    public Guid Id { get; internal init; }
    public GivenUp Ended { get; internal init; } = null!;
}
