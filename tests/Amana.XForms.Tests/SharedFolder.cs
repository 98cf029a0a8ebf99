namespace Amana.XForms.Tests;

/// <summary>The folder of public samples beside the repository; tests that need it skip, with the reason, where it is absent.</summary>
internal static class SharedFolder
{
    public static string Path(params string[] parts)
    {
        var path = Find(parts);
        if (!Directory.Exists(path) && !File.Exists(path))
            Assert.Skip($"The samples are not there: {path}. Set AMANA_SHARED to their folder.");
        return path;
    }

    /// <summary>Where it is, or would be.</summary>
    public static string Find(params string[] parts) =>
        System.IO.Path.Combine([Environment.GetEnvironmentVariable("AMANA_SHARED") ?? Beside(Repository()), .. parts]);

    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Amana.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Amana.slnx is not above the tests.");
    }

    private static string Beside(string repository)
    {
        for (var folder = Directory.GetParent(repository); folder is not null; folder = folder.Parent)
        {
            var shared = System.IO.Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(shared))
                return shared;
        }

        return System.IO.Path.Combine(repository, "..", "shared");
    }
}
