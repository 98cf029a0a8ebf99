using Amana.Features.Platform.Vault;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Accounts;

/// <summary>What accounts bring into the house: Identity's manager over a store that never saves by itself, and hashes by Argon2id.</summary>
internal static class AccountsHouse
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<Argon2Passwords>();
        services.AddSingleton<IPasswordHasher<Account>>(s => s.GetRequiredService<Argon2Passwords>());
        services.AddSingleton<SignInAttempts>();
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services.AddSingleton<OneTimeCodes>().AddScoped<Proofs>().AddScoped<SignInLimits>().AddScoped<KeptStaff>();
        services.AddScoped<SignInEntries>().AddScoped<StaffAccounts>().AddScoped<OutsidePlaces>().AddScoped<OutsideNewcomers>();
        services.AddIdentityCore<Account>(options => options.User.AllowedUserNameCharacters = ""); // addresses are written in every script
        return services;
    }
}
