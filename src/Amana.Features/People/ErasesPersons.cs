using Amana.Domain.People;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;

namespace Amana.Features.People;

/// <summary>Erases the person's own row last.</summary>
public sealed class ErasesPersons : IErasesPeople
{
    public int Order => 9;

    public IReadOnlyList<Type> Tables => [typeof(Person)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<Person>(people, some => p => some.Contains(p.Id), cancellationToken);
}
