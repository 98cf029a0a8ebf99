using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Amana.Features.Texts;

/// <summary>The named values that fill a text's placeholders, from an anonymous object or a dictionary.</summary>
public readonly struct Arguments
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Shapes = new();
    private readonly object? source;
    private readonly PropertyInfo[]? shape;

    private Arguments(object? source, PropertyInfo[]? shape) => (this.source, this.shape) = (source, shape);

    public static Arguments Of(object? source) => source switch
    {
        null => default,
        IDictionary or IReadOnlyDictionary<string, object?> or IReadOnlyDictionary<string, string> => new(source, null),
        _ => new(source, Shapes.GetOrAdd(source.GetType(), static type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))),
    };

    /// <summary>The value of a placeholder; false when the caller gave none.</summary>
    public bool TryGet(ReadOnlySpan<char> name, out object? value)
    {
        value = null;
        if (shape is not null) return TryGetProperty(name, out value);
        switch (source)
        {
            case IReadOnlyDictionary<string, object?> values:
                return values.TryGetValue(name.ToString(), out value);
            case IReadOnlyDictionary<string, string> words when words.TryGetValue(name.ToString(), out var word):
                value = word;
                return true;
            case IDictionary entries when entries.Contains(name.ToString()):
                value = entries[name.ToString()];
                return true;
            default:
                return false;
        }
    }

    /// <summary>The number that chooses the plural: the argument named <c>count</c>.</summary>
    public decimal? Count => TryGet("count", out var value)
        ? value switch
        {
            int n => n,
            long n => n,
            short n => n,
            decimal n => n,
            double n => (decimal)n,
            _ => null,
        }
        : null;

    private bool TryGetProperty(ReadOnlySpan<char> name, out object? value)
    {
        foreach (var property in shape!)
        {
            if (!name.Equals(property.Name, StringComparison.OrdinalIgnoreCase)) continue;
            value = property.GetValue(source);
            return true;
        }
        value = null;
        return false;
    }
}
