using Amana.Domain.Shared;

namespace Amana.Domain.Accounts;

/// <summary>An organisation that takes part in the operation: its own, a partner, or a recipient of data.</summary>
public sealed class Organisation
{
    private Organisation() { }

    public OrganisationId Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Short name as the field uses it, such as an acronym.</summary>
    public string ShortName { get; private set; } = "";

    public OrganisationKind Kind { get; private set; }

    /// <summary>When it accepted the eight principles and the operation's terms (CO-5).</summary>
    public DateTimeOffset? AcceptedPrinciplesAt { get; private set; }

    /// <summary>A breach of trust suspends what it receives until it is resolved (CO-5).</summary>
    public DateTimeOffset? SuspendedAt { get; private set; }

    public bool HoldsTheSameRules => AcceptedPrinciplesAt is not null && SuspendedAt is null;

    public static Organisation Admit(OrganisationAdmitted change) => new()
    {
        Id = change.Id, Name = change.Name, ShortName = change.ShortName, Kind = change.Kind,
        AcceptedPrinciplesAt = change.AcceptedPrinciples ? change.At : null,
    };

    public void Apply(PrinciplesAccepted change) => AcceptedPrinciplesAt = change.At;
}

/// <summary>Kinds of organisation as 3W registers tell them apart.</summary>
public enum OrganisationKind { InternationalNgo, NationalNgo, UnitedNations, Government, RedCrossRedCrescent, Other }

public sealed record OrganisationAdmitted : Change
{
    internal OrganisationAdmitted() { }
    public OrganisationId Id { get; internal init; }
    public string Name { get; internal init; } = "";
    public string ShortName { get; internal init; } = "";
    public OrganisationKind Kind { get; internal init; }
    public bool AcceptedPrinciples { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record PrinciplesAccepted : Change
{
    internal PrinciplesAccepted() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record AdmitOrganisation(OrganisationId Id, string Name, string ShortName, OrganisationKind Kind, bool AcceptsPrinciples);
