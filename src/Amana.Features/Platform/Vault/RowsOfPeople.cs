using System.Linq.Expressions;
using Amana.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Vault;

/// <summary>Deletes the rows about people, for the slices that erase them: some people at a time, so that no statement grows without bounds.</summary>
internal static class RowsOfPeople
{
    private const int AtOnce = 500;

    /// <summary>Deletes them inside the run's transaction. Returns how many.</summary>
    /// <param name="db">The store.</param>
    /// <param name="people">Whose rows go.</param>
    /// <param name="about">Which rows are about some of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> DeleteRows<T>(this AmanaDb db, IReadOnlyList<PersonId> people, Func<PersonId[], Expression<Func<T, bool>>> about, CancellationToken cancellationToken)
        where T : class
    {
        var erased = 0;
        foreach (var some in people.Chunk(AtOnce))
            erased += await db.Set<T>().Where(about(some)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}
