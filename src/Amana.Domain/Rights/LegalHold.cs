using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Rights;

/// <summary>A duty to keep an activity's data longer than planned, such as a court's order. It holds disposal by date and closing; a person's own withdrawal it never holds.</summary>
public sealed class LegalHold
{
    private LegalHold() { }

    public LegalHoldId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>Which duty, in words of staff; nothing about a person.</summary>
    public string Reason { get; private set; } = "";

    public StaffId PlacedBy { get; private set; }
    public DateTimeOffset PlacedAt { get; private set; }
    public StaffId? LiftedBy { get; private set; }
    public DateTimeOffset? LiftedAt { get; private set; }

    public bool Stands => LiftedAt is null;

    public static LegalHold Of(LegalHoldPlaced change) => new() { Id = change.Id, ActivityId = change.ActivityId, Reason = change.Reason, PlacedBy = change.By, PlacedAt = change.At };

    public void Apply(LegalHoldLifted change) => (LiftedBy, LiftedAt) = (change.By, change.At);
}

public sealed record LegalHoldPlaced : Change
{
    internal LegalHoldPlaced() { }
    public LegalHoldId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public string Reason { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record LegalHoldLifted : Change
{
    internal LegalHoldLifted() { }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>What becomes of an activity's data by its retention plan, as of a day (DP-6, SEC-5).</summary>
public enum DisposalStanding
{
    /// <summary>There is nothing about people any more, or no plan yet.</summary>
    Nothing,

    /// <summary>The date lies ahead.</summary>
    NotDue,

    /// <summary>The date has passed: the house destroys it by itself.</summary>
    Due,

    /// <summary>The date has passed, and the plan asks for what people do: anonymise or hand over by a release, then close.</summary>
    NeedsPeople,

    /// <summary>The date has passed, and a legal hold stands.</summary>
    Held,
}

/// <summary>When data goes by its plan, and what holds it.</summary>
public static class RetentionRules
{
    /// <summary>Where an activity's data stands. The last day of the plan still belongs to it.</summary>
    public static DisposalStanding Standing(Activity activity, bool holdsData, bool legalHold, DateOnly today) =>
        !holdsData || activity.Retention is not { } plan ? DisposalStanding.Nothing
        : plan.KeptUntil(activity.Period) >= today ? DisposalStanding.NotDue
        : legalHold ? DisposalStanding.Held
        : plan.Then == AfterRetention.Destroy ? DisposalStanding.Due : DisposalStanding.NeedsPeople;

    /// <summary>Places a legal hold. Refused without a reason, and while one stands.</summary>
    public static Decision<LegalHoldPlaced> Place(LegalHoldId id, ActivityId activity, string reason, bool stands, StaffId by, DateTimeOffset now) =>
        stands ? new Refusal("hold.stands-already", Principle.DataProtection)
        : string.IsNullOrWhiteSpace(reason) ? new Refusal("hold.no-reason", Principle.DataProtection).At("Reason")
        : new LegalHoldPlaced { Id = id, ActivityId = activity, Reason = reason.Trim(), By = by, At = now };

    /// <summary>Lifts a hold, after which data may be destroyed for good: somebody else than the one who placed it (IMP-5).</summary>
    public static Decision<LegalHoldLifted> Lift(LegalHold hold, StaffId by, DateTimeOffset now) =>
        !hold.Stands ? new Refusal("hold.lifted-already", Principle.DataProtection)
        : hold.PlacedBy == by ? new Refusal("hold.lifted-by-placer", Principle.Impartiality).With("rule", "IMP-5").MendedBy(Mender.SomeoneElse, MendPage.None)
        : new LegalHoldLifted { By = by, At = now };
}
