namespace Amana.Linkage;

/// <summary>One row of a file: an id that is unique in its file, and the values of its fields as they were written. An absent field is missing.</summary>
public sealed record LinkRecord(string Id, IReadOnlyDictionary<string, string?> Fields)
{
    /// <summary>The value, or null when it is absent or blank.</summary>
    public string? this[string field] => Fields.TryGetValue(field, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;
}
