using Amana.Domain.Shared;

namespace Amana.Domain.Records;

/// <summary>A list of people or things that forms of an activity fill and look up on phones. Its name and columns come from the forms; its entries are data about people.</summary>
public sealed class EntityList
{
    private EntityList() { }

    public EntityListId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>As forms name it; the file on phones is this with <c>.csv</c>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Columns in the order in which forms brought them.</summary>
    public IReadOnlyList<string> Properties { get; private set; } = [];

    /// <summary>The information need that its entries serve, cited when they are given to a phone (DP-4).</summary>
    public string? NeedCode { get; private set; }

    public static EntityList Of(EntityListDefined change) => new() { Id = change.Id, ActivityId = change.ActivityId, Name = change.Name, Properties = change.Properties, NeedCode = change.NeedCode };

    public void Apply(EntityListDefined change) => (Properties, NeedCode) = (change.Properties, change.NeedCode ?? NeedCode);
}

/// <summary>One entry of a list. What it says lies in a box under the key of the person whose record made it, and goes with that person.</summary>
public sealed class ListedEntity
{
    private ListedEntity() { }

    public EntityListId ListId { get; private set; }

    /// <summary>The id that the phone made; random, told to phones.</summary>
    public Guid EntityId { get; private set; }

    public PersonId PersonId { get; private set; }
    public RecordId RecordId { get; private set; }
    public int Version { get; private set; }

    /// <summary>Label and properties, sealed.</summary>
    public byte[] Box { get; private set; } = [];

    /// <summary>Which properties each version changed, by name; never what they say.</summary>
    public IReadOnlyList<EntityStep> Steps { get; private set; } = [];

    /// <summary>Whether two people changed it from the same version, and if so, the same property.</summary>
    public EntityConflict Conflict { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static ListedEntity Of(EntityCreated change) => new()
    {
        ListId = change.ListId, EntityId = change.EntityId, PersonId = change.PersonId, RecordId = change.RecordId, Version = 1, Box = change.Box, Steps = [new EntityStep(1, change.Properties, change.Branch)],
        UpdatedAt = change.At,
    };

    public void Apply(EntityUpdated change) =>
        (Version, Box, Steps, Conflict, UpdatedAt) = (change.Version, change.Box, [.. Steps, new EntityStep(change.Version, change.Properties, change.Branch, change.BranchBase)], change.Conflict > Conflict ? change.Conflict : Conflict, change.At);

    public void Apply(EntityConflictResolved change) => (Version, Box, Steps, Conflict, UpdatedAt) = change.Box is { } box
        ? (Version + 1, box, [.. Steps, new EntityStep(Version + 1, change.Properties)], EntityConflict.None, change.At)
        : (Version, Box, Steps, EntityConflict.None, UpdatedAt);
}

/// <summary>A version of an entry and the names of what it changed; for a change that a phone made without a line, the branch of its own that it belongs to and the version there that it started from.</summary>
public sealed record EntityStep(int Version, IReadOnlyList<string> Properties, Guid? Branch = null, int BranchBase = 0);

/// <summary>None; soft: changed from an older version, but other properties; hard: the same property.</summary>
public enum EntityConflict { None, Soft, Hard }

public sealed record EntityListDefined : Change
{
    internal EntityListDefined() { }
    public EntityListId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public string Name { get; internal init; } = "";
    public IReadOnlyList<string> Properties { get; internal init; } = [];
    public string? NeedCode { get; internal init; }
}

public sealed record EntityCreated : Change
{
    internal EntityCreated() { }
    public EntityListId ListId { get; internal init; }
    public Guid EntityId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public RecordId RecordId { get; internal init; }
    public byte[] Box { get; internal init; } = [];
    public IReadOnlyList<string> Properties { get; internal init; } = [];
    public Guid? Branch { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Somebody looked at a conflict: what stands now stands, or new values were put in their place.</summary>
public sealed record EntityConflictResolved : Change
{
    internal EntityConflictResolved() { }
    public byte[]? Box { get; internal init; }
    public IReadOnlyList<string> Properties { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}

public sealed record EntityUpdated : Change
{
    internal EntityUpdated() { }
    public int Version { get; internal init; }
    public byte[] Box { get; internal init; } = [];
    public IReadOnlyList<string> Properties { get; internal init; } = [];
    public EntityConflict Conflict { get; internal init; }
    public Guid? Branch { get; internal init; }
    public int BranchBase { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Entries of entity lists. They ride on accepted records: without consent there is no record, and without a record no entry.</summary>
public static class EntityRules
{
    /// <summary>A list as a published form defines it; columns are only ever added.</summary>
    public static EntityListDefined Define(EntityListId id, ActivityId activity, string name, IEnumerable<string> before, IEnumerable<string> properties, string? need) =>
        new() { Id = id, ActivityId = activity, Name = name, Properties = [.. before.Concat(properties).Distinct(StringComparer.Ordinal)], NeedCode = need };

    public static EntityCreated Create(EntityListId list, Guid id, RecordAccepted record, byte[] box, IReadOnlyList<string> properties, Guid? branch = null) =>
        new() { ListId = list, EntityId = id, PersonId = record.PersonId, RecordId = record.Id, Box = box, Properties = properties, Branch = branch, At = record.At };

    /// <summary>Longest that a change waits for the one before it: then it is applied as it is.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(5);

    /// <summary>The version here that a change started from; none when the change before it, made on the same phone without a line, has not come yet (ODK entities: offline branches).</summary>
    /// <param name="steps">The versions of the entry; none when it is not here.</param>
    /// <param name="change">Where the change says that it started.</param>
    public static int? BaseOf(IReadOnlyList<EntityStep>? steps, EntityOrigin change)
    {
        if (change.Branch is not { } branch)
            return change.BaseVersion;
        if (steps is null)
            return null;
        if (change.TrunkVersion is { } trunk && change.BaseVersion <= trunk)
            return trunk; // the first of its branch starts from what the server gave
        if (change.TrunkVersion is null && change.BaseVersion <= 1)
            return 1; // the entry itself was made on the phone
        return steps.FirstOrDefault(s => s.Branch == branch && s.BranchBase == change.BaseVersion - 1)?.Version;
    }

    /// <summary>Changes an entry. Nothing is refused: the newest wins, and a change that did not start from the newest version is marked, hard where it touched the same property. What the same branch changed
    /// in between was known to the phone and is no conflict.</summary>
    public static EntityUpdated Update(ListedEntity entity, int baseVersion, EntityOrigin origin, byte[] box, IReadOnlyList<string> properties, DateTimeOffset now)
    {
        var since = entity.Steps.Where(s => s.Version > baseVersion).SelectMany(s => s.Properties).ToHashSet(StringComparer.Ordinal);
        return new EntityUpdated
        {
            Version = entity.Version + 1, Box = box, Properties = properties, Branch = origin.Branch, BranchBase = origin.BaseVersion, At = now,
            Conflict = baseVersion == entity.Version ? EntityConflict.None : properties.Any(since.Contains) ? EntityConflict.Hard : EntityConflict.Soft,
        };
    }

    /// <summary>Keeps a change until the one before it comes.</summary>
    public static EntityChangeHeld Hold(HoldEntityChange command, RecordAccepted record) => new()
    {
        Id = command.Id, ListId = command.ListId, EntityId = command.EntityId, ActivityId = record.ActivityId, PersonId = record.PersonId, RecordId = record.Id, Origin = command.Origin, Box = command.Box, At = record.At,
    };

    /// <summary>Ends a conflict. Refused where there is none.</summary>
    public static Decision<EntityConflictResolved> Resolve(ListedEntity entity, byte[]? box, IReadOnlyList<string> properties, DateTimeOffset now) =>
        entity.Conflict == EntityConflict.None ? new Refusal("entity.no-conflict") : new EntityConflictResolved { Box = box, Properties = properties, At = now };
}

/// <summary>Where a change of an entry started.</summary>
/// <param name="BaseVersion">The version that the phone had.</param>
/// <param name="TrunkVersion">The newest version that it had from the server, for a change made without a line.</param>
/// <param name="Branch">The phone's own line of changes since then.</param>
public sealed record EntityOrigin(int BaseVersion, int? TrunkVersion = null, Guid? Branch = null);

/// <summary>A change that is to wait.</summary>
public sealed record HoldEntityChange(Guid Id, EntityListId ListId, Guid EntityId, EntityOrigin Origin, byte[] Box);

public sealed record EntityChangeHeld : Change
{
    internal EntityChangeHeld() { }
    public Guid Id { get; internal init; }
    public EntityListId ListId { get; internal init; }
    public Guid EntityId { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public RecordId RecordId { get; internal init; }
    public EntityOrigin Origin { get; internal init; } = new(0);
    public byte[] Box { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}

/// <summary>A change of an entry that came before the change that it follows. It is sealed under the key of the person whose visit brought it, and goes with that person.</summary>
public sealed class WaitingEntityChange
{
    private WaitingEntityChange() { }

    public Guid Id { get; private set; }
    public EntityListId ListId { get; private set; }
    public Guid EntityId { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public PersonId PersonId { get; private set; }
    public RecordId RecordId { get; private set; }
    public EntityOrigin Origin { get; private set; } = new(0);
    public byte[] Box { get; private set; } = [];
    public DateTimeOffset At { get; private set; }

    public static WaitingEntityChange Of(EntityChangeHeld change) => new()
    {
        Id = change.Id, ListId = change.ListId, EntityId = change.EntityId, ActivityId = change.ActivityId, PersonId = change.PersonId, RecordId = change.RecordId, Origin = change.Origin, Box = change.Box, At = change.At,
    };
}
