using System.Text.Json;
using System.Text.RegularExpressions;
using Amana.Domain.Coordination;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Features.Coordination;

/// <summary>Shapes as a file has them, before they are put on the grid: code, name, the area above, rings of longitude and latitude.</summary>
internal sealed record ReadShape(string Code, string Name, string Within, string WithinName, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings);

/// <summary>Reads boundaries from GeoJSON (RFC 7946), such as the common operational data sets of administrative boundaries publish them: a collection of polygons, each with its P-code in a property like <c>adm2_pcode</c>,
/// <c>ADM2_PCODE</c> or <c>admin2Pcode</c>. Size, depth, areas and corners are bounded while reading; everything but codes, names and corners is dropped.</summary>
internal static partial class BoundaryFile
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MostBytes = 15 * 1024 * 1024;

    /// <summary>Most corners that are read.</summary>
    public const int MostRead = 400_000;

    private const int Depth = 16;
    private const int MostLetters = 80;

    /// <summary>The shapes of the file, or why it cannot be read.</summary>
    public static Outcome<IReadOnlyList<ReadShape>> Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MostBytes)
            return Refused("boundaries.too-large");
        try
        {
            using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = Depth });
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
                return Refused("boundaries.not-geojson");
            if (features.GetArrayLength() > BoundaryRules.MostAreas)
                return Refused("boundaries.too-large");
            var shapes = new List<ReadShape>();
            var corners = 0;
            foreach (var feature in features.EnumerateArray())
            {
                if (Shape(feature, ref corners) is not { } shape)
                    return Refused(corners > MostRead ? "boundaries.too-large" : "boundaries.not-polygons");
                shapes.Add(shape);
            }

            return shapes;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return Refused("boundaries.not-geojson");
        }
    }

    private static ReadShape? Shape(JsonElement feature, ref int corners)
    {
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("coordinates", out var coordinates))
            return null;
        var polygons = geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => [coordinates],
            "MultiPolygon" => coordinates.EnumerateArray().ToList(),
            _ => new List<JsonElement>(),
        };
        var rings = new List<IReadOnlyList<(double, double)>>();
        foreach (var ring in polygons.SelectMany(p => p.EnumerateArray()))
        {
            if ((corners += ring.GetArrayLength()) > MostRead || Ring(ring) is not { } read)
                return null;
            rings.Add(read);
        }

        return rings.Count == 0 ? null : Named(feature, rings);
    }

    /// <summary>Corners in degrees; none where they lie outside of the world, as those of a projected map do.</summary>
    private static List<(double, double)>? Ring(JsonElement ring)
    {
        var read = new List<(double, double)>(ring.GetArrayLength());
        foreach (var corner in ring.EnumerateArray())
        {
            var (x, y) = (corner[0].GetDouble(), corner[1].GetDouble());
            if (!(Math.Abs(x) <= 180 && Math.Abs(y) <= 90))
                return null;
            read.Add((x, y));
        }

        return read.Count >= 4 ? read : null;
    }

    private static ReadShape Named(JsonElement feature, IReadOnlyList<IReadOnlyList<(double, double)>> rings)
    {
        var texts = feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => Cut(p.Value.GetString()!), StringComparer.Ordinal) : [];
        var codes = texts.Keys.Select(k => (Key: k, Match: CodeName().Match(k))).Where(k => k.Match.Success)
            .OrderByDescending(k => k.Match.Groups["level"].Value, StringComparer.Ordinal).ToList();
        string NameAt(string level) => texts.Keys.Where(k => NameName().Match(k) is { Success: true } m && m.Groups["level"].Value == level).Select(k => texts[k]).FirstOrDefault(n => n.Length > 0) ?? "";
        if (codes.Count == 0)
            return new ReadShape(texts.GetValueOrDefault("pcode") ?? texts.GetValueOrDefault("code") ?? "", texts.GetValueOrDefault("name") ?? "", "", "", rings);
        var (own, above) = (codes[0], codes.Skip(1).FirstOrDefault(c => texts[c.Key].Length > 0));
        return new ReadShape(texts[own.Key], NameAt(own.Match.Groups["level"].Value), above.Key is null ? "" : texts[above.Key], above.Key is null ? "" : NameAt(above.Match.Groups["level"].Value), rings);
    }

    private static string Cut(string text) => text.Trim() is { Length: > MostLetters } words ? words[..MostLetters] : text.Trim();

    private static Refusal Refused(string slug) => new Refusal(slug, Principle.Coordination).At("File").MendedBy(Mender.You, MendPage.None);

    [GeneratedRegex("^adm(?:in)?(?<level>[0-9])_?p?code$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CodeName();

    [GeneratedRegex("^adm(?:in)?(?<level>[0-9])(?:_?name)?(?:_?(?:en|fr|es|ar))?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NameName();
}
