using Amana.Domain.People;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.People;

/// <summary>Erases the person's own row last.</summary>
public sealed class ErasesPersons : IErasesPeople
{
    public int Order => 9;

    public IReadOnlyList<Type> Tables => [typeof(Person)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<Person>().Where(p => chunk.Contains(p.Id)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}
