using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Records;

/// <summary>A look at whether the records are accurate and still relevant (SEC-6): how many were checked against their people or papers, how many were wrong, what was mended, and when the next
/// look is due. Counts and words about the whole; nothing of one person.</summary>
public sealed class AccuracyReview
{
    private AccuracyReview() { }

    public AccuracyReviewId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public int Checked { get; private set; }
    public int Wrong { get; private set; }
    public int Corrected { get; private set; }

    /// <summary>What was wrong and why, and which questions are no longer needed.</summary>
    public string Conclusion { get; private set; } = "";

    public DateOnly NextOn { get; private set; }
    public StaffId By { get; private set; }
    public DateTimeOffset At { get; private set; }

    public static AccuracyReview Of(AccuracyReviewed change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, Checked = change.Checked, Wrong = change.Wrong, Corrected = change.Corrected, Conclusion = change.Conclusion, NextOn = change.NextOn,
        By = change.By, At = change.At,
    };
}

/// <summary>A recipient was told of corrections to what they had received.</summary>
public sealed class CorrectionsTold
{
    private CorrectionsTold() { }

    public ReleaseId ReleaseId { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>All corrections up to this moment are told.</summary>
    public DateTimeOffset At { get; private set; }

    public string How { get; private set; } = "";
    public StaffId By { get; private set; }

    public static CorrectionsTold Of(RecipientToldOfCorrections change)
    {
        var told = new CorrectionsTold { ReleaseId = change.ReleaseId, ActivityId = change.ActivityId };
        told.Apply(change);
        return told;
    }

    public void Apply(RecipientToldOfCorrections change) => (At, How, By) = (change.At, change.How, change.By);
}

/// <summary>Records that were corrected after a release was approved, of which its recipient does not know yet.</summary>
public sealed record UntoldCorrections(ReleaseId ReleaseId, string Release, int Count);

/// <summary>What is known of the accuracy of an activity's records, for the rules.</summary>
/// <param name="NextOn">When the next look is due, as the last one set it; none when there was none.</param>
/// <param name="Untold">Corrections that recipients do not know of.</param>
public sealed record AccuracyState(DateOnly? NextOn, IReadOnlyList<UntoldCorrections> Untold)
{
    public static AccuracyState None { get; } = new(null, []);
}

public sealed record AccuracyReviewed : Change
{
    internal AccuracyReviewed() { }
    public AccuracyReviewId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public int Checked { get; internal init; }
    public int Wrong { get; internal init; }
    public int Corrected { get; internal init; }
    public string Conclusion { get; internal init; } = "";
    public DateOnly NextOn { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record RecipientToldOfCorrections : Change
{
    internal RecipientToldOfCorrections() { }
    public ReleaseId ReleaseId { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public string How { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record ReviewAccuracyOf(AccuracyReviewId Id, int Checked, int Wrong, int Corrected, string Conclusion, DateOnly NextOn);

/// <summary>Looking at the accuracy of records, and telling recipients what was corrected (SEC-6).</summary>
public static class AccuracyRules
{
    /// <summary>Refused when it checks more than there is, mends more than was wrong, or puts the next look further off than the operation allows.</summary>
    public static Decision<AccuracyReviewed> Review(Activity activity, ReviewAccuracyOf command, int records, int maxDays, StaffId by, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var errors = ActivityRules.Open(activity).Text(nameof(command.Conclusion), command.Conclusion, 2000)
            .Must(command.Checked >= 1 && command.Checked <= records, nameof(command.Checked), "accuracy.checked-out-of-range", Principle.DataProtection)
            .Must(command.Wrong >= 0 && command.Wrong <= command.Checked, nameof(command.Wrong), "accuracy.wrong-out-of-range", Principle.DataProtection)
            .Must(command.Corrected >= 0 && command.Corrected <= command.Wrong, nameof(command.Corrected), "accuracy.corrected-out-of-range", Principle.DataProtection);
        if (command.NextOn <= today || command.NextOn > today.AddDays(maxDays))
            errors.Add(new Refusal("accuracy.next-out-of-range", Principle.DataProtection).At(nameof(command.NextOn)).With("days", maxDays.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return errors.Any ? errors.All : new AccuracyReviewed
        {
            Id = command.Id, ActivityId = activity.Id, Checked = command.Checked, Wrong = command.Wrong, Corrected = command.Corrected, Conclusion = command.Conclusion.Trim(), NextOn = command.NextOn,
            By = by, At = now,
        };
    }

    public static Decision<RecipientToldOfCorrections> Tell(Sharing.Release release, string how, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("How", how, 1000)
            .Must(release.State == Sharing.ReleaseState.Approved, "How", "accuracy.release-not-approved", Principle.DataProtection);
        return errors.Any ? errors.All : new RecipientToldOfCorrections { ReleaseId = release.Id, ActivityId = release.ActivityId, How = how.Trim(), By = by, At = now };
    }
}
