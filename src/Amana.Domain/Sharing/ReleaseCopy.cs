using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>One copy of an approved release as its recipient has it: encrypted to the recipient, with codes of its own by which a leak can be told apart, until a day. When it is called
/// back, the recipient's answer is kept (CO-4, CO-5, IC-5).</summary>
public sealed class ReleaseCopy
{
    private ReleaseCopy() { }

    public ReleaseCopyId Id { get; private set; }
    public ReleaseId ReleaseId { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>First, second, third copy of the release.</summary>
    public int Number { get; private set; }

    public CopyProtection Protection { get; private set; }

    /// <summary>The public key that it is encrypted to; none where it opens with a password.</summary>
    public string? RecipientKey { get; private set; }

    /// <summary>SHA-256 of the encrypted package, lower-case hexadecimal.</summary>
    public string PackageHash { get; private set; } = "";

    public StaffId MadeBy { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>From the day after it the recipient holds it no longer; it is not handed out any more either.</summary>
    public DateOnly ExpiresOn { get; private set; }

    public DateTimeOffset? RecalledAt { get; private set; }
    public string? RecallReason { get; private set; }
    public RecallAnswer? Answer { get; private set; }
    public string? AnswerNote { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    public static ReleaseCopy Of(CopyMade change) => new()
    {
        Id = change.Id, ReleaseId = change.ReleaseId, ActivityId = change.ActivityId, Number = change.Number, Protection = change.Protection, RecipientKey = change.RecipientKey,
        PackageHash = change.PackageHash, MadeBy = change.By, MadeAt = change.At, ExpiresOn = change.ExpiresOn,
    };

    public void Apply(CopyRecalled change) => (RecalledAt, RecallReason) = (change.At, change.Reason);

    public void Apply(RecallAnswered change) => (Answer, AnswerNote, AnsweredAt) = (change.Answer, change.Note, change.At);
}

/// <summary>The package of a copy, sealed once more under the activity's key; it goes with the activity's data.</summary>
public sealed class ReleaseCopyFile
{
    private ReleaseCopyFile() { }

    public ReleaseCopyId CopyId { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public byte[] Box { get; private set; } = [];

    public static ReleaseCopyFile Of(CopyMade change) => new() { CopyId = change.Id, ActivityId = change.ActivityId, Box = change.PackageBox };
}

/// <summary>How a copy is closed for everybody but its recipient.</summary>
public enum CopyProtection { Password, PublicKey }

/// <summary>What a recipient answered when a copy was called back.</summary>
public enum RecallAnswer { Deleted, Replaced, PassedOn, Refused, Lost }

public sealed record CopyMade : Change
{
    internal CopyMade() { }
    public ReleaseCopyId Id { get; internal init; }
    public ReleaseId ReleaseId { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public int Number { get; internal init; }
    public CopyProtection Protection { get; internal init; }
    public string? RecipientKey { get; internal init; }
    public string PackageHash { get; internal init; } = "";
    public byte[] PackageBox { get; internal init; } = [];
    public DateOnly ExpiresOn { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record CopyRecalled : Change
{
    internal CopyRecalled() { }
    public string Reason { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record RecallAnswered : Change
{
    internal RecallAnswered() { }
    public RecallAnswer Answer { get; internal init; }
    public string Note { get; internal init; } = "";
    public DateTimeOffset At { get; internal init; }
}

/// <summary>What is wished of a copy.</summary>
/// <param name="Id">Its id, made before by the page.</param>
/// <param name="Protection">Password or public key.</param>
/// <param name="RecipientKey">The recipient's key, as it was given.</param>
/// <param name="ExpiresOn">Its last day.</param>
public sealed record CopyWish(ReleaseCopyId Id, CopyProtection Protection, string? RecipientKey, DateOnly ExpiresOn);
