using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>A browser in which a staff member has signed in before. It keeps the owner in while somebody elsewhere guesses at their password; it is no proof of anything else.</summary>
public sealed class KnownDevice
{
    /// <summary>For how long an unused one is remembered.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    /// <summary>Wrong passwords or codes before it is known no more.</summary>
    public const int MostFailures = 5;

    private KnownDevice() { }

    internal KnownDevice(Guid id, StaffId staffId, string tokenHash, DateTimeOffset at) => (Id, StaffId, TokenHash, LastUsedAt) = (id, staffId, tokenHash, at);

    public Guid Id { get; private set; }
    public StaffId StaffId { get; private set; }

    /// <summary>SHA-256 of the token in the cookie, hexadecimal.</summary>
    public string TokenHash { get; private set; } = "";

    public DateTimeOffset LastUsedAt { get; private set; }

    /// <summary>Failures since the last sign-in.</summary>
    public int Failures { get; private set; }

    public bool CountsAt(DateTimeOffset now) => Failures < MostFailures && now - LastUsedAt < KeptFor;

    internal void Use(DateTimeOffset at) => (LastUsedAt, Failures) = (at, 0);

    internal void Fail() => Failures++;
}

/// <summary>Who has to wait before trying again. Guessing is counted by account, by network address and over the whole house; a browser in which the owner has signed in before is
/// counted by itself, so that a flood locks out whoever makes it and not whom it is aimed at.</summary>
public sealed class SignInLimits(AmanaDb db, SignInAttempts attempts, TimeProvider clock)
{
    /// <summary>The known browser of this staff member that the token names; none for a stranger's.</summary>
    public async Task<KnownDevice?> Device(string? token, StaffId staff, CancellationToken cancellationToken)
    {
        if (token is not { Length: > 0 and < 200 })
            return null;
        var hash = SessionTokens.HashOf(token);
        var device = await db.Set<KnownDevice>().FirstOrDefaultAsync(d => d.TokenHash == hash && d.StaffId == staff, cancellationToken);
        return device?.CountsAt(clock.Now()) == true ? device : null;
    }

    /// <summary>Whether whoever comes from there without a known browser must wait.</summary>
    public bool MustWait(string address) => attempts.MustWait(address);

    /// <summary>A wrong password or code: counted for the known browser where there is one, else for account and address.</summary>
    public void Failed(Account account, KnownDevice? device, string address)
    {
        device?.Fail();
        if (device is not null)
            return;
        account.CountFailure(clock.Now());
        attempts.Failed(address);
    }

    /// <summary>A try under a name that nobody has.</summary>
    public void FailedUnknown(string address) => attempts.Failed(address);

    /// <summary>Somebody signed in: their browser is known from now on.</summary>
    /// <returns>The token for a browser that was not known before.</returns>
    public string? Succeeded(Account account, KnownDevice? device, string address)
    {
        attempts.Succeeded(address);
        account.NoteSignIn(clock.Now());
        device?.Use(clock.Now());
        if (device is not null)
            return null;
        var token = SessionTokens.New();
        db.Add(new KnownDevice(Ids.NewGuid(clock), new StaffId(account.Id), SessionTokens.HashOf(token), clock.Now()));
        return token;
    }
}
