using Amana.Features.Platform;
using Amana.Features.Records;

namespace Amana.Web.Hosting;

/// <summary>Applies, within the hour, changes of listed entries that have waited five days for the change before them. Nobody has to order it.</summary>
public sealed class EntityWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<EntityWork> log) : RepeatedWork(scopes, opening, clock, log)
{
    protected override TimeSpan Round => TimeSpan.FromMinutes(30);

    protected override bool BeginsAtOnce => true;

    protected override string What => "Applying changes of listed entries that waited their time";

    protected override Task Do(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<ReleaseEntityChanges>().Handle(AccessContext.House, cancellationToken);
}
