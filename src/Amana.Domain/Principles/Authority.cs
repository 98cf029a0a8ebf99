using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>Who may do what: roles on the activity, never rank in the house. Administrators are not in this table.</summary>
public static class Authority
{
    /// <summary>The roles that may do an operation on the activity's data (IC-6: identity is seen only by roles whose task needs it).</summary>
    public static IReadOnlyList<TeamRole> RolesFor(Operation operation) => operation switch
    {
        Operation.Collect => [TeamRole.Enumerator, TeamRole.ProtectionOfficer, TeamRole.CaseWorker],
        Operation.Open => [TeamRole.ProtectionOfficer, TeamRole.CaseWorker],
        Operation.Amend => [TeamRole.ProtectionOfficer, TeamRole.CaseWorker],
        Operation.Link => [TeamRole.InformationManagementOfficer],
        Operation.Analyse => [TeamRole.InformationManagementOfficer, TeamRole.ProtectionOfficer],
        Operation.Refer => [TeamRole.CaseWorker, TeamRole.ProtectionOfficer],
        Operation.Release => [TeamRole.InformationManagementOfficer, TeamRole.ProtectionOfficer],
        _ => [],
    };

    /// <summary>Why the actor may not do it, all reasons at once; none when they may.</summary>
    public static IEnumerable<Refusal> Of(ActivitySnapshot s, GateRequest request)
    {
        if (request.Operation == Operation.Erase)
            return MayErase(request.Actor) ? [] : [new Refusal("actor.may-not-erase", Principle.DataProtection).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Requests)];
        if (request.Actor.Kind is ActorKind.House)
            return request.Operation == Operation.Collect ? [] : [NotOnTeam(request.Operation)];
        if (request.Actor.StaffId is not { } staff || request.Actor.Kind == ActorKind.Person)
            return [NotOnTeam(request.Operation)];
        var seats = s.Team.Where(t => t.Member.StaffId == staff && t.Member.EndedAt is null && RolesFor(request.Operation).Contains(t.Member.Role)).ToList();
        if (seats.Count == 0)
            return [NotOnTeam(request.Operation)];
        return seats.Any(t => SeatGaps(t, s.Today).Count == 0) ? [] : SeatGaps(seats[0], s.Today);
    }

    private static bool MayErase(Actor actor) => actor.Kind is ActorKind.House or ActorKind.Person || actor.Has(Duty.DataProtectionFocalPoint);

    private static Refusal NotOnTeam(Operation operation) =>
        new Refusal("actor.no-role", Principle.InformedConsent).With("rule", "IC-6").With("operation", operation.ToString()).MendedBy(Mender.ActivityLead, MendPage.Team);

    /// <summary>Why a seat does not count now (CC-2, CC-3, IMP-5).</summary>
    private static List<Refusal> SeatGaps(TeamSeat seat, DateOnly today)
    {
        var gaps = new List<Refusal>();
        if (RoleProfiles.Missing(seat.Member.Role, seat.Evidence, today) is { Count: > 0 } missing)
            gaps.Add(new Refusal("actor.competency-lapsed", Principle.Competency).With("rule", "CC-2").With("competencies", string.Join(", ", missing)).MendedBy(Mender.ActivityLead, MendPage.Team));
        if (!seat.IsBriefed)
            gaps.Add(new Refusal("actor.not-briefed", Principle.Competency).With("rule", "CC-3").MendedBy(Mender.You, MendPage.Team));
        if (seat.Member.DeclaredInterest is not null)
            gaps.Add(new Refusal("actor.conflict-of-interest", Principle.Impartiality).With("rule", "IMP-5").MendedBy(Mender.ActivityLead, MendPage.Team));
        if (!seat.Staff.Active)
            gaps.Add(new Refusal("staff.left", Principle.Competency).With("rule", "CC-2"));
        return gaps;
    }
}
