namespace Amana.XForms.Reading;

/// <summary>A place in the form where an entity may be declared: the sections from the root down to it.</summary>
internal sealed class EntityScope : IEquatable<EntityScope>
{
    private readonly string[] names;
    private readonly bool[] repeats;

    private EntityScope(string[] names, bool[] repeats)
    {
        this.names = names;
        this.repeats = repeats;
    }

    public static EntityScope Root { get; } = new([string.Empty], [false]);

    public int Length => names.Length;

    /// <summary>How many repeats lie on the way.</summary>
    public int Repeats => repeats.Count(r => r);

    /// <summary>How many sections lie between this place and the repeat (or the form) that it belongs to.</summary>
    public int BelowBoundary => Length - Boundary.Length;

    /// <summary>The nearest repeat on the way up, else the form: each turn of a repeat has its own entities.</summary>
    public EntityScope Boundary => Prefix(Math.Max(Array.LastIndexOf(repeats, true) + 1, 1));

    public EntityScope Into(string name, string kind) => new([.. names, name], [.. repeats, kind == "repeat"]);

    public EntityScope Prefix(int length) => length == Length ? this : new EntityScope(names[..length], repeats[..length]);

    public bool Contains(EntityScope other) => other.Length >= Length && Equals(other.Prefix(Length));

    /// <summary>The deepest place that both lie in.</summary>
    public EntityScope CommonWith(EntityScope other)
    {
        var length = 1;
        while (length < Math.Min(Length, other.Length) && names[length] == other.names[length] && repeats[length] == other.repeats[length])
            length++;
        return Prefix(length);
    }

    public bool Equals(EntityScope? other) => other is not null && names.AsSpan().SequenceEqual(other.names) && repeats.AsSpan().SequenceEqual(other.repeats);

    public override bool Equals(object? obj) => Equals(obj as EntityScope);

    public override int GetHashCode() => names.Aggregate(17, (hash, name) => HashCode.Combine(hash, StringComparer.Ordinal.GetHashCode(name)));

    public override string ToString() => Length == 1 ? "the form" : $"'{string.Join('/', names.Skip(1))}'";
}
