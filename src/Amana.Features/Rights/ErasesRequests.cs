using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>Cuts requests off from the erased person. That a request was made and when it was answered stays (SEC-4); whose it was, what was said and what was answered does not.</summary>
public sealed class ErasesRequests : IErasesPeople
{
    public int Order => 4;

    public IReadOnlyList<Type> Tables => [typeof(RightsRequest)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var (nobody, nothing) = (new PersonId(Guid.Empty), Array.Empty<byte>());
        var cutOff = 0;
        foreach (var chunk in people.Chunk(500))
            cutOff += await db.Set<RightsRequest>().Where(r => chunk.Contains(r.PersonId)).ExecuteUpdateAsync(s => s.SetProperty(r => r.PersonId, nobody).SetProperty(r => r.WishBox, nothing).SetProperty(r => r.AnswerBox, nothing), cancellationToken);
        return cutOff;
    }
}
