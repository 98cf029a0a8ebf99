using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace Amana.Web.Security;

/// <summary>An identity outside that was shown and waits, sealed in a cookie of this browser for five minutes, until its owner says that it shall open their account.</summary>
public static class PendingLink
{
    private const string Cookie = "amana-outside";
    private const char Between = '\u001f';
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public static void Write(HttpContext context, OutsideClaims claims, DateTimeOffset now)
    {
        var text = string.Join(Between, now.Add(Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), claims.Issuer, claims.Subject.Reveal(), claims.Mail.Reveal(), claims.MailVerified ? "yes" : "no",
            string.Join('\n', claims.Groups.Take(40)));
        context.Response.Cookies.Append(Cookie, Convert.ToBase64String(Protector(context).Protect(Encoding.UTF8.GetBytes(text))), Options(context, Life));
    }

    /// <summary>What waits; none when nothing does, or for too long.</summary>
    public static OutsideClaims? Read(HttpContext context, DateTimeOffset now)
    {
        if (context.Request.Cookies[Cookie] is not { Length: < 4000 } sealedText)
            return null;
        try
        {
            var parts = Encoding.UTF8.GetString(Protector(context).Unprotect(Convert.FromBase64String(sealedText))).Split(Between);
            if (parts.Length != 6 || DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture)) < now)
                return null;
            return new OutsideClaims(parts[1], new Sensitive<string>(parts[2]), new Sensitive<string>(parts[3]), parts[4] == "yes", new Sensitive<string>(""),
                parts[5].Split('\n', StringSplitOptions.RemoveEmptyEntries), null, SecondFactor: false);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context, null));

    private static IDataProtector Protector(HttpContext context) => context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("outside-link");

    private static CookieOptions Options(HttpContext context, TimeSpan? life) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/accounts", MaxAge = life, IsEssential = true };
}
