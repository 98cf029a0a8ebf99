using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Competency;

/// <summary>A named person in a role on an activity. The role is active only while its competencies are current (CC-2) and the activity's code is acknowledged (CC-3).</summary>
public sealed class TeamMember
{
    private TeamMember() { }

    public TeamMemberId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public StaffId StaffId { get; private set; }
    public TeamRole Role { get; private set; }
    public DateTimeOffset AssignedAt { get; private set; }

    /// <summary>When the person acknowledged purpose, confidentiality, referral pathway and notice (CC-3).</summary>
    public DateTimeOffset? BriefedAt { get; private set; }

    /// <summary>A conflict of interest the person declared; it bars the role (IMP-5).</summary>
    public string? DeclaredInterest { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public static TeamMember Of(RoleAssigned change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, StaffId = change.StaffId, Role = change.Role, AssignedAt = change.At,
    };

    public void Apply(BriefingAcknowledged change) => BriefedAt = change.At;

    public void Apply(InterestDeclared change) => DeclaredInterest = change.Interest;

    public void Apply(RoleEnded change) => EndedAt = change.At;
}

public sealed record RoleAssigned : Change
{
    internal RoleAssigned() { }
    public TeamMemberId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public StaffId StaffId { get; internal init; }
    public TeamRole Role { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record BriefingAcknowledged : Change
{
    internal BriefingAcknowledged() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record InterestDeclared : Change
{
    internal InterestDeclared() { }
    public string Interest { get; internal init; } = "";
}

public sealed record RoleEnded : Change
{
    internal RoleEnded() { }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Building the team: assignment, briefing, interests, evidence.</summary>
public static class CompetencyRules
{
    /// <summary>Assigns a role even while competencies are missing: the gap shows and the role stays paused until they are evidenced.</summary>
    public static Decision<RoleAssigned> Assign(Activity activity, TeamMemberId id, StaffMember staff, TeamRole role, IEnumerable<TeamMember> team, DateTimeOffset now)
    {
        var errors = ActivityRules.Open(activity)
            .Must(staff.Active, "StaffId", "staff.left", Principle.Competency)
            .Must(!team.Any(m => m.StaffId == staff.Id && m.Role == role && m.EndedAt is null), "Role", "team.role-held-already", Principle.Competency);
        return errors.Any ? errors.All : new RoleAssigned { Id = id, ActivityId = activity.Id, StaffId = staff.Id, Role = role, At = now };
    }

    /// <summary>What a briefing is read from must be there first: the purpose and the notice (CC-3).</summary>
    public static IReadOnlyList<Refusal> BriefingReady(ActivitySnapshot s) =>
    [
        .. s.Purpose is null ? [new Refusal("team.briefing-without-purpose", Principle.Competency).MendedBy(Mender.ActivityLead, MendPage.Purpose)] : Array.Empty<Refusal>(),
        .. s.Notice is null ? [new Refusal("team.briefing-without-notice", Principle.Competency).MendedBy(Mender.ProtectionOfficer, MendPage.Notice)] : Array.Empty<Refusal>(),
    ];

    /// <summary>Only the person briefed can acknowledge.</summary>
    public static Decision<BriefingAcknowledged> Acknowledge(TeamMember member, StaffId by, DateTimeOffset now) =>
        member.StaffId == by ? new BriefingAcknowledged { At = now } : new Refusal("team.briefing-not-yours", Principle.Competency);

    public static Decision<InterestDeclared> DeclareInterest(TeamMember member, StaffId by, string interest)
    {
        if (member.StaffId != by)
            return new Refusal("team.interest-not-yours", Principle.Impartiality);
        var errors = new FieldErrors().Text("Interest", interest, 1000);
        return errors.Any ? errors.All : new InterestDeclared { Interest = interest.Trim() };
    }

    public static Decision<RoleEnded> End(TeamMember member, DateTimeOffset now) =>
        member.EndedAt is null ? new RoleEnded { At = now } : new Refusal("team.role-ended-already", Principle.Competency);

    /// <summary>Nobody assesses themselves.</summary>
    public static Decision<CompetencyEvidenced> Evidence(EvidenceCompetency command, StaffId by)
    {
        var errors = new FieldErrors().Text(nameof(command.Evidence), command.Evidence, 500)
            .Must(command.ObtainedOn <= command.ExpiresOn, nameof(command.ExpiresOn), "competency.expires-before-obtained", Principle.Competency)
            .Must(command.StaffId != by, nameof(command.StaffId), "competency.assessed-by-self", Principle.Impartiality);
        return errors.Any ? errors.All : new CompetencyEvidenced
        {
            Id = command.Id, StaffId = command.StaffId, Competency = command.Competency, Level = command.Level, Evidence = command.Evidence.Trim(),
            ObtainedOn = command.ObtainedOn, ExpiresOn = command.ExpiresOn, AssessedBy = by,
        };
    }
}
