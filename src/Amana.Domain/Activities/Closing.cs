using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Activities;

/// <summary>Somebody proposed to close the activity; nothing is disposed of by it.</summary>
public sealed record ClosingProposed : Change
{
    internal ClosingProposed() { }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>A proposal to close that waits for a second person.</summary>
public sealed record ClosingProposal(StaffId By, DateTimeOffset At);

/// <summary>Closing disposes of all data about people, so two people want it: one proposes, another confirms (IMP-5), and every rule of the gate holds both times.</summary>
public static class ClosingRules
{
    public static Decision<ClosingProposed> Propose(Activity activity, GateAnswer gate, StaffId by, DateTimeOffset now) =>
        ActivityRules.Enter(activity, PimStep.Closed, gate, now) is Decision<StepEntered>.Allowed
            ? new ClosingProposed { By = by, At = now }
            : ActivityRules.Enter(activity, PimStep.Closed, gate, now).Refusals.ToList();

    /// <summary>Enters the last step. Refused without a proposal, and to the one who proposed.</summary>
    public static Decision<StepEntered> Confirm(Activity activity, ClosingProposal? proposal, GateAnswer gate, StaffId by, DateTimeOffset now) =>
        proposal is null ? new Refusal("closing.not-proposed", Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Closing)
        : proposal.By == by ? new Refusal("closing.confirmed-by-proposer", Principle.Impartiality).With("rule", "IMP-5").MendedBy(Mender.SomeoneElse, MendPage.Closing)
        : ActivityRules.Enter(activity, PimStep.Closed, gate, now);
}
