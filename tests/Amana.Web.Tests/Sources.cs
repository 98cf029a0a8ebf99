namespace Amana.Web.Tests;

/// <summary>The repository's own files, for rules that are checked by reading them.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    /// <summary>Files of the product with these endings, built output left out.</summary>
    public static IEnumerable<string> Of(params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
            .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "wwwroot"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Amana.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Amana.slnx is in no folder above the tests.");
    }
}
