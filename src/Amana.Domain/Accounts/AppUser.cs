using Amana.Domain.Shared;

namespace Amana.Domain.Accounts;

/// <summary>A phone that collects for one activity, with a token in its address, as ODK and Kobo Collect work. The token itself is never kept: only its hash.</summary>
public sealed class AppUser
{
    private AppUser() { }

    public AppUserId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>A label of the device or place, not a person's name.</summary>
    public string Label { get; private set; } = "";

    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>The interviewer who answers for this phone; collection is theirs, so their competencies count.</summary>
    public StaffId HeldBy { get; private set; }

    public DateTimeOffset IssuedAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public static AppUser Issue(AppUserIssued change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, Label = change.Label, TokenHash = change.TokenHash, HeldBy = change.HeldBy, IssuedAt = change.At,
    };

    public void Apply(AppUserRevoked change) => RevokedAt = change.At;
}

public sealed record AppUserIssued : Change
{
    internal AppUserIssued() { }
    public AppUserId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public string Label { get; internal init; } = "";
    public string TokenHash { get; internal init; } = "";
    public StaffId HeldBy { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record AppUserRevoked : Change
{
    internal AppUserRevoked() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record IssueAppUser(AppUserId Id, ActivityId ActivityId, string Label, string TokenHash, StaffId HeldBy);
