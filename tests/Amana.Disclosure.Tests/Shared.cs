namespace Amana.Disclosure.Tests;

/// <summary>Public test data beside the repository; the tests that need it say so when it is not there.</summary>
internal static class Shared
{
    public static readonly string[] AdultKeys =
        ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation", "salary-class"];

    private static readonly Lazy<Microdata> AdultOnce = new(() =>
    {
        using var stream = File.OpenRead(Find("adult.csv"));
        return CsvMicrodata.Read(stream).OrThrow();
    });

    /// <summary>The Adult file, 30,162 rows.</summary>
    public static Microdata Adult()
    {
        Find("adult.csv");
        return AdultOnce.Value;
    }

    public static string Find(string name)
    {
        var folder = Environment.GetEnvironmentVariable("AMANA_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); folder is null && at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Amana.slnx")))
                folder = Path.Combine(at.FullName, "..", "shared");
        }

        var path = Path.Combine(folder ?? "shared", "data", "disclosure", name);
        if (!File.Exists(path))
            Assert.Skip($"The shared data are not here: {path}");
        return path;
    }
}

/// <summary>Small microdata written down in a test.</summary>
internal static class Data
{
    public static Microdata Of(string names, params string[] rows) =>
        Microdata.FromRows(names.Split(','), rows.Select(r => r.Split(',').Select(v => v is "-" ? null : v).ToArray()));

    public static Microdata Weighted(string names, params string[] rows) => Of(names, rows).WeightedBy("w").OrThrow();
}
