using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>Preparing a release: begun with who asks and why, chosen, undone, measured, submitted; by its author alone.</summary>
public static class WorkRules
{
    public static Decision<WorkBegun> Begin(Activity activity, ReleaseId id, ReleaseIntent intent, ReleaseDraft draft, StaffId by, DateTimeOffset now)
    {
        var errors = ActivityRules.Open(activity).Must(draft.AgreementId != default, nameof(draft.AgreementId), "field.required").Must(!string.IsNullOrWhiteSpace(intent.NeedCode), nameof(intent.NeedCode), "field.required");
        return errors.Any ? errors.All : new WorkBegun { Id = id, ActivityId = activity.Id, Intent = intent, Draft = draft, By = by, At = now };
    }

    public static Decision<WorkChosen> Choose(ReleaseWork work, ReleaseDraft draft, DateTimeOffset now) =>
        draft.Columns.Count == 0 ? new Refusal("release.no-records", Principle.DataProtection).At("Columns")
        : Unless(work, new WorkChosen { Draft = draft, At = now });

    public static Decision<WorkUndone> Undo(ReleaseWork work, DateTimeOffset now) =>
        work.Earlier.Count == 0 ? new Refusal("release.nothing-to-undo") : Unless(work, new WorkUndone { At = now });

    /// <summary>Ends the measuring, whether it waits or runs.</summary>
    public static Decision<WorkStateSet> Cancel(ReleaseWork work, DateTimeOffset now) =>
        work.State is WorkState.Waiting or WorkState.Running ? new WorkStateSet { State = WorkState.Cancelled, At = now } : new Refusal("release.nothing-to-cancel");

    /// <summary>The measuring begins; not when it was cancelled meanwhile.</summary>
    public static Decision<WorkStateSet> Run(ReleaseWork work, DateTimeOffset now) =>
        work.State is WorkState.Waiting or WorkState.Running ? new WorkStateSet { State = WorkState.Running, At = now } : new Refusal("release.nothing-to-cancel");

    /// <summary>What the measuring came to: findings, or why there are none.</summary>
    public static WorkStateSet End(ReleaseFindings? found, IReadOnlyList<Refusal> refusals, DateTimeOffset now) =>
        new() { State = found is null ? WorkState.Refused : WorkState.Measured, Found = found, Refusals = [.. refusals.Select(r => r.Slug)], At = now };

    public static WorkStateSet Submit(DateTimeOffset now) => new() { State = WorkState.Submitted, At = now };

    private static Decision<TChange> Unless<TChange>(ReleaseWork work, TChange change) where TChange : Change =>
        work.State == WorkState.Submitted ? new Refusal("release.submitted-already", Principle.DataProtection) : change;
}
