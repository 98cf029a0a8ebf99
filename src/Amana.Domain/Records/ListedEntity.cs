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
        ListId = change.ListId, EntityId = change.EntityId, PersonId = change.PersonId, RecordId = change.RecordId, Version = 1, Box = change.Box, Steps = [new EntityStep(1, change.Properties)], UpdatedAt = change.At,
    };

    public void Apply(EntityUpdated change) =>
        (Version, Box, Steps, Conflict, UpdatedAt) = (change.Version, change.Box, [.. Steps, new EntityStep(change.Version, change.Properties)], change.Conflict > Conflict ? change.Conflict : Conflict, change.At);
}

/// <summary>A version of an entry and the names of what it changed.</summary>
public sealed record EntityStep(int Version, IReadOnlyList<string> Properties);

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
    public DateTimeOffset At { get; internal init; }
}

public sealed record EntityUpdated : Change
{
    internal EntityUpdated() { }
    public int Version { get; internal init; }
    public byte[] Box { get; internal init; } = [];
    public IReadOnlyList<string> Properties { get; internal init; } = [];
    public EntityConflict Conflict { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Entries of entity lists. They ride on accepted records: without consent there is no record, and without a record no entry.</summary>
public static class EntityRules
{
    /// <summary>A list as a published form defines it; columns are only ever added.</summary>
    public static EntityListDefined Define(EntityListId id, ActivityId activity, string name, IEnumerable<string> before, IEnumerable<string> properties, string? need) =>
        new() { Id = id, ActivityId = activity, Name = name, Properties = [.. before.Concat(properties).Distinct(StringComparer.Ordinal)], NeedCode = need };

    public static EntityCreated Create(EntityListId list, Guid id, RecordAccepted record, byte[] box, IReadOnlyList<string> properties) =>
        new() { ListId = list, EntityId = id, PersonId = record.PersonId, RecordId = record.Id, Box = box, Properties = properties, At = record.At };

    /// <summary>Changes an entry. Nothing is refused: the newest wins, and a change that did not start from the newest version is marked, hard where it touched the same property.</summary>
    public static EntityUpdated Update(ListedEntity entity, int baseVersion, byte[] box, IReadOnlyList<string> properties, DateTimeOffset now)
    {
        var since = entity.Steps.Where(s => s.Version > baseVersion).SelectMany(s => s.Properties).ToHashSet(StringComparer.Ordinal);
        return new EntityUpdated
        {
            Version = entity.Version + 1, Box = box, Properties = properties, At = now,
            Conflict = baseVersion == entity.Version ? EntityConflict.None : properties.Any(since.Contains) ? EntityConflict.Hard : EntityConflict.Soft,
        };
    }
}
