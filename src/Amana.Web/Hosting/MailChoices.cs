using System.Globalization;
using Amana.Features.Principles;

namespace Amana.Web.Hosting;

/// <summary>The mail server for the daily digest, from the environment: AMANA_MAIL_SERVER (host:port), AMANA_MAIL_FROM, AMANA_MAIL_SITE, and AMANA_MAIL_PLAIN=1 for a server on this machine
/// that speaks without encryption. Off unless the first three are there.</summary>
public static class MailChoices
{
    /// <summary>None when mail is off. A server elsewhere is always spoken to encrypted.</summary>
    public static MailServer? Read(Func<string, string?> variable)
    {
        if (variable("AMANA_MAIL_SERVER")?.Split(':') is not [var host, var digits] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || variable("AMANA_MAIL_FROM") is not { Length: > 0 } from || variable("AMANA_MAIL_SITE") is not { Length: > 0 } site)
            return null;
        var here = host is "127.0.0.1" or "localhost";
        return new MailServer(host, port, from, site, Encrypted: !here || variable("AMANA_MAIL_PLAIN") != "1");
    }
}
