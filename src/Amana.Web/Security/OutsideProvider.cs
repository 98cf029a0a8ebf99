using System.Diagnostics.CodeAnalysis;
using Amana.Domain.Shared;
using Amana.Features.Platform;

namespace Amana.Web.Security;

/// <summary>The provider of sign-ins outside (OpenID Connect Core 1.0), named by whoever runs the server in the environment and nowhere else: AMANA_OPENID_AUTHORITY, AMANA_OPENID_CLIENT,
/// AMANA_OPENID_SECRET or better AMANA_OPENID_SECRET_FILE, and if wanted AMANA_OPENID_NAME, AMANA_OPENID_SCOPES, AMANA_OPENID_GROUPS. The secret is never in the store.</summary>
/// <param name="Authority">The address that the provider calls itself, without a slash at the end.</param>
/// <param name="Client">What we are called there.</param>
/// <param name="Secret">By which the provider knows us.</param>
/// <param name="Name">What staff call it.</param>
/// <param name="Scopes">Asked for besides <c>openid profile email</c>.</param>
/// <param name="GroupsClaim">The claim with the groups of a person.</param>
/// <param name="InnerHosts">Hosts of the own network that may be asked, and over plain http.</param>
public sealed record OutsideProvider(string Authority, string Client, Sensitive<string> Secret, string Name, IReadOnlyList<string> Scopes, string GroupsClaim, IReadOnlyList<string> InnerHosts)
{
    /// <summary>No provider: staff sign in here alone.</summary>
    public static OutsideProvider None { get; } = new("", "", new Sensitive<string>(""), "", [], "groups", []);

    public bool IsThere => Authority.Length > 0;

    /// <summary>Reads the environment; false with the problem in a plain line when only half of it is there.</summary>
    public static bool TryRead(Func<string, string?> variable, [NotNullWhen(true)] out OutsideProvider? provider, out string problem)
    {
        string Of(string name) => variable("AMANA_OPENID_" + name)?.Trim() ?? "";
        (provider, problem) = (None, "");
        var (authority, client) = (Of("AUTHORITY").TrimEnd('/'), Of("CLIENT"));
        if (authority.Length == 0 && client.Length == 0)
            return true;
        List<string> inner = [.. (variable("AMANA_INNER_HOSTS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        var secret = SecretOf(Of("SECRET"), Of("SECRET_FILE"));
        var address = OutsideDoor.Address(authority);
        problem = address is null ? "AMANA_OPENID_AUTHORITY is not an address, such as https://id.example.org."
            : address.Scheme != "https" && !inner.Contains(address.Host, StringComparer.OrdinalIgnoreCase) ? "AMANA_OPENID_AUTHORITY has to be an https address; plain http only for a host named in AMANA_INNER_HOSTS."
            : client.Length == 0 ? "AMANA_OPENID_CLIENT is missing: what this house is called at the provider."
            : secret.Length == 0 ? "AMANA_OPENID_SECRET_FILE (or AMANA_OPENID_SECRET) is missing or empty."
            : "";
        provider = problem.Length > 0 ? null : new OutsideProvider(authority, client, new Sensitive<string>(secret), Of("NAME") is { Length: > 0 and <= 60 } name ? name : address!.Host,
            Of("SCOPES").Split(' ', StringSplitOptions.RemoveEmptyEntries), Of("GROUPS") is { Length: > 0 } groups ? groups : "groups", inner);
        return provider is not null;
    }

    private static string SecretOf(string given, string file)
    {
        try
        {
            return file.Length > 0 ? File.ReadAllText(file).Trim() : given;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
