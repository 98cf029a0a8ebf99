using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Cases;

/// <summary>Erases referrals with the person, on both sides: the receiving organisation reads them here alone.</summary>
public sealed class ErasesReferrals : IErasesPeople
{
    public int Order => -11;

    public IReadOnlyList<Type> Tables => [typeof(Referral)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<Referral>().Where(r => chunk.Contains(r.PersonId)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}
