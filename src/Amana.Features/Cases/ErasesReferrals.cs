using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Cases;

/// <summary>Erases referrals with the person, on both sides: the receiving organisation reads them here alone.</summary>
public sealed class ErasesReferrals : IErasesPeople
{
    public int Order => -11;

    public IReadOnlyList<Type> Tables => [typeof(Referral)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<Referral>(people, some => r => some.Contains(r.PersonId), cancellationToken);
}
