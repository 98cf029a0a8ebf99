namespace Amana.Domain.Tests;

/// <summary>Files of the repository that the tests read or check: the folder with the solution, found from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>The domain's own source files.</summary>
    public static IEnumerable<string> DomainSources() => Files("*.cs", "Amana.Domain");

    /// <summary>Files of projects below <c>src</c>, without what a build made.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] projects) => projects
        .SelectMany(p => Directory.EnumerateFiles(Path("src", p), pattern, SearchOption.AllDirectories))
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Amana.slnx")))
                return folder.FullName;
        throw new InvalidOperationException("No folder with Amana.slnx above " + AppContext.BaseDirectory);
    }
}
