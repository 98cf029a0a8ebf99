using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>Name and password of a phone, for clients that know no token in the address.</summary>
public sealed record PhoneCredentials(string UserName, string Password);

/// <summary>What stands in an Authorization header, as far as it was understood; <paramref name="Parts"/> are those of a Digest.</summary>
public sealed record GivenCredentials(string Scheme, string? UserName, string? Password, IReadOnlyDictionary<string, string> Parts);

/// <summary>How credentials fared: the phone they belong to, none for wrong ones, and whether only the challenge had become old.</summary>
public sealed record PhoneSignIn(AppUser? Phone, bool Stale);

/// <summary>Lets phones in by name and password: Basic (RFC 7617), and Digest with MD5 and qop=auth (RFC 7616), the one kind that Collect's client answers.
/// Names and passwords are derived from the phone's id under the keyring, so that no password, and no hash that stands for one, is kept anywhere.</summary>
public sealed class PhonePasswords(AmanaDb db, Keyring keyring, AnsweredChallenges answered, TimeProvider clock)
{
    public const string Realm = "amana";

    private static readonly TimeSpan NonceLife = TimeSpan.FromMinutes(10);

    /// <summary>The name and password of a phone: the same each time, until its token is revoked.</summary>
    public PhoneCredentials Of(AppUserId phone) => new("phone-" + Code("name", phone, 8).ToLowerInvariant(), Code("password", phone, 24));

    /// <summary>A fresh challenge of Digest: its moment under the house's seal, so that none has to be remembered.</summary>
    public string Nonce()
    {
        var moment = BitConverter.GetBytes(clock.GetUtcNow().UtcTicks);
        return Convert.ToHexStringLower([.. moment, .. SealOf(moment)]);
    }

    /// <summary>The phone of the activity that the credentials belong to.</summary>
    /// <param name="activity">The activity whose address was asked.</param>
    /// <param name="given">The header.</param>
    /// <param name="method">Method of the request, and</param>
    /// <param name="target">its path and query as they were sent, which a Digest binds.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<PhoneSignIn> Read(ActivityId activity, GivenCredentials given, string method, string target, CancellationToken cancellationToken)
    {
        var phones = await db.Set<AppUser>().AsNoTracking().Where(a => a.ActivityId == activity && a.RevokedAt == null).ToListAsync(cancellationToken);
        if (phones.FirstOrDefault(p => Of(p.Id).UserName == given.UserName) is not { } phone)
            return new PhoneSignIn(null, Stale: false);
        var credentials = Of(phone.Id);
        if (given.Scheme == "Basic")
            return new PhoneSignIn(given.Password is { } password && Same(password, credentials.Password) ? phone : null, Stale: false);
        if (!IsOurKind(given.Parts) || !given.Parts.TryGetValue("uri", out var uri) || uri != target || !given.Parts.TryGetValue("response", out var response) || !Same(response.ToLowerInvariant(), Response(credentials, given.Parts, method, uri)))
            return new PhoneSignIn(null, Stale: false);
        var nonce = given.Parts.GetValueOrDefault("nonce", "");
        var fresh = IsFresh(nonce) && answered.Take(nonce.ToLowerInvariant(), given.Parts["nc"], NonceLife);
        return new PhoneSignIn(fresh ? phone : null, Stale: !fresh);
    }

    /// <summary>The one kind of answer that was asked for: an answer of another realm, method, or way of protecting is wrong, also where its sums are right.</summary>
    private static bool IsOurKind(IReadOnlyDictionary<string, string> parts) =>
        parts.GetValueOrDefault("qop") == "auth" && parts.GetValueOrDefault("realm") == Realm && parts.GetValueOrDefault("algorithm", "MD5").Equals("MD5", StringComparison.OrdinalIgnoreCase)
        && parts.GetValueOrDefault("nc") is { Length: 8 } count && count.All(char.IsAsciiHexDigit) && parts.GetValueOrDefault("cnonce") is { Length: > 0 };

    private static string Response(PhoneCredentials credentials, IReadOnlyDictionary<string, string> parts, string method, string uri)
    {
        string Part(string name) => parts.GetValueOrDefault(name, "");
        var who = Md5($"{credentials.UserName}:{Realm}:{credentials.Password}");
        return Md5($"{who}:{Part("nonce")}:{Part("nc")}:{Part("cnonce")}:{Part("qop")}:{Md5($"{method}:{uri}")}");
    }

#pragma warning disable CA5351 // Digest as phones know it is MD5; the password it stands for is 120 random bits, and the line is expected to be HTTPS
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));

    private bool IsFresh(string nonce)
    {
        if (nonce.Length != 48 || !nonce.All(char.IsAsciiHexDigit))
            return false;
        var bytes = Convert.FromHexString(nonce);
        var age = clock.GetUtcNow().UtcTicks - BitConverter.ToInt64(bytes);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(8), SealOf(bytes.AsSpan(0, 8))) && age >= 0 && age <= NonceLife.Ticks;
    }

    private byte[] SealOf(ReadOnlySpan<byte> moment) => HMACSHA256.HashData(keyring.Derive("phone/nonce"), moment)[..16];

    private string Code(string use, AppUserId phone, int length) => Ids.CodeOf(HMACSHA256.HashData(keyring.Derive("phone/" + use), phone.Value.ToByteArray()), length);
}
