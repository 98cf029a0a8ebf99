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
        if (Outside(s, request.Actor, TokenScope.UseFor(request.Operation)) is { } outside)
            return [outside];
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

    /// <summary>Who may plan an activity: its lead, its protection and information-management officers, and coordinators.</summary>
    public static IReadOnlyList<Refusal> MayPlan(ActivitySnapshot s, Actor actor) =>
        Outside(s, actor, TokenUse.Plan) is { } outside ? [outside]
        : actor.Kind == ActorKind.House || actor.StaffId == s.Activity.LeadId || actor.Has(Duty.Coordinator)
        || s.Team.Any(t => t.Member.StaffId == actor.StaffId && t.Member.EndedAt is null && t.Member.Role is TeamRole.ProtectionOfficer or TeamRole.InformationManagementOfficer)
            ? []
            : [new Refusal("actor.may-not-plan", Principle.Competency).MendedBy(Mender.ActivityLead, MendPage.Team)];

    /// <summary>Who may start an activity: staff for their own organisation, coordinators for any.</summary>
    public static IReadOnlyList<Refusal> MayStart(Actor actor, OrganisationId organisation) =>
        actor.Scope is not null ? [TokenScope.Refused(null)]
        : actor.Kind == ActorKind.House || (actor.Kind == ActorKind.Staff && (actor.OrganisationId == organisation || actor.Has(Duty.Coordinator)))
            ? []
            : [new Refusal("actor.may-not-start", Principle.Coordination).At("Organisation").MendedBy(Mender.Coordinator, MendPage.None)];

    /// <summary>Who may weigh a purpose: those who may plan the activity, and those who may approve in it. That it is not the author, the subject's rule says.</summary>
    public static IReadOnlyList<Refusal> MayWeigh(ActivitySnapshot s, Actor actor) => actor.Scope is not null ? [TokenScope.Refused(null)] : MayApprove(s, actor).Count == 0 ? [] : MayPlan(s, actor);

    /// <summary>Who may approve an assessment or a release: the data protection focal point, or a protection officer of the activity. That it is not the author, the subject's rule says.</summary>
    public static IReadOnlyList<Refusal> MayApprove(ActivitySnapshot s, Actor actor) =>
        actor.Scope is not null ? [TokenScope.Refused(null)] // nobody's second pair of eyes is a program
        : actor.Has(Duty.DataProtectionFocalPoint)
        || s.Team.Any(t => t.Member.StaffId == actor.StaffId && t.Member.Role == TeamRole.ProtectionOfficer && t.IsActive(s.Today))
            ? []
            : [new Refusal("actor.may-not-approve", Principle.Impartiality).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Rules)];

    /// <summary>Who may judge records: review them, and decide on submissions that break a rule of their form. Protection and information-management officers and case workers of the activity, while
    /// their competencies count. It opens nothing. No program judges, decides or sees pairs.</summary>
    public static IReadOnlyList<Refusal> MayJudge(ActivitySnapshot s, Actor actor) =>
        actor.Scope is not null ? [TokenScope.Refused(null)]
        : s.Team.Any(t => actor.Kind == ActorKind.Staff && t.Member.StaffId == actor.StaffId && t.Member.Role is TeamRole.ProtectionOfficer or TeamRole.CaseWorker or TeamRole.InformationManagementOfficer && t.IsActive(s.Today))
            ? []
            : [new Refusal("actor.may-not-judge", Principle.Competency).MendedBy(Mender.ActivityLead, MendPage.Team)];

    /// <summary>Who may see whom the activity referred, by code, and end a referral: case workers and protection officers of the activity, while their competencies count.</summary>
    public static IReadOnlyList<Refusal> MayRefer(ActivitySnapshot s, Actor actor) =>
        s.Team.Any(t => actor is { Kind: ActorKind.Staff, Scope: null } && t.Member.StaffId == actor.StaffId && t.CountsFor(Operation.Refer, s.Today)) ? [] : [NotOnTeam(Operation.Refer)];

    /// <summary>Who may read what was handed over to an organisation: its own staff, competent for case work there. No program, and nobody of another organisation.</summary>
    public static IReadOnlyList<Refusal> MayTakeOver(ActivitySnapshot s, Actor actor, Handover handover) =>
        actor is not { Kind: ActorKind.Staff, Scope: null } || actor.OrganisationId != handover.Receiver ? [new Refusal("referral.not-found")]
        : ProfilesInForce.Of(s.Profiles, handover.Receiver).Missing(TeamRole.CaseWorker, handover.Evidence, s.Today) is { Count: > 0 } missing
            ? [new Refusal("referral.reader-not-competent", Principle.Competency).With("rule", "CC-2").With("competencies", string.Join(", ", missing)).MendedBy(Mender.Administrator, MendPage.Staff)]
            : [];

    /// <summary>Who may see an activity's plan and figures' frame: its organisation's staff, its team, and those with a duty over the operation.</summary>
    public static IReadOnlyList<Refusal> MayRead(ActivitySnapshot s, Actor actor) =>
        actor.Scope is { } scope && !scope.Covers(s.Activity.Id, null) ? [new Refusal("activity.not-found")]
        : actor.Kind == ActorKind.House || actor.OrganisationId == s.Activity.OrganisationId || actor.Duties.Count > 0 || s.Team.Any(t => t.Member.StaffId == actor.StaffId)
            ? []
            : [new Refusal("activity.not-found")]; // absent and not yours look alike

    /// <summary>The operation's duty that a person must hold, such as deciding on quarantine.</summary>
    public static IReadOnlyList<Refusal> MustHold(Actor actor, Duty duty) =>
        actor.Has(duty) ? [] : [new Refusal("actor.duty-missing", Principle.DataProtection).With("duty", duty.ToString()).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Staff)];

    /// <summary>Who may keep organisations, staff and the evidence of their competencies: administrators and data protection focal points.</summary>
    public static IReadOnlyList<Refusal> MaySetUp(Actor actor) =>
        actor.Kind == ActorKind.House || actor.Has(Duty.Administrator) || actor.Has(Duty.DataProtectionFocalPoint)
            ? []
            : [new Refusal("actor.may-not-set-up").MendedBy(Mender.Administrator, MendPage.Staff)];

    /// <summary>One of several duties is enough, such as for agreements; the first is named as the one to ask.</summary>
    public static IReadOnlyList<Refusal> MustHoldOneOf(Actor actor, params IReadOnlyList<Duty> duties) =>
        actor.Kind == ActorKind.House || duties.Any(actor.Has) ? [] : [new Refusal("actor.duty-missing", Principle.DataProtection).With("duty", duties[0].ToString()).MendedBy(Mender.Coordinator, MendPage.Staff)];

    /// <summary>Who may stand for what someone else wrote: those who may approve, and those who may plan. That it is not the author, the subject's rule says.</summary>
    public static IReadOnlyList<Refusal> MayVouch(ActivitySnapshot s, Actor actor) => actor.Scope is not null ? [TokenScope.Refused(null)] : MayApprove(s, actor).Count == 0 ? [] : MayPlan(s, actor);

    /// <summary>Who may open one record at once because of danger to life: any member of the team who is still here, and the data protection focal point.</summary>
    public static IReadOnlyList<Refusal> InEmergency(ActivitySnapshot s, Actor actor) =>
        actor is { Kind: ActorKind.Staff, Scope: null, StaffId: { } staff } && (actor.Has(Duty.DataProtectionFocalPoint)
            || s.Team.Any(t => t.Member.StaffId == staff && t.Member.EndedAt is null && t.Member.DeclaredInterest is null && t.Staff.Active))
            ? []
            : [new Refusal("emergency.not-on-team", Principle.InformedConsent).With("rule", "IC-6").MendedBy(Mender.ActivityLead, MendPage.Team)];

    /// <summary>Why a token does not reach so far; none where it does, or where no token is used.</summary>
    private static Refusal? Outside(ActivitySnapshot s, Actor actor, TokenUse? use) =>
        actor.Scope is { } scope && (use is null || !scope.Covers(s.Activity.Id, use)) ? TokenScope.Refused(use) : null;

    private static bool MayErase(Actor actor) => actor.Kind is ActorKind.House or ActorKind.Person || actor.Has(Duty.DataProtectionFocalPoint);

    private static Refusal NotOnTeam(Operation operation) =>
        new Refusal("actor.no-role", Principle.InformedConsent).With("rule", "IC-6").With("operation", operation.ToString()).MendedBy(Mender.ActivityLead, MendPage.Team);

    /// <summary>Why a seat does not count now (CC-2, CC-3, IMP-5).</summary>
    private static List<Refusal> SeatGaps(TeamSeat seat, DateOnly today)
    {
        var gaps = new List<Refusal>();
        if (seat.Missing(today) is { Count: > 0 } missing)
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
