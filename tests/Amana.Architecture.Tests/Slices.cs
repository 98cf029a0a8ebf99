using ArchUnitNET.Loader;

namespace Amana.Architecture.Tests;

public sealed class Slices
{
    // Words that every slice may use: they are the ground, not a slice.
    private static readonly string[] Ground = ["Shared", "Platform", "Texts"];

    private static readonly string ListFile = Path.Combine(Repository.Root, "tests", "Amana.Architecture.Tests", "slice-edges.txt");

    [Fact]
    public void Use_each_other_only_as_listed() => Assert.True(Unlisted(Used.Value, Listed()) is { Count: 0 }, Say("used and not listed in slice-edges.txt", Unlisted(Used.Value, Listed())));

    [Fact]
    public void Are_listed_only_where_they_use_each_other() => Assert.True(Unlisted(Listed(), Used.Value) is { Count: 0 }, Say("listed in slice-edges.txt and no longer used", Unlisted(Listed(), Used.Value)));

    [Fact]
    public void That_use_each_other_unlisted_are_found()
    {
        var used = EdgesOf("Amana.Architecture.Tests.Sample", typeof(Sample.Left.Uses).Assembly);
        Assert.Contains("Sample: Left -> Right", used);
        Assert.Equal(["Sample: Left -> Right"], Unlisted(used, ["Sample: Right -> Left"]));
        Assert.Equal(["Sample: Right -> Left"], Unlisted(["Sample: Right -> Left"], used));
    }

    [Fact]
    public void Have_a_readme_that_is_short() => Assert.Empty(WithoutReadme(SliceFolders(), File.Exists, f => File.ReadAllLines(f).Length));

    [Fact]
    public void Without_a_short_readme_are_found() => Assert.Equal(["a/README.md", "b/README.md"], WithoutReadme(["a", "b", "c"], f => !f.StartsWith('a'), f => f.StartsWith('b') ? 61 : 60));

    private static Lazy<HashSet<string>> Used { get; } = new(() => [.. EdgesOf("Amana.Domain", Repository.Domain), .. EdgesOf("Amana.Features", Repository.Features)]);

    private static HashSet<string> Listed() => [.. File.ReadAllLines(ListFile).Where(l => l.Length > 0 && l[0] != '#')];

    private static List<string> Unlisted(IEnumerable<string> edges, IEnumerable<string> list) => [.. edges.Except(list).Order(StringComparer.Ordinal)];

    private static string Say(string what, IEnumerable<string> edges) => $"Edges that are {what}:\n{string.Join('\n', edges)}";

    private static HashSet<string> EdgesOf(string root, System.Reflection.Assembly assembly)
    {
        var architecture = new ArchLoader().LoadAssembliesIncludingDependencies([assembly], false).Build();
        var edges = from type in architecture.Types
                    let source = SliceOf(root, type.Namespace.FullName)
                    where source is not null and not ("Principles" or "Demo") && !Ground.Contains(source) // principles see every slice, and the demo tells its story through all
                    from dependency in type.Dependencies
                    let to = dependency.Target.Namespace is { } space ? SliceOf(root, space.FullName) : null // some types of packages have none
                    where to is not null && to != source && !Ground.Contains(to)
                    select $"{root.Split('.')[^1]}: {source} -> {to}";
        return [.. edges];
    }

    private static string? SliceOf(string root, string space) => space.StartsWith(root + ".", StringComparison.Ordinal) ? space[(root.Length + 1)..].Split('.')[0] : null;

    private static IEnumerable<string> SliceFolders() => new[] { "Amana.Domain", "Amana.Features" }.SelectMany(p => Directory.GetDirectories(Path.Combine(Repository.Root, "src", p)))
        .Where(f => Directory.EnumerateFiles(f, "*.cs", SearchOption.AllDirectories).Any() && Path.GetFileName(f) is not ("bin" or "obj"));

    private static List<string> WithoutReadme(IEnumerable<string> folders, Func<string, bool> exists, Func<string, int> lines) =>
        [.. folders.Select(f => Path.Combine(f, "README.md")).Where(f => !exists(f) || lines(f) > 60)];
}
