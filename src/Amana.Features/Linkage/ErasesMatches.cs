using Amana.Domain.Linkage;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Linkage;

/// <summary>Erases a pair with either of its people.</summary>
public sealed class ErasesMatches : IErasesPeople
{
    public int Order => -12;

    public IReadOnlyList<Type> Tables => [typeof(LikelyMatch)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<LikelyMatch>(people, some => m => some.Contains(m.LeftPerson) || some.Contains(m.RightPerson), cancellationToken);
}
