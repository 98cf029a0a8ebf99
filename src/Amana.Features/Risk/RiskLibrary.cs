using System.Text.Json;
using Amana.Domain.Risk;
using Amana.Features.Platform;

namespace Amana.Features.Risk;

/// <summary>The starter library of protection risks, in four languages: to person, group, community and staff; at collection, storage, use, sharing, the action that follows, and of not acting.</summary>
public static class RiskLibrary
{
    private sealed record Shelf(string Version, string Source, IReadOnlyList<LibraryRisk> Risks);

    private static readonly JsonSerializerOptions Json = new(Mapping.Json) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Lazy<Shelf> Shipped = new(() =>
    {
        using var stream = typeof(RiskLibrary).Assembly.GetManifestResourceStream("risk-library/risks.json")!;
        return JsonSerializer.Deserialize<Shelf>(stream, Json)!;
    });

    public static string Version => Shipped.Value.Version;

    public static string Source => Shipped.Value.Source;

    public static IReadOnlyList<LibraryRisk> All => Shipped.Value.Risks;

    public static LibraryRisk? Find(string code) => All.FirstOrDefault(r => r.Code == code);
}
