using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Records;

/// <summary>How far a record was looked at. ODK Central's states without "rejected": what cannot be used is not kept under a flag, it is erased.</summary>
public enum ReviewState
{
    /// <summary>It came in and keeps every rule of its form; nobody has looked at it yet.</summary>
    Received,

    /// <summary>Somebody has to look: it was admitted with findings, or has a newer version than was looked at.</summary>
    NeedsLook,

    /// <summary>Somebody looked and something has to be mended.</summary>
    HasIssues,

    /// <summary>Somebody looked and it stands.</summary>
    Approved,
}

/// <summary>Words about a record: a comment, or why it was admitted, corrected or judged. They may name people, so they are sealed under the person's own key and go with the person.</summary>
public sealed class RecordComment
{
    private RecordComment() { }

    public Guid Id { get; private set; }
    public RecordId RecordId { get; private set; }
    public PersonId PersonId { get; private set; }
    public CommentKind Kind { get; private set; }

    /// <summary>The version of the record that it is about.</summary>
    public int Version { get; private set; }

    /// <summary>The staff member who wrote it.</summary>
    public StaffId By { get; private set; }

    public DateTimeOffset At { get; private set; }
    public byte[] Box { get; private set; } = [];

    public static RecordComment Of(RecordCommented change) => new()
    {
        Id = change.Id, RecordId = change.RecordId, PersonId = change.PersonId, Kind = change.Kind, Version = change.Version, By = change.By, At = change.At, Box = change.Box,
    };
}

/// <summary>What the words are: a comment; or the reason of an admission, a correction or a judgement.</summary>
public enum CommentKind { Comment, Admission, Correction, Review }

/// <summary>Words about a record that are to be kept.</summary>
/// <param name="Words">As they were written, only to be judged here.</param>
/// <param name="Box">The same, sealed for the person.</param>
public sealed record CommentOnRecord(Guid Id, CommentKind Kind, string? Words, byte[] Box, StaffId By);

public sealed record RecordCommented : Change
{
    internal RecordCommented() { }
    public Guid Id { get; internal init; }
    public RecordId RecordId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public CommentKind Kind { get; internal init; }
    public int Version { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public byte[] Box { get; internal init; } = [];
}

public sealed record RecordReviewed : Change
{
    internal RecordReviewed() { }
    public ReviewState State { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Judging records and writing about them.</summary>
public static class ReviewRules
{
    /// <summary>Keeps words about a record, or the reason of what was decided on it. Refused when there are none, or when the person has withdrawn.</summary>
    public static Decision<RecordCommented> Comment(RecordId record, PersonId person, int version, RecordState state, CommentOnRecord command, DateTimeOffset now)
    {
        if (state != RecordState.InUse)
            return new Refusal("consent.withdrawn", Principle.InformedConsent).With("rule", "IC-5");
        if (string.IsNullOrWhiteSpace(command.Words) || command.Words.Length > RecordRules.MostReason)
            return new Refusal(command.Kind == CommentKind.Comment ? "record.comment-missing" : "record.reason-missing", Principle.DataProtection).At("Words")
                .With("most", RecordRules.MostReason.ToString(System.Globalization.CultureInfo.InvariantCulture)).MendedBy(Mender.You, MendPage.Records);
        return new RecordCommented { Id = command.Id, RecordId = record, PersonId = person, Kind = command.Kind, Version = version, By = command.By, At = now, Box = command.Box };
    }

    /// <summary>Judges the newest version. Whoever corrected it does not approve it (IMP-5), and nobody sets it back to not looked at.</summary>
    /// <param name="record">The record.</param>
    /// <param name="state">The judgement.</param>
    /// <param name="correctedBy">Who made the newest version by a correction, if that is how it came.</param>
    /// <param name="by">Who judges.</param>
    /// <param name="now">The moment.</param>
    public static Decision<RecordReviewed> Judge(RecordEntry record, ReviewState state, Guid? correctedBy, StaffId by, DateTimeOffset now)
    {
        if (record.State != RecordState.InUse)
            return new Refusal("consent.withdrawn", Principle.InformedConsent).With("rule", "IC-5");
        if (state == ReviewState.Received)
            return new Refusal("record.review-back").At("State");
        if (state == ReviewState.Approved && correctedBy == by.Value)
            return new Refusal("record.own-correction", Principle.Impartiality).With("rule", "IMP-5").MendedBy(Mender.ActivityLead, MendPage.Team);
        return new RecordReviewed { State = state, By = by, At = now };
    }

    /// <summary>What stands against a correction: it changes nothing; it changes what was said about consent; or it breaks a rule of the form that was not broken before. Each at its question.</summary>
    /// <param name="before">Answers as they stand, by path with positions.</param>
    /// <param name="after">Answers as they would be.</param>
    /// <param name="form">The form.</param>
    /// <param name="known">What did not fit before.</param>
    /// <param name="findings">What would not fit.</param>
    public static IReadOnlyList<Refusal> Correct(
        IReadOnlyList<(string Path, string Answer)> before, IReadOnlyList<(string Path, string Answer)> after, FormVersion form, IReadOnlyList<CheckFinding> known, IReadOnlyList<CheckFinding> findings)
    {
        var (old, now) = (before.ToHashSet(), after.ToHashSet());
        var changed = old.Except(now).Concat(now.Except(old)).Select(a => a.Path).Distinct(StringComparer.Ordinal).ToList();
        if (changed.Count == 0)
            return [new Refusal("record.nothing-changed").MendedBy(Mender.You, MendPage.Records)];
        var refusals = changed.Where(path => IsConsent(form, path)).Select(path => new Refusal("record.consent-not-corrected", Principle.InformedConsent).With("rule", "IC-5").At(path).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Requests)).ToList();
        refusals.AddRange(findings.Where(f => f.Holds && !known.Any(k => k.What == f.What && k.Path == f.Path)).Select(f => new Refusal("record.correction-breaks").With("rule", f.What.ToString()).With("path", f.Path).At(f.Path).MendedBy(Mender.You, MendPage.Records)));
        return refusals;
    }

    /// <summary>What people said about consent, and the number of their receipt.</summary>
    private static bool IsConsent(FormVersion form, string path) =>
        form.Element(Places.WithoutPositions(path)) is { } e && (e.Ask is not null || e.Role is ElementRole.ConsentGivenBy or ElementRole.ConsentMeans or ElementRole.NoticeLanguage or ElementRole.ReceiptCode);
}
