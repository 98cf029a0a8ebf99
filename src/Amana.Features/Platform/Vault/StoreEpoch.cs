using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Vault;

/// <summary>The key epoch that the store is under, as its stamp says.</summary>
internal static class StoreEpoch
{
    public static Task<int> Of(AmanaDb db, CancellationToken cancellationToken) =>
        db.Set<StoreStamp>().AsNoTracking().Where(s => s.Id == StoreStamp.TheOne).Select(s => s.Epoch).SingleAsync(cancellationToken);

    /// <summary>Reads it so that it stays until the transaction ends, first in the transaction: two that would both go on to renew the stamp then wait for each other in turn. On SQLite a writing transaction shuts out every other one anyway.</summary>
    public static async Task<int> Shared(AmanaDb db, CancellationToken cancellationToken) => db.Database.IsNpgsql()
        ? (await db.Database.SqlQueryRaw<int>("select epoch as \"Value\" from store_stamp where id = 1 for no key update").ToListAsync(cancellationToken))[0]
        : await Of(db, cancellationToken);
}
