using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>What of an activity needs someone now: not every rule at once, but those that hold the next step or an operation, and those that lapse soon.</summary>
public static class Attention
{
    /// <summary>The order in which the work of planning is mostly done, so that the first thing named is the first thing to do.</summary>
    private static readonly MendPage[] Order =
    [
        MendPage.Activity, MendPage.Overlaps, MendPage.Consultations, MendPage.Purpose, MendPage.Team, MendPage.Form, MendPage.Notice, MendPage.Method, MendPage.Risk, MendPage.Referral,
        MendPage.Sharing, MendPage.Organisations, MendPage.Agreements, MendPage.Retention, MendPage.Feedback, MendPage.Capacity,
    ];

    /// <summary>The step that comes next; none when the activity is closed.</summary>
    public static PimStep? NextStep(ActivitySnapshot s) => s.Activity.Step == PimStep.Closed ? null : s.Activity.Step + 1;

    /// <summary>Findings that hold the next step, an operation of a running activity, or will soon; in the order of the work. In Implement the gate to Evaluate comes last:
    /// what keeps a running activity lawful is mended first.</summary>
    public static IReadOnlyList<Finding> Now(ActivitySnapshot s, IEnumerable<RuleAnswer> answers) =>
    [
        .. Finding.Of(answers.Where(a => NeededNow(s, a)))
            .OrderBy(f => f.State == RuleState.NotMet ? 0 : 1)
            .ThenBy(f => Running(s) && f.Rule.Guards.Count == 0 ? 1 : 0)
            .ThenBy(f => f.DueOn)
            .ThenBy(f => Place(f.Gap.Mend?.Page)),
    ];

    /// <summary>The gaps that keep the activity out of the step, in the order of the work.</summary>
    public static IReadOnlyList<Finding> Before(PimStep step, IEnumerable<RuleAnswer> answers) =>
        [.. Finding.Of(answers.Where(a => a.State == RuleState.NotMet && a.Rule.Gates.Contains(step))).OrderBy(f => Place(f.Gap.Mend?.Page))];

    /// <summary>Whether the actor is one of those who can mend the gap in this activity.</summary>
    public static bool CanMend(ActivitySnapshot s, Actor actor, Refusal gap) => gap.Mend?.Who switch
    {
        Mender.ActivityLead => actor.StaffId == s.Activity.LeadId,
        Mender.ProtectionOfficer => Sits(s, actor, TeamRole.ProtectionOfficer),
        Mender.InformationManagementOfficer => Sits(s, actor, TeamRole.InformationManagementOfficer),
        Mender.DataProtectionFocalPoint => actor.Has(Duty.DataProtectionFocalPoint),
        Mender.Administrator => actor.Has(Duty.Administrator),
        Mender.Coordinator => actor.Has(Duty.Coordinator),
        // Authors cannot weigh or accept what they wrote; that they are the author, the subject's own rule knows.
        Mender.SomeoneElse => actor.StaffId is { } id && id != s.Purpose?.AuthorId && id != s.Risk?.AuthorId
            && (Authority.MayPlan(s, actor).Count == 0 || Authority.MayApprove(s, actor).Count == 0),
        Mender.You => s.Team.Any(t => t.Member.StaffId == actor.StaffId && t.Member.EndedAt is null),
        _ => false,
    };

    private static bool NeededNow(ActivitySnapshot s, RuleAnswer answer) =>
        s.Activity.Step == PimStep.Closed ? answer.State == RuleState.NotMet && answer.Rule.Id == DataProtection.KeptNoLonger.Id
        : answer.State == RuleState.DueSoon
        || (answer.State == RuleState.NotMet && (answer.Rule.Gates.Contains(s.Activity.Step + 1) || (Running(s) && Guarded(answer.Rule))));

    /// <summary>While an activity runs, what let it open must go on holding; and what bites nowhere (bias, accuracy, retention) is shown, or nobody would mend it.</summary>
    private static bool Guarded(Rule rule) => rule.Guards.Count > 0 || rule.Gates.Contains(PimStep.Implement) || rule.Gates.Count == 0;

    private static bool Running(ActivitySnapshot s) => s.Activity.Step is PimStep.Implement or PimStep.Evaluate;

    private static bool Sits(ActivitySnapshot s, Actor actor, TeamRole role) =>
        s.Team.Any(t => t.Member.StaffId == actor.StaffId && t.Member.Role == role && t.Member.EndedAt is null);

    private static int Place(MendPage? page) => page is { } p && Array.IndexOf(Order, p) is >= 0 and var at ? at : Order.Length;
}
