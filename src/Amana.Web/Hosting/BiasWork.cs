using Amana.Features.Impartiality;

namespace Amana.Web.Hosting;

/// <summary>Watches for bias by itself, one activity a round (IMP-3). Nobody has to order it; nobody sees an answer.</summary>
public sealed class BiasWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<BiasWork> log) : RepeatedWork(scopes, opening, clock, log)
{
    protected override TimeSpan Round => TimeSpan.FromMinutes(5);

    protected override string What => "Watching for bias";

    protected override Task Do(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<WatchAllBias>().Handle(cancellationToken);
}
