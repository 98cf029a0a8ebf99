using Amana.Domain.Consent;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Consent;

/// <summary>Erases consents; that one was given and withdrawn stays in the ledger under a random id.</summary>
public sealed class ErasesConsents : IErasesPeople
{
    public int Order => 3;

    public IReadOnlyList<Type> Tables => [typeof(PersonConsent)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<PersonConsent>().Where(c => chunk.Contains(c.PersonId)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}
