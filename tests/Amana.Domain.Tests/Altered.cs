using System.Reflection;

namespace Amana.Domain.Tests;

/// <summary>State that no rule of the product would ever make, as if the store had been altered behind its back: the rules of the principles must see it all the same.</summary>
internal static class Altered
{
    public static T With<T>(this T entity, string property, object? value) where T : class
    {
        var found = typeof(T).GetProperty(property, BindingFlags.Public | BindingFlags.Instance) ?? throw new InvalidOperationException("No " + property);
        found.SetValue(entity, value);
        return entity;
    }
}
