using Amana.Web.Ui;

namespace Amana.Web.Accounts;

/// <summary>Where one goes after a sign-in: where one wanted to, if that is a page of ours, else home.</summary>
public static class Onward
{
    public static string Of(HttpContext context, string? wanted) =>
        IsOurs(wanted) && !wanted!.StartsWith("/accounts/lock", StringComparison.OrdinalIgnoreCase) ? wanted
        : context.RequestServices.GetRequiredService<Navigation>().Exists("/home") ? "/home" : "/accounts/my-account";

    /// <summary>A path of this host: "/" and neither a second slash nor a backslash after it, and nothing that ends a line.</summary>
    public static bool IsOurs(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl);
}
