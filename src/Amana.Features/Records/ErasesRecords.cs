using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Records;

/// <summary>Erases the records of people.</summary>
public sealed class ErasesRecords : IErasesPeople
{
    public int Order => 2;

    public IReadOnlyList<Type> Tables => [typeof(RecordEntry)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<RecordEntry>(people, some => r => some.Contains(r.PersonId), cancellationToken);
}

/// <summary>Erases the sealed boxes of people, files included.</summary>
public sealed class ErasesBoxes : IErasesPeople
{
    public int Order => 1;

    public IReadOnlyList<Type> Tables => [typeof(PersonBox)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<PersonBox>(people, some => b => some.Contains(b.PersonId), cancellationToken);
}

/// <summary>Erases the earlier versions of people's records.</summary>
public sealed class ErasesRecordVersions : IErasesPeople
{
    public int Order => 0;

    public IReadOnlyList<Type> Tables => [typeof(RecordVersion)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<RecordVersion>(people, some => v => some.Contains(v.PersonId), cancellationToken);
}

/// <summary>Erases the entries of people.</summary>
public sealed class ErasesListedEntities : IErasesPeople
{
    public int Order => -1;

    public IReadOnlyList<Type> Tables => [typeof(ListedEntity)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<ListedEntity>(people, some => e => some.Contains(e.PersonId), cancellationToken);
}

/// <summary>Erases what was written about people's records.</summary>
public sealed class ErasesRecordComments : IErasesPeople
{
    public int Order => -3;

    public IReadOnlyList<Type> Tables => [typeof(RecordComment)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<RecordComment>(people, some => c => some.Contains(c.PersonId), cancellationToken);
}

/// <summary>Erases changes of entries that people's visits brought and that still wait.</summary>
public sealed class ErasesWaitingEntityChanges : IErasesPeople
{
    public int Order => -2;

    public IReadOnlyList<Type> Tables => [typeof(WaitingEntityChange)];

    public Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        db.DeleteRows<WaitingEntityChange>(people, some => c => some.Contains(c.PersonId), cancellationToken);
}
