using Amana.Domain.Incidents;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Incidents;

/// <summary>Erases that somebody's records were held still; that it was done stays in the ledger under a random id.</summary>
public sealed class ErasesFreezes : IErasesPeople
{
    public int Order => 7;

    public IReadOnlyList<Type> Tables => [typeof(Freeze)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Select(p => p.Value).Chunk(500))
            erased += await db.Set<Freeze>().Where(f => f.Kind == FreezeKind.Person && chunk.Contains(f.Subject)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}
