using Amana.Domain.Shared;

namespace Amana.Domain.Accounts;

/// <summary>How the operation wants its staff to sign in, and when an account that nobody uses is closed. Each is the operation's own choice.</summary>
public sealed record SignInPolicy
{
    /// <summary>Who has to have a second factor (a passkey, or one-time codes) beside the password.</summary>
    public SecondFactorFor SecondFactor { get; init; } = SecondFactorFor.DutyHolders;

    /// <summary>Days after an account was made, or after this was set, before the second factor is insisted on.</summary>
    public int GraceDays { get; init; } = 14;

    /// <summary>When the second factor was last asked for; none for the setting that an operation starts with.</summary>
    public DateTimeOffset? SetAt { get; init; }

    /// <summary>Days without a sign-in after which an account is closed; 0 closes none.</summary>
    public int UnusedDays { get; init; } = 90;

    /// <summary>Days before that at which it is said.</summary>
    public int UnusedNoticeDays { get; init; } = 14;
}

/// <summary>Whom the second factor is asked of.</summary>
public enum SecondFactorFor
{
    Nobody,

    /// <summary>Whoever holds a duty over the operation: administrators, focal points, coordinators.</summary>
    DutyHolders,

    Everybody,
}

/// <summary>The operation changed how its staff sign in.</summary>
public sealed record SignInPolicySet : Change
{
    internal SignInPolicySet() { }
    public SignInPolicy Policy { get; internal init; } = new();
}

/// <summary>How somebody stands to the second factor.</summary>
/// <param name="Has">They have one.</param>
/// <param name="DueOn">The first day on which it is insisted on; none when it is not asked of them.</param>
/// <param name="Missing">It is asked, not there, and the time of grace is over: nothing else is open until it is there.</param>
public sealed record FactorStanding(bool Has, DateOnly? DueOn, bool Missing);

/// <summary>Rules of signing in (OWASP ASVS 5.0, 6.3 and 7.4).</summary>
public static class SignInRules
{
    /// <summary>How somebody stands to the second factor that the operation asks for.</summary>
    public static FactorStanding Factor(SignInPolicy policy, IReadOnlyCollection<Duty> duties, DateTimeOffset accountMadeAt, bool has, DateTimeOffset now)
    {
        var asked = policy.SecondFactor switch
        {
            SecondFactorFor.Nobody => false,
            SecondFactorFor.DutyHolders => duties.Count > 0,
            _ => true,
        };
        if (!asked)
            return new FactorStanding(has, null, Missing: false);
        var since = policy.SetAt > accountMadeAt ? policy.SetAt.Value : accountMadeAt;
        var due = DateOnly.FromDateTime(since.UtcDateTime).AddDays(policy.GraceDays);
        return new FactorStanding(has, due, !has && due <= DateOnly.FromDateTime(now.UtcDateTime));
    }

    /// <summary>Sets how the staff sign in. Whoever was not asked before has the whole time of grace from now.</summary>
    public static Decision<SignInPolicySet> Set(SignInPolicy wanted, SignInPolicy present, DateTimeOffset now)
    {
        var errors = new FieldErrors()
            .Must(wanted.GraceDays is >= 0 and <= 60, nameof(wanted.GraceDays), "sign-in-policy.grace-out-of-range")
            .Must(wanted.UnusedDays is 0 or (>= 30 and <= 730), nameof(wanted.UnusedDays), "sign-in-policy.unused-out-of-range");
        return errors.Any ? errors.All : new SignInPolicySet
        {
            Policy = wanted with { SetAt = wanted.SecondFactor > present.SecondFactor ? now : present.SetAt, UnusedNoticeDays = present.UnusedNoticeDays },
        };
    }
}
