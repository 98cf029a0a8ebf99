using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Erases the records of people.</summary>
public sealed class ErasesRecords : IErasesPeople
{
    public int Order => 2;

    public IReadOnlyList<Type> Tables => [typeof(RecordEntry)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<RecordEntry>().Where(r => chunk.Contains(r.PersonId)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}

/// <summary>Erases the sealed boxes of people, files included.</summary>
public sealed class ErasesBoxes : IErasesPeople
{
    public int Order => 1;

    public IReadOnlyList<Type> Tables => [typeof(PersonBox)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<PersonBox>().Where(b => chunk.Contains(b.PersonId)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}

/// <summary>Erases the earlier versions of people's records.</summary>
public sealed class ErasesRecordVersions : IErasesPeople
{
    public int Order => 0;

    public IReadOnlyList<Type> Tables => [typeof(RecordVersion)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<RecordVersion>().Where(v => chunk.Contains(v.PersonId)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}

/// <summary>Erases the entries of people.</summary>
public sealed class ErasesListedEntities : IErasesPeople
{
    public int Order => -1;

    public IReadOnlyList<Type> Tables => [typeof(ListedEntity)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<ListedEntity>().Where(e => chunk.Contains(e.PersonId)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}

/// <summary>Erases what was written about people's records.</summary>
public sealed class ErasesRecordComments : IErasesPeople
{
    public int Order => -3;

    public IReadOnlyList<Type> Tables => [typeof(RecordComment)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<RecordComment>().Where(c => chunk.Contains(c.PersonId)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}

/// <summary>Erases changes of entries that people's visits brought and that still wait.</summary>
public sealed class ErasesWaitingEntityChanges : IErasesPeople
{
    public int Order => -2;

    public IReadOnlyList<Type> Tables => [typeof(WaitingEntityChange)];

    public async Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var chunk in people.Chunk(500))
            erased += await db.Set<WaitingEntityChange>().Where(c => chunk.Contains(c.PersonId)).ExecuteDeleteAsync(cancellationToken);
        return erased;
    }
}
