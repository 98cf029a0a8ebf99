using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Cases;

/// <summary>Erases who followed people up.</summary>
public sealed class ErasesCaseloads : IErasesPeople
{
    public int Order => -4;

    public IReadOnlyList<Type> Tables => [typeof(CaseAssignment)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<CaseAssignment>().Where(c => chunk.Contains(c.PersonId)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}
