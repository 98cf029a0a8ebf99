using Amana.Domain.Shared;

namespace Amana.Domain.Accounts;

/// <summary>A person who works with the product. What they may do follows from duties here, roles on activities, and competencies that are current.</summary>
public sealed class StaffMember
{
    private StaffMember() { }

    public StaffId Id { get; private set; }
    public OrganisationId OrganisationId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Sign-in name: an e-mail address, kept in lower case.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Duties for the whole operation; none lets anyone see personal data by itself.</summary>
    public IReadOnlyList<Duty> Duties { get; private set; } = [];

    public bool Active { get; private set; }

    public bool Has(Duty duty) => Active && Duties.Contains(duty);

    public static StaffMember Join(StaffJoined change) => new()
    {
        Id = change.Id, OrganisationId = change.OrganisationId, Name = change.Name, Email = change.Email, Duties = change.Duties, Active = true,
    };

    public void Apply(StaffLeft change) => Active = false;

    public void Apply(StaffReturned change) => Active = true;
}

/// <summary>Duties that reach over all activities of the operation.</summary>
public enum Duty
{
    /// <summary>Keeps accounts, organisations and the house in order; sees no personal data.</summary>
    Administrator,

    /// <summary>Data protection focal point: approves assessments, decides quarantine, oversees rights and erasure.</summary>
    DataProtectionFocalPoint,

    /// <summary>Coordinates several agencies: registry, agreements, releases.</summary>
    Coordinator,
}

public sealed record StaffJoined : Change
{
    internal StaffJoined() { }
    public StaffId Id { get; internal init; }
    public OrganisationId OrganisationId { get; internal init; }
    public string Name { get; internal init; } = "";
    public string Email { get; internal init; } = "";
    public IReadOnlyList<Duty> Duties { get; internal init; } = [];
}

public sealed record StaffLeft : Change
{
    internal StaffLeft() { }
}

public sealed record StaffReturned : Change
{
    internal StaffReturned() { }
}

public sealed record AddStaff(StaffId Id, OrganisationId OrganisationId, string Name, string Email, IReadOnlyList<Duty> Duties);
