using Amana.Domain.Consent;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Consent;

/// <summary>Erases consents; that one was given and withdrawn stays in the ledger under a random id.</summary>
public sealed class ErasesConsents : IErasesPeople
{
    public int Order => 3;

    public IReadOnlyList<Type> Tables => [typeof(PersonConsent)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<PersonConsent>(people, some => c => some.Contains(c.PersonId), cancellationToken);
}
