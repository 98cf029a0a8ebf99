using Amana.Domain.Linkage;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Linkage;

/// <summary>Erases a pair with either of its people.</summary>
public sealed class ErasesMatches : IErasesPeople
{
    public int Order => -12;

    public IReadOnlyList<Type> Tables => [typeof(LikelyMatch)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<LikelyMatch>().Where(m => chunk.Contains(m.LeftPerson) || chunk.Contains(m.RightPerson)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}
