using Amana.Features.Platform.Witnesses;

namespace Amana.Web.Hosting;

/// <summary>Once a minute brings the last checkpoint to the witnesses that did not sign it yet.</summary>
public sealed class WitnessWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<WitnessWork> log) : RepeatedWork(scopes, opening, clock, log)
{
    protected override TimeSpan Round => TimeSpan.FromMinutes(1);

    protected override string What => "Asking the ledger's witnesses";

    protected override Task Do(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<AskWitnesses>().Handle(cancellationToken);
}
