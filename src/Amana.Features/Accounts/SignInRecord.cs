using Amana.Domain.Shared;

namespace Amana.Features.Accounts;

/// <summary>A line of somebody's own history of sign-ins: when, whether it succeeded, by what means, from what kind of device. It holds no network address, only four
/// characters of a keyed hash by which two places can be told apart, and goes after <see cref="KeptFor"/>.</summary>
public sealed class SignInRecord
{
    /// <summary>How long a person can look back.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private SignInRecord() { }

    internal SignInRecord(Guid id, StaffId staffId, SignInResult result, SignInMeans means, SignInFrom from, DateTimeOffset at) =>
        (Id, StaffId, Result, Means, Device, Place, At) = (id, staffId, result, means, from.Device, from.Place, at);

    public Guid Id { get; private set; }
    public StaffId StaffId { get; private set; }
    public SignInResult Result { get; private set; }
    public SignInMeans Means { get; private set; }
    public string Device { get; private set; } = "";
    public string Place { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
}

/// <summary>How a try to sign in ended.</summary>
public enum SignInResult { Succeeded, WrongPassword, WrongCode, Locked, Left, OutsideRefused }

/// <summary>By what somebody showed who they are.</summary>
public enum SignInMeans { Password, PasswordAndCode, PasswordAndRecoveryCode, Passkey, OpenId, OpenIdAndFactor }

/// <summary>From where somebody signs in, as far as it is kept: the family of browser and system, and a short keyed hash of the network address.</summary>
public sealed record SignInFrom(string Device, string Place);

/// <summary>The one-time codes of a staff member. Secrets are derived from the salt under the keyring and kept nowhere.</summary>
public sealed class OneTimeFactor
{
    private OneTimeFactor() { }

    internal OneTimeFactor(StaffId staffId, byte[] salt) => (StaffId, Salt) = (staffId, salt);

    public StaffId StaffId { get; private set; }
    public byte[] Salt { get; private set; } = [];

    /// <summary>When the first right code came; before that it asks nothing of anybody.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>The step of the last code that was taken: it and those before it are not taken again.</summary>
    public long LastStep { get; private set; }

    internal void Take(long step, DateTimeOffset now) => (LastStep, ConfirmedAt) = (step, ConfirmedAt ?? now);
}

/// <summary>A code on paper, for the day the phone is lost: good once.</summary>
public sealed class RecoveryCode
{
    private RecoveryCode() { }

    internal RecoveryCode(Guid id, StaffId staffId, string hash) => (Id, StaffId, Hash) = (id, staffId, hash);

    public Guid Id { get; private set; }
    public StaffId StaffId { get; private set; }

    /// <summary>Keyed hash of the code, hexadecimal.</summary>
    public string Hash { get; private set; } = "";

    public DateTimeOffset? UsedAt { get; private set; }

    internal void Use(DateTimeOffset at) => UsedAt = at;
}
