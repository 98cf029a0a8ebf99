using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Web.Security;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Amana.Web.Hosting;

/// <summary>Puts the house behind the host: store, opening, ledger work, sessions on the server.</summary>
public static class WebHosting
{
    public static WebApplicationBuilder AddHouse(this WebApplicationBuilder builder, HostChoices choices)
    {
        OwnMemory.KeepOutOfFiles();
        SmallMemory.InTwoPlaces();
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical); // a port that is in use is said in one line, by the host itself
        builder.WebHost.UseUrls(choices.Urls);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestLineSize = 64 * 1024); // a phone asks in one address which of the entries it holds are gone
        var services = builder.Services;
        services.AddSingleton(choices);
        services.AddSingleton(static s => new Records.WaitingTables(s.GetRequiredService<TimeProvider>()));
        services.AddAmana(choices.Store, Environment.GetEnvironmentVariable("AMANA_KEYRING_PASSPHRASE"));
        services.AddSingleton<Opening>().AddHostedService(s => s.GetRequiredService<Opening>());
        services.AddHostedService<LedgerWork>();
        services.AddHostedService<ErasureWork>();
        services.AddHostedService<StaffWork>();
        services.AddHostedService<BiasWork>();
        services.AddHostedService<RuleWork>();
        if (MailChoices.Read(Environment.GetEnvironmentVariable) is { } mail)
            services.AddSingleton(mail);
        services.AddHostedService<EntityWork>();
        services.AddHostedService<WitnessWork>();
        services.AddSingleton(static s => new Ledger.WitnessTries(s.GetRequiredService<TimeProvider>()));
        services.AddHostedService<ReleaseMeasuring>();
        services.AddSingleton(static s => new Public.PublicTries(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IDataProtectionProvider>(s => new HouseProtection(s.GetRequiredService<Keyring>));
        services.AddSingleton<SessionTickets>();
        services.AddOptions<CookieAuthenticationOptions>(SignInCookies.Scheme).Configure<SessionTickets>((options, tickets) => options.SessionStore = tickets);
        // The last page a stopping host serves, and the ledger after it, get this long.
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
        return builder;
    }
}
