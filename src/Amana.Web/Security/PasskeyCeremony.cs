using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amana.Features.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Amana.Web.Security;

/// <summary>Asks browsers for passkeys and checks what they answer (WebAuthn level 3, by the framework's own handler). The challenge waits sealed in a cookie of this browser,
/// five minutes, and is taken once. What is right is handed to the use cases, which decide and enter it.</summary>
public sealed class PasskeyCeremony(IPasskeyHandler<Account> handler, IDataProtectionProvider protection, UsedChallenges used, TimeProvider clock)
{
    private const string Cookie = "amana-passkey";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly IDataProtector _protector = protection.CreateProtector("passkey-challenge");

    /// <summary>What the browser is asked in order to make a new passkey.</summary>
    public async Task<string> AskToAdd(HttpContext context, Guid staff, string name)
    {
        var asked = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = staff.ToString(), Name = name, DisplayName = name }, context);
        Keep(context, "add", asked.AttestationState);
        return asked.CreationOptionsJson;
    }

    /// <summary>What the browser is asked in order to show a passkey of this house, whoever's it is.</summary>
    public async Task<string> AskToShow(HttpContext context)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, context);
        Keep(context, "show", asked.AssertionState);
        return asked.RequestOptionsJson;
    }

    /// <summary>The new passkey; none when the answer is not right, or not of the staff member who asked.</summary>
    public async Task<UserPasskeyInfo?> Added(HttpContext context, Guid staff, string credential)
    {
        if (Take(context, "add") is not { } state || !IsJson(credential))
            return null;
        var made = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = state });
        return made.Succeeded && made.UserEntity.Id == staff.ToString() ? made.Passkey : null;
    }

    /// <summary>The passkey that was shown and whose it is; none when the answer is not right.</summary>
    public async Task<ShownPasskey?> Shown(HttpContext context, string credential)
    {
        if (Take(context, "show") is not { } state || !IsJson(credential))
            return null;
        var shown = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = state });
        return shown is { Succeeded: true, Passkey.IsUserVerified: true } ? new ShownPasskey(shown.User.Id, shown.Passkey) : null;
    }

    private void Keep(HttpContext context, string use, string? state)
    {
        var until = clock.GetUtcNow().Add(Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var text = string.Join('\n', use, until, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), state);
        var sealedText = Convert.ToBase64String(_protector.Protect(Encoding.UTF8.GetBytes(text)));
        context.Response.Cookies.Append(Cookie, sealedText, Options(context, Life));
    }

    private string? Take(HttpContext context, string use)
    {
        if (context.Request.Cookies[Cookie] is not { Length: < 4000 } sealedText)
            return null;
        context.Response.Cookies.Delete(Cookie, Options(context, null));
        try
        {
            var parts = Encoding.UTF8.GetString(_protector.Unprotect(Convert.FromBase64String(sealedText))).Split('\n', 4);
            var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture));
            return parts[0] == use && until > clock.GetUtcNow() && used.TakeOnce(parts[2], until, clock.GetUtcNow()) ? parts[3] : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static bool IsJson(string text)
    {
        if (text.Length is 0 or > 20_000)
            return false;
        try
        {
            using var read = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            return read.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? life) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", MaxAge = life, IsEssential = true };
}

/// <summary>Challenges that were answered, for as long as they would count: each counts once in this process.</summary>
public sealed class UsedChallenges
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _taken = new(StringComparer.Ordinal);

    public bool TakeOnce(string challenge, DateTimeOffset until, DateTimeOffset now)
    {
        foreach (var old in _taken.Where(t => t.Value < now).Select(t => t.Key).ToList())
            _taken.TryRemove(old, out _);
        return _taken.TryAdd(challenge, until);
    }
}
