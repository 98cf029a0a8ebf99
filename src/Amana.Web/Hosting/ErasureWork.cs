using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Rights;

namespace Amana.Web.Hosting;

/// <summary>Erases, within a minute, everybody who withdrew and whose data no other basis keeps, and what its retention date has passed. Nobody has to order it.</summary>
public sealed class ErasureWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<ErasureWork> log) : RepeatedWork(scopes, opening, clock, log)
{
    protected override TimeSpan Round => TimeSpan.FromSeconds(20);

    protected override bool BeginsAtOnce => true;

    protected override string What => "Erasing those who withdrew";

    // Cut off or failed, a run has erased nobody; the next round does it whole.
    protected override async Task Do(IServiceProvider services, CancellationToken cancellationToken)
    {
        var erased = await services.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, cancellationToken);
        var disposed = await services.GetRequiredService<DisposeByDate>().Handle(AccessContext.House, cancellationToken);
        if (erased is { IsDone: true, Result: > 0 } || disposed is { IsDone: true, Result: > 0 })
            await services.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, pendingOnly: true, cancellationToken);
    }
}
