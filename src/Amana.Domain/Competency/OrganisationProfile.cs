using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Competency;

/// <summary>A competency that an organisation asks of a role beyond the shipped profile: another one, or a higher level.</summary>
public sealed record RaisedNeed(TeamRole Role, CompetencyCode Competency, CompetencyLevel Level);

/// <summary>What an organisation asks of each role in its activities beyond the shipped profiles. The shipped profile is the least: below it a role could meet people, or open what they said, without what keeps them safe.</summary>
public sealed class OrganisationProfile
{
    private OrganisationProfile() { }

    public OrganisationId OrganisationId { get; private set; }
    public IReadOnlyList<RaisedNeed> Raised { get; private set; } = [];
    public string Reason { get; private set; } = "";
    public StaffId ChangedBy { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    public static OrganisationProfile Of(ProfileChanged change)
    {
        var profile = new OrganisationProfile { OrganisationId = change.OrganisationId };
        profile.Apply(change);
        return profile;
    }

    public void Apply(ProfileChanged change) => (Raised, Reason, ChangedBy, ChangedAt) = (change.Raised, change.Reason, change.By, change.At);
}

public sealed record ProfileChanged : Change
{
    internal ProfileChanged() { }
    public OrganisationId OrganisationId { get; internal init; }
    public IReadOnlyList<RaisedNeed> Raised { get; internal init; } = [];
    public string Reason { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>The profiles in force in one organisation: the shipped ones, and what it asks beyond them. Roles are judged by them and by nothing else (CC-1, CC-2).</summary>
public sealed record ProfilesInForce(IReadOnlyList<RaisedNeed> Raised)
{
    /// <summary>The shipped profiles alone.</summary>
    public static ProfilesInForce Shipped { get; } = new([]);

    /// <summary>Those in force in the organisation, out of what each asks.</summary>
    public static ProfilesInForce Of(IEnumerable<OrganisationProfile> profiles, OrganisationId organisation) =>
        profiles.FirstOrDefault(p => p.OrganisationId == organisation) is { } profile ? new ProfilesInForce(profile.Raised) : Shipped;

    /// <summary>The competencies and lowest levels that a role needs. What stands below the shipped level, in whatever way it came there, counts as the shipped one.</summary>
    public IReadOnlyDictionary<CompetencyCode, CompetencyLevel> Required(TeamRole role) => Raised.Count == 0 ? RoleProfiles.Required(role)
        : RoleProfiles.Required(role).Select(n => (Code: n.Key, Level: n.Value)).Concat(Raised.Where(r => r.Role == role).Select(r => (Code: r.Competency, r.Level)))
            .GroupBy(n => n.Code).ToDictionary(g => g.Key, g => g.Max(n => n.Level));

    /// <summary>The competencies of the role that the evidence does not show as current on the day, at the level needed.</summary>
    public IReadOnlyList<CompetencyCode> Missing(TeamRole role, IEnumerable<CompetencyEvidence> evidence, DateOnly today) => RoleProfiles.Missing(Required(role), evidence, today);

    /// <summary>The day after which the role lapses for want of a competency; none when something is missing today.</summary>
    public DateOnly? CurrentUntil(TeamRole role, IReadOnlyCollection<CompetencyEvidence> evidence, DateOnly today) => RoleProfiles.CurrentUntil(Required(role), evidence, today);
}

/// <summary>Who changes what an organisation asks of roles, and how far.</summary>
public static class ProfileRules
{
    /// <summary>An organisation's own data protection focal point or administrator, with a reason. Nothing goes below the shipped profile; and whose roles would rest by it is said before it is done.</summary>
    /// <param name="organisation">Whose profiles.</param>
    /// <param name="present">What it asks now beyond the shipped profiles.</param>
    /// <param name="wanted">What it is to ask; a level at or below the shipped one of the same competency says nothing and is left out.</param>
    /// <param name="said">Why, and that it is known whose roles will rest.</param>
    /// <param name="resting">Seats that count today and would rest.</param>
    /// <param name="by">Who changes it, and when.</param>
    public static Decision<ProfileChanged> Change(OrganisationId organisation, IReadOnlyList<RaisedNeed> present, IReadOnlyList<RaisedNeed> wanted, (string Reason, bool KnowsWhoRests) said, int resting, (Actor Actor, DateTimeOffset At) by)
    {
        if (MayChange(by.Actor, organisation) is { Count: > 0 } refusals)
            return refusals.ToList();
        var errors = new FieldErrors().Text("Reason", said.Reason, 1000);
        foreach (var below in wanted.Where(w => RoleProfiles.Required(w.Role).TryGetValue(w.Competency, out var least) && w.Level < least))
            errors.Add(new Refusal("profiles.below-minimum", Principle.Competency).At("Needs").With("role", below.Role.ToString()).With("competency", below.Competency.ToString()));
        var raised = Beyond(wanted);
        errors.Must(!raised.SequenceEqual(Beyond(present)), "Needs", "profiles.nothing-changed", Principle.Competency);
        if (resting > 0 && !said.KnowsWhoRests)
            errors.Add(new Refusal("profiles.would-rest", Principle.Competency).At("KnowsWhoRests").With("count", resting.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return errors.Any ? errors.All : new ProfileChanged { OrganisationId = organisation, Raised = raised, Reason = said.Reason.Trim(), By = by.Actor.StaffId!.Value, At = by.At };
    }

    /// <summary>Who may: staff of the organisation itself with one of the duties. No program.</summary>
    public static IReadOnlyList<Refusal> MayChange(Actor actor, OrganisationId organisation) =>
        actor is { Kind: ActorKind.Staff, Scope: null, StaffId: not null } && actor.OrganisationId == organisation && (actor.Has(Duty.DataProtectionFocalPoint) || actor.Has(Duty.Administrator))
            ? [] : [new Refusal("profiles.not-yours", Principle.Competency).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Staff)];

    /// <summary>What says more than the shipped profiles, once each, in their order.</summary>
    public static IReadOnlyList<RaisedNeed> Beyond(IEnumerable<RaisedNeed> needs) =>
    [
        .. needs.Where(n => !RoleProfiles.Required(n.Role).TryGetValue(n.Competency, out var shipped) || n.Level > shipped)
            .GroupBy(n => (n.Role, n.Competency)).Select(g => new RaisedNeed(g.Key.Role, g.Key.Competency, g.Max(n => n.Level))).OrderBy(n => n.Role).ThenBy(n => n.Competency),
    ];
}
