using System.Reflection;
using System.Text.RegularExpressions;

namespace Amana.Architecture.Tests;

/// <summary>A source file: its path below the repository and its text without comments.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public int Lines => Raw.AsSpan().TrimEnd().Count('\n') + 1;

    public string Raw { get; init; } = Text;

    public static SourceFile Of(string path, string raw) => new(path, Regex.Replace(raw, @"//[^\n]*", "")) { Raw = raw };
}

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static readonly string[] Engines = ["Amana.XForms", "Amana.Disclosure", "Amana.Linkage", "Amana.TransparencyLog"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> Files = new(() => [.. Find("*.cs").Concat(Find("*.cshtml"))]);

    public static string Root { get; } = FindRoot();

    /// <summary>Everything below src that people write: C# and Razor, without what tools generate.</summary>
    public static IReadOnlyList<SourceFile> Source => Files.Value;

    /// <summary>The product's assemblies that are not generated.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [.. Engines.Concat(["Amana.Domain", "Amana.Features", "Amana.Web", "amana"]).Select(Assembly.Load)];

    public static Assembly Domain { get; } = Assembly.Load("Amana.Domain");

    public static Assembly Features { get; } = Assembly.Load("Amana.Features");

    /// <summary>Types that people wrote: no closures, no state machines, no Razor pages' classes.</summary>
    public static IEnumerable<Type> Written(Assembly assembly) =>
        assembly.GetTypes().Where(t => !t.Name.Contains('<', StringComparison.Ordinal) && t.Namespace?.StartsWith("Amana", StringComparison.Ordinal) == true && !t.FullName!.Contains("__", StringComparison.Ordinal));

    private static IEnumerable<SourceFile> Find(string pattern) => Directory.EnumerateFiles(System.IO.Path.Combine(Root, "src"), pattern, SearchOption.AllDirectories)
        .Select(f => System.IO.Path.GetRelativePath(Root, f).Replace('\\', '/'))
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.StartsWith("src/Amana.Migrations.", StringComparison.Ordinal))
        .Select(f => SourceFile.Of(f, File.ReadAllText(System.IO.Path.Combine(Root, f))));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Amana.slnx")))
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
