using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Amana.Architecture.Tests;

public sealed class References
{
    /// <summary>What each project may reference. Hosts know the migrations, so that the store finds them; nothing knows a host.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Amana.XForms"] = [], ["Amana.Disclosure"] = [], ["Amana.Linkage"] = [], ["Amana.TransparencyLog"] = [],
        ["Amana.Domain"] = Repository.Engines,
        ["Amana.Features"] = ["Amana.Domain", .. Repository.Engines],
        ["Amana.Migrations.Sqlite"] = ["Amana.Features"], ["Amana.Migrations.PostgreSql"] = ["Amana.Features"],
        ["Amana.Web"] = ["Amana.Features", "Amana.Migrations.Sqlite", "Amana.Migrations.PostgreSql"],
        ["Amana.Cli"] = ["Amana.Features", "Amana.Migrations.Sqlite", "Amana.Migrations.PostgreSql"],
    };

    [Fact]
    public void Point_inwards_only() => Assert.Empty(Wrong(Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .Select(f => (Path.GetFileNameWithoutExtension(f), Projects(File.ReadAllText(f))))));

    [Theory]
    [InlineData("Amana.Linkage", "Amana.Domain")]
    [InlineData("Amana.Domain", "Amana.Features")]
    [InlineData("Amana.Features", "Amana.Web")]
    [InlineData("Amana.Cli", "Amana.Web")]
    [InlineData("Amana.Unheard", "Amana.Domain")]
    public void That_point_outwards_are_found(string from, string to) =>
        Assert.Single(Wrong([(from, Projects($"<Project><ItemGroup><ProjectReference Include=\"../{to}/{to}.csproj\" /></ItemGroup></Project>"))]));

    [Fact]
    public void Of_the_domain_lead_to_no_store_no_web_no_files_and_no_clock() => Assert.Empty(Impure(Repository.Domain));

    [Fact]
    public void To_files_and_clocks_are_found()
    {
        using var probe = new Timer(static _ => Thread.Sleep(0));
        Assert.Contains(Impure(typeof(References).Assembly), use => use.StartsWith("System.IO.", StringComparison.Ordinal));
        Assert.Contains("System.Threading.Timer", Impure(typeof(References).Assembly));
    }

    private static IEnumerable<string> Wrong(IEnumerable<(string Project, IEnumerable<string> References)> projects) =>
        from project in projects
        from reference in project.References
        where !Allowed.TryGetValue(project.Project, out var allowed) || !allowed.Contains(reference)
        select $"{project.Project} -> {reference}";

    private static IEnumerable<string> Projects(string csproj) =>
        XElement.Parse(csproj).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).ToList();

    /// <summary>Types that an assembly names although a pure one must not.</summary>
    private static List<string> Impure(Assembly assembly)
    {
        using var stream = File.OpenRead(assembly.Location);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        string[] spaces = ["System.IO", "System.Net", "System.Data", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions"];
        string[] types = ["System.TimeProvider", "System.Threading.Timer", "System.Diagnostics.Stopwatch", "System.Console"];
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(t => (Space: metadata.GetString(t.Namespace), Name: metadata.GetString(t.Name)))
            .Where(t => spaces.Any(s => t.Space == s || t.Space.StartsWith(s + ".", StringComparison.Ordinal)) || types.Contains($"{t.Space}.{t.Name}"))
            .Select(t => $"{t.Space}.{t.Name}")];
    }
}
