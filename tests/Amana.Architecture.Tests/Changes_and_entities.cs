using System.Reflection;
using System.Runtime.CompilerServices;
using Amana.Domain.Shared;

namespace Amana.Architecture.Tests;

public sealed class Changes_and_entities
{
    [Fact]
    public void Are_made_by_rules_of_the_domain_alone() => Assert.Empty(MadeByAnybody(Repository.Assemblies.SelectMany(Repository.Written), typeof(Change)));

    [Fact]
    public void That_anybody_can_make_are_found() => Assert.Equal(["AnybodysChange"], MadeByAnybody(typeof(Sample.OpenChange).Assembly.GetTypes(), typeof(Sample.OpenChange)));

    [Fact]
    public void Are_set_by_nobody_from_outside() => Assert.Empty(OpenSetters(Repository.Written(Repository.Domain)));

    [Fact]
    public void That_anybody_can_set_are_found() => Assert.Equal(["OpenEntity.Number"], OpenSetters([typeof(Sample.OpenEntity)]));

    /// <summary>Changes with a public constructor, or with a property that others may give a value when making one.</summary>
    private static List<string> MadeByAnybody(IEnumerable<Type> types, Type change) =>
        [.. types.Where(t => change.IsAssignableFrom(t) && !t.IsAbstract && (t.GetConstructors().Length > 0 || t.GetProperties().Any(p => p.SetMethod?.IsPublic == true))).Select(t => t.Name)];

    /// <summary>Properties that can be set after the thing was made; those given when a value is made (init) are not.</summary>
    private static List<string> OpenSetters(IEnumerable<Type> types) =>
        [.. from type in types
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where property.SetMethod is { IsPublic: true } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select $"{type.Name}.{property.Name}"];
}
