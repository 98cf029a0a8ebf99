using Amana.Domain.Accounts;
using Amana.Features.Platform;
using Microsoft.AspNetCore.Identity;

namespace Amana.Features.Accounts;

/// <summary>Makes the account beside a staff member who joins. It is pending in the store until the use case commits.</summary>
public sealed class StaffAccounts(UserManager<Account> accounts, Argon2Passwords passwords, TimeProvider clock)
{
    public async Task<bool> IsTaken(string email) => await accounts.FindByNameAsync(email.Trim().ToLowerInvariant()) is not null;

    /// <param name="joined">Who joins.</param>
    /// <param name="password">Must have passed <see cref="PasswordRules"/>, unless it is one of ours for one use.</param>
    /// <param name="oneTime">True when it must be changed at the first sign-in.</param>
    public Task Add(StaffJoined joined, string password, bool oneTime) => Add(joined, a => (a.PasswordHash, a.MustChangePassword) = (passwords.HashPassword(a, password), oneTime));

    /// <summary>An account that is opened by a provider outside alone.</summary>
    public Task AddWithoutPassword(StaffJoined joined) => Add(joined, static _ => { });

    private async Task Add(StaffJoined joined, Action<Account> with)
    {
        var account = new Account { Id = joined.Id.Value, UserName = joined.Email, Email = joined.Email, LockoutEnabled = true, MadeAt = clock.Now() };
        with(account);
        var made = await accounts.CreateAsync(account);
        if (!made.Succeeded)
            throw new InvalidOperationException("The account was not made: " + string.Join(", ", made.Errors.Select(e => e.Code)));
    }
}
