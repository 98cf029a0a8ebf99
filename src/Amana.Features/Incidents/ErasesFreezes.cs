using Amana.Domain.Incidents;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Incidents;

/// <summary>Erases that somebody's records were held still; that it was done stays in the ledger under a random id.</summary>
public sealed class ErasesFreezes : IErasesPeople
{
    public int Order => 7;

    public IReadOnlyList<Type> Tables => [typeof(Freeze)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) => db.DeleteRows<Freeze>(people, some =>
    {
        var ids = some.Select(p => p.Value).ToArray();
        return f => f.Kind == FreezeKind.Person && ids.Contains(f.Subject);
    }, cancellationToken);
}
