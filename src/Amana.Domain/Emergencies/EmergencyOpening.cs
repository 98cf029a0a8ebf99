using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Emergencies;

/// <summary>Break-glass: one record that one person opened at once because of danger to life, outside the ordinary rules. A second person must review it within the
/// operation's limit; until then the first opens no other that way.</summary>
public sealed class EmergencyOpening
{
    private EmergencyOpening() { }

    public EmergencyId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public RecordId RecordId { get; private set; }

    /// <summary>The person concerned; none once they are erased, while the opening stays to be reviewed.</summary>
    public PersonId? PersonId { get; private set; }

    public StaffId OpenedBy { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset ReviewBy { get; private set; }

    /// <summary>Why, sealed under the person's own key: it dies with the person.</summary>
    public byte[] ReasonBox { get; private set; } = [];

    public StaffId? ReviewedBy { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }
    public EmergencyVerdict? Verdict { get; private set; }

    /// <summary>What the reviewer found, without names.</summary>
    public string? Words { get; private set; }

    public bool IsOverdue(DateTimeOffset now) => ReviewedAt is null && ReviewBy <= now;

    public static EmergencyOpening Of(RecordOpenedInEmergency change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, RecordId = change.RecordId, PersonId = change.PersonId, OpenedBy = change.By, OpenedAt = change.At, ReviewBy = change.ReviewBy,
        ReasonBox = change.ReasonBox,
    };

    public void Apply(EmergencyReviewed change) => (ReviewedBy, ReviewedAt, Verdict, Words) = (change.By, change.At, change.Verdict, change.Words);
}

/// <summary>What the second person found.</summary>
public enum EmergencyVerdict { Justified, NotJustified }

public sealed record RecordOpenedInEmergency : Change
{
    internal RecordOpenedInEmergency() { }
    public EmergencyId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public RecordId RecordId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public DateTimeOffset ReviewBy { get; internal init; }
    public byte[] ReasonBox { get; internal init; } = [];
}

public sealed record EmergencyReviewed : Change
{
    internal EmergencyReviewed() { }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public EmergencyVerdict Verdict { get; internal init; }
    public string? Words { get; internal init; }
}

/// <summary>Opening one record because of danger to life; the reason is sealed before it gets here.</summary>
public sealed record OpenInEmergency(EmergencyId Id, ActivityId ActivityId, RecordId RecordId, PersonId PersonId, int ReasonLength, byte[] ReasonBox);

/// <summary>Rules of break-glass.</summary>
public static class EmergencyRules
{
    /// <summary>Shortest reason, in characters: a sentence, not a word.</summary>
    public const int ShortestReason = 20;

    public const int LongestReason = 2000;

    /// <summary>Opens a record, where the gate's answer for emergencies allows it and no earlier opening of the same person waits for review, nor one of the activity over its time.</summary>
    /// <param name="command">What is opened.</param>
    /// <param name="gate">The gate's answer for emergencies.</param>
    /// <param name="by">Who opens.</param>
    /// <param name="earlier">The openings of the activity so far, and those of the person elsewhere.</param>
    /// <param name="reviewHours">Within how many hours a second person must look at it.</param>
    /// <param name="now">When.</param>
    public static Decision<RecordOpenedInEmergency> Open(OpenInEmergency command, GateAnswer gate, StaffId by, IReadOnlyCollection<EmergencyOpening> earlier, int reviewHours, DateTimeOffset now)
    {
        List<Refusal> refusals = [.. gate.Refusals];
        if (command.ReasonLength is < ShortestReason or > LongestReason)
            refusals.Add(new Refusal("emergency.reason-length").At("Reason").With("shortest", Written(ShortestReason)).With("longest", Written(LongestReason)));
        if (earlier.Any(e => e.OpenedBy == by && e.ReviewedAt is null))
            refusals.Add(new Refusal("emergency.own-not-reviewed", Principle.DataProtection).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Emergencies));
        else if (earlier.Any(e => e.ActivityId == command.ActivityId && e.IsOverdue(now)))
            refusals.Add(new Refusal("emergency.review-overdue", Principle.DataProtection).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Emergencies));
        return refusals.Count > 0 ? refusals : new RecordOpenedInEmergency
        {
            Id = command.Id, ActivityId = command.ActivityId, RecordId = command.RecordId, PersonId = command.PersonId, By = by, At = now, ReviewBy = now.AddHours(reviewHours),
            ReasonBox = command.ReasonBox,
        };
    }

    /// <summary>A second person says whether it was justified; whoever opened the record does not review it.</summary>
    public static Decision<EmergencyReviewed> Review(EmergencyOpening opening, EmergencyVerdict? verdict, string? words, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Must(verdict is not null, "Verdict", "field.required").Text("Words", words, 2000, required: verdict == EmergencyVerdict.NotJustified)
            .Must(opening.OpenedBy != by, "Verdict", "emergency.own-review", Principle.Impartiality)
            .Must(opening.ReviewedAt is null, "Verdict", "emergency.reviewed-already");
        return errors.Any ? errors.All : new EmergencyReviewed { By = by, At = now, Verdict = verdict!.Value, Words = string.IsNullOrWhiteSpace(words) ? null : words.Trim() };
    }

    private static string Written(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
