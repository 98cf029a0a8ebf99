using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Cases;

/// <summary>Erases who followed people up.</summary>
public sealed class ErasesCaseloads : IErasesPeople
{
    public int Order => -4;

    public IReadOnlyList<Type> Tables => [typeof(CaseAssignment)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<CaseAssignment>(people, some => c => some.Contains(c.PersonId), cancellationToken);
}
