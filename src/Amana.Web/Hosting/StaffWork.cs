using Amana.Features.Accounts;
using Amana.Features.Platform;

namespace Amana.Web.Hosting;

/// <summary>Looks over the accounts once an hour: says which are unused, closes those of which it was said in time, removes old traces of sign-ins.</summary>
public sealed class StaffWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<StaffWork> log) : RepeatedWork(scopes, opening, clock, log)
{
    protected override TimeSpan Round => TimeSpan.FromHours(1);

    protected override string What => "Looking over the accounts";

    protected override Task Do(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<LookOverAccounts>().Handle(AccessContext.House, cancellationToken);
}
