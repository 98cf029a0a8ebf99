using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Capture;

/// <summary>Who may fill a form in a browser by an address, and for how long. Whether what comes may be kept is the gate's part, as for every submission.</summary>
public static class CaptureRules
{
    /// <summary>Longest life of a link, in days.</summary>
    public const int MaxDays = 366;

    /// <summary>Days after a link's end in which records that were finished without a line may still come.</summary>
    public const int GraceDays = 30;

    /// <summary>Makes a link. It ends by itself: a link without an end would outlive its purpose (DP-6).</summary>
    public static Decision<FormLinkMade> Make(MakeLink command, Activity activity, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text(nameof(command.Label), command.Label, 60).Text(nameof(command.FormId), command.FormId, 200)
            .Must(command.ExpiresAt > now && command.ExpiresAt <= now.AddDays(MaxDays), nameof(command.ExpiresAt), "form-link.end-out-of-range", Principle.DefinedPurpose);
        if (activity.Step == PimStep.Closed)
            errors.Add(new Refusal("activity.closed", Principle.DefinedPurpose));
        return errors.Any ? errors.All : new FormLinkMade
        {
            Id = command.Id, ActivityId = activity.Id, FormId = command.FormId, Label = command.Label.Trim(), Use = command.Use, TokenHash = command.TokenHash, HeldBy = command.HeldBy,
            At = now, ExpiresAt = command.ExpiresAt,
        };
    }

    public static Decision<FormLinkRevoked> Revoke(FormLink link, DateTimeOffset now) =>
        link.RevokedAt is null ? new FormLinkRevoked { At = now } : new Refusal("form-link.already-revoked");

    /// <summary>Whether the form still opens under the link.</summary>
    public static bool Opens(FormLink link, DateTimeOffset now) => link.RevokedAt is null && now < link.ExpiresAt && link.UsedFor is null;

    /// <summary>Whether anything may still come through the link: also for some days after its end, for a device that had no line.</summary>
    public static bool Takes(FormLink link, DateTimeOffset now) => link.RevokedAt is null && now < link.ExpiresAt.AddDays(GraceDays);

    /// <summary>Uses the link for a record. A link for one use takes the same record again, and refuses another one.</summary>
    /// <param name="link">The link.</param>
    /// <param name="record">Keyed hash of the record's instance id.</param>
    /// <param name="now">When.</param>
    public static Decision<FormLinkUsed> UseFor(FormLink link, byte[] record, DateTimeOffset now)
    {
        if (!Takes(link, now))
            return new Refusal("form-link.ended");
        return link.Use == FormLinkUse.Once && link.UsedFor is { } before && !before.AsSpan().SequenceEqual(record)
            ? new Refusal("form-link.used")
            : new FormLinkUsed { For = record, At = now };
    }

    /// <summary>A key pair for an activity that is not closed: a closed one takes nothing more.</summary>
    public static Decision<SealingKeyMade> MakeKey(SealingKeyId id, Activity activity, byte[] publicKey, byte[] privateBox, DateTimeOffset now) =>
        activity.Step == PimStep.Closed
            ? new Refusal("activity.closed", Principle.DefinedPurpose)
            : new SealingKeyMade { Id = id, ActivityId = activity.Id, PublicKey = publicKey, PrivateBox = privateBox, At = now };
}
