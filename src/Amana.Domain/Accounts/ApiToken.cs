using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Accounts;

/// <summary>What a program may do with a token. Each is a part of what its holder may; none reaches further.</summary>
public enum TokenUse
{
    /// <summary>Read plans, forms and rules of the activity.</summary>
    Read,

    /// <summary>Upload, compare and publish forms; change plans.</summary>
    Plan,

    /// <summary>Bring in submissions and tables.</summary>
    Collect,

    /// <summary>Figures and codes without identity.</summary>
    Figures,
}

/// <summary>The reach of a token: which activities, and which uses. Whatever it does not name is refused; releasing, opening records, changing, erasing and approving are never among it.</summary>
public sealed record TokenScope(IReadOnlyList<ActivityId> Activities, IReadOnlyList<TokenUse> Uses)
{
    /// <summary>Whether it reaches to the activity for the use; without a use, whether it reaches to the activity at all.</summary>
    public bool Covers(ActivityId activity, TokenUse? use) => Activities.Contains(activity) && (use is null || Uses.Contains(use.Value));

    /// <summary>The use that an operation on data about people needs; none for those that no program does.</summary>
    public static TokenUse? UseFor(Operation operation) => operation switch
    {
        Operation.Collect => TokenUse.Collect,
        Operation.Analyse => TokenUse.Figures,
        _ => null,
    };

    internal static Refusal Refused(TokenUse? use) =>
        use is { } named ? new Refusal("token.use-not-given", Principle.DataProtection).With("use", named.ToString()) : new Refusal("token.never", Principle.DataProtection);
}

/// <summary>A secret by which a program acts for a staff member, within a scope and until a day. Only its hash is kept.</summary>
public sealed class ApiToken
{
    private ApiToken() { }

    public ApiTokenId Id { get; private set; }
    public StaffId HeldBy { get; private set; }

    /// <summary>What uses it; no person's name.</summary>
    public string Label { get; private set; } = "";

    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public string TokenHash { get; private set; } = "";

    public TokenScope Scope { get; private set; } = new([], []);
    public DateTimeOffset IssuedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public bool LivesAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    public static ApiToken Issue(ApiTokenIssued change) => new()
    {
        Id = change.Id, HeldBy = change.HeldBy, Label = change.Label, TokenHash = change.TokenHash, Scope = change.Scope, IssuedAt = change.At, ExpiresAt = change.ExpiresAt,
    };

    public void Apply(ApiTokenRevoked change) => RevokedAt = change.At;
}

public sealed record ApiTokenIssued : Change
{
    internal ApiTokenIssued() { }
    public ApiTokenId Id { get; internal init; }
    public StaffId HeldBy { get; internal init; }
    public string Label { get; internal init; } = "";
    public string TokenHash { get; internal init; } = "";
    public TokenScope Scope { get; internal init; } = new([], []);
    public DateTimeOffset At { get; internal init; }
    public DateTimeOffset ExpiresAt { get; internal init; }
}

public sealed record ApiTokenRevoked : Change
{
    internal ApiTokenRevoked() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record IssueApiToken(ApiTokenId Id, StaffId HeldBy, string Label, string TokenHash, TokenScope Scope, int Days);

/// <summary>Rules of tokens for programs.</summary>
public static class ApiTokenRules
{
    public const int MostDays = 365;

    public static Decision<ApiTokenIssued> Issue(IssueApiToken command, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text(nameof(command.Label), command.Label, 60)
            .Must(command.Scope.Activities.Count > 0, "Activities", "token.no-activity")
            .Must(command.Scope.Uses.Count > 0, "Uses", "token.no-use")
            .Must(command.Days is >= 1 and <= MostDays, nameof(command.Days), "token.days-out-of-range");
        return errors.Any ? errors.All : new ApiTokenIssued
        {
            Id = command.Id, HeldBy = command.HeldBy, Label = command.Label.Trim(), TokenHash = command.TokenHash, Scope = command.Scope, At = now, ExpiresAt = now.AddDays(command.Days),
        };
    }

    public static Decision<ApiTokenRevoked> Revoke(ApiToken token, DateTimeOffset now) =>
        token.RevokedAt is null ? new ApiTokenRevoked { At = now } : new Refusal("token.already-revoked");
}
