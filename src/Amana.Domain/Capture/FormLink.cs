using Amana.Domain.Shared;

namespace Amana.Domain.Capture;

/// <summary>A web address under which somebody without an account fills a form. Whoever has it can fill and send, and read nothing. The token in it is never kept: only its hash.</summary>
public sealed class FormLink
{
    private FormLink() { }

    public FormLinkId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>The form's id; the newest published version is the one that is filled.</summary>
    public string FormId { get; private set; } = "";

    /// <summary>A label of the place or round, not a person's name.</summary>
    public string Label { get; private set; } = "";

    public FormLinkUse Use { get; private set; }

    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>The member of the team who answers for what comes through it; their role and competencies count.</summary>
    public StaffId HeldBy { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Keyed hash of the one record that a link for one use was used for; the same record may come again, no other.</summary>
    public byte[]? UsedFor { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public static FormLink Of(FormLinkMade change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, FormId = change.FormId, Label = change.Label, Use = change.Use, TokenHash = change.TokenHash, HeldBy = change.HeldBy,
        MadeAt = change.At, ExpiresAt = change.ExpiresAt,
    };

    public void Apply(FormLinkRevoked change) => RevokedAt = change.At;

    public void Apply(FormLinkUsed change) => (UsedFor, UsedAt) = (change.For, change.At);
}

/// <summary>For one record, or for as many as come until it ends.</summary>
public enum FormLinkUse { Once, Open }

public sealed record FormLinkMade : Change
{
    internal FormLinkMade() { }
    public FormLinkId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public string FormId { get; internal init; } = "";
    public string Label { get; internal init; } = "";
    public FormLinkUse Use { get; internal init; }
    public string TokenHash { get; internal init; } = "";
    public StaffId HeldBy { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public DateTimeOffset ExpiresAt { get; internal init; }
}

public sealed record FormLinkRevoked : Change
{
    internal FormLinkRevoked() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record FormLinkUsed : Change
{
    internal FormLinkUsed() { }
    public byte[] For { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}

public sealed record MakeLink(FormLinkId Id, string FormId, string Label, FormLinkUse Use, string TokenHash, StaffId HeldBy, DateTimeOffset ExpiresAt);
