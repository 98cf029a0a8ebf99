using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>Copies of releases: made for a recipient until a day, called back, and answered.</summary>
public static class CopyRules
{
    /// <summary>Whether a copy may be made: its last day lies ahead and within the agreement.</summary>
    public static IReadOnlyList<Refusal> MayMake(CopyWish wish, bool keyIsGood, Agreement agreement, DateOnly today)
    {
        var errors = new FieldErrors().Must(wish.ExpiresOn > today, nameof(wish.ExpiresOn), "copy.expires-in-the-past", Principle.DataProtection)
            .Must(wish.Protection == CopyProtection.Password || keyIsGood, nameof(wish.RecipientKey), "copy.key-not-readable", Principle.DataProtection);
        if (wish.ExpiresOn > agreement.InForce.End)
            errors.Add(new Refusal("copy.expires-after-agreement", Principle.DataProtection).At(nameof(wish.ExpiresOn)).With("date", agreement.InForce.End.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        return errors.All;
    }

    /// <summary>Makes the next copy of an approved release. What may be made was asked before (<see cref="MayMake"/>, <see cref="SharingRules.MayHandOut"/>).</summary>
    public static Decision<CopyMade> Make(Release release, CopyWish wish, IReadOnlyCollection<ReleaseCopy> before, (string Hash, byte[] Box) package, StaffId by, DateTimeOffset now) =>
        release.State != ReleaseState.Approved
            ? new Refusal("release.not-approved", Principle.Impartiality).MendedBy(Mender.SomeoneElse, MendPage.Releases)
            : new CopyMade
            {
                Id = wish.Id, ReleaseId = release.Id, ActivityId = release.ActivityId, Number = before.Count + 1, Protection = wish.Protection,
                RecipientKey = wish.Protection == CopyProtection.PublicKey ? wish.RecipientKey?.Trim() : null, PackageHash = package.Hash, PackageBox = package.Box,
                ExpiresOn = wish.ExpiresOn, By = by, At = now,
            };

    /// <summary>Whether a copy may still be fetched: neither called back nor past its last day.</summary>
    public static IReadOnlyList<Refusal> MayFetch(ReleaseCopy copy, DateOnly today) =>
        copy.RecalledAt is not null ? [new Refusal("copy.recalled-already", Principle.Coordination)]
        : copy.ExpiresOn < today ? [new Refusal("copy.expired", Principle.DataProtection).MendedBy(Mender.InformationManagementOfficer, MendPage.Releases)]
        : [];

    public static Decision<CopyRecalled> Recall(ReleaseCopy copy, string reason, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Reason", reason, 1000).Must(copy.RecalledAt is null, "Reason", "copy.recalled-already", Principle.Coordination);
        return errors.Any ? errors.All : new CopyRecalled { Reason = reason.Trim(), By = by, At = now };
    }

    /// <summary>Enters what the recipient answered. An answer can be followed by another one, as when a copy that was passed on is deleted at last.</summary>
    public static Decision<RecallAnswered> Answer(ReleaseCopy copy, RecallAnswer answer, string note, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Note", note, 1000).Must(copy.RecalledAt is not null, "Answer", "copy.not-recalled", Principle.Coordination);
        return errors.Any ? errors.All : new RecallAnswered { Answer = answer, Note = note.Trim(), At = now };
    }
}
