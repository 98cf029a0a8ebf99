using Amana.Domain.Shared;

namespace Amana.Domain.Accounts;

/// <summary>What a password must be (OWASP ASVS 5.0, 6.2): long, not the address, not one character over and over. No other composition is asked, no expiry.</summary>
public static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 128;

    /// <summary>What is wrong with the password; nothing when it will do.</summary>
    public static IReadOnlyList<Refusal> Gaps(string password, string email)
    {
        var name = email.Split('@')[0];
        if (password.Length is < Shortest or > Longest)
            return [new Refusal("password.length") { Field = "Password" }.With("shortest", "12").With("longest", "128")];
        if (password.Distinct().Count() < 5 || (name.Length > 2 && password.Contains(name, StringComparison.OrdinalIgnoreCase)))
            return [new Refusal("password.guessable") { Field = "Password" }];
        return [];
    }
}
