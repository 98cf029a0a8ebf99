using System.Text.Json.Nodes;
using Amana.Domain.Activities;
using Amana.Features.Texts;

namespace Amana.Features.Coordination;

/// <summary>One place of the map, with the open activities there and the places that lie in it.</summary>
/// <param name="Place">Code and name.</param>
/// <param name="Here">Activities at exactly this place.</param>
/// <param name="Within">Places whose codes begin with this one's. Codes do not always tell what lies where, so this is for drawing alone and is never kept.</param>
public sealed record MapPlace(Place Place, IReadOnlyList<RegistryLine> Here, IReadOnlyList<MapPlace> Within)
{
    public int Count(MatrixCategory category) => Here.Count(l => l.Activity.Category == category);
}

/// <summary>One area of the boundaries with the open activities that concern it.</summary>
public sealed record MapArea(Domain.Coordination.BoundaryArea Area, IReadOnlyList<RegistryLine> Lines);

/// <summary>Who collects what, where, as a schematic map (principle 8): places side by side in the order of their codes, each with the eight categories. Strictly confidential activities are not on
/// it: who works where is itself dangerous to tell. It holds nothing about people whom data is about.</summary>
public static class EcosystemMap
{
    private static readonly string[] Keys = ["place-code", "place", "category", "organisation", "activities"];

    /// <summary>HXL hashtags of the columns, in their order.</summary>
    public static IReadOnlyList<string> Tags { get; } = ["#loc+code", "#loc+name", "#subsector+name", "#org", "#activity+num"];

    /// <summary>Places with an activity, nested under the nearest place of the map whose code theirs begins with.</summary>
    public static IReadOnlyList<MapPlace> Of(IEnumerable<RegistryLine> lines)
    {
        var byPlace = lines.Where(l => l.PlaceShown && l.Activity.Place.Code.Length > 0).GroupBy(l => l.Activity.Place.Code, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var codes = byPlace.Select(g => g.Key).ToList();
        // The whole country, where it is a place of the map, is a tile of its own: all others would lie in it, and nothing would stand side by side.
        string? ParentOf(string code) => codes.Where(c => c.Length > 2 && c.Length < code.Length && code.StartsWith(c, StringComparison.Ordinal)).MaxBy(c => c.Length);
        IReadOnlyList<MapPlace> Below(string? parent) => [.. byPlace.Where(g => ParentOf(g.Key) == parent).Select(g => new MapPlace(g.First().Activity.Place, [.. g], Below(g.Key)))];
        return Below(null);
    }

    /// <summary>The areas of the boundaries, each with the activities at it, in it, or in the region of which it is a part. What concerns the whole operation would fill every area and hide each gap; it stands among the places alone.</summary>
    public static IReadOnlyList<MapArea> On(Domain.Coordination.Boundaries boundaries, IEnumerable<RegistryLine> lines)
    {
        var shown = lines.Where(l => l.PlaceShown && !(boundaries.Areas.Count > 1 && boundaries.Areas.All(a => a.Concerns(l.Activity.Place.Code)))).ToList();
        return [.. boundaries.Areas.OrderBy(a => a.Code, StringComparer.Ordinal).Select(a => new MapArea(a, [.. shown.Where(l => a.Concerns(l.Activity.Place.Code))]))];
    }

    /// <summary>Every place with all that lie in it, one after the other.</summary>
    public static IEnumerable<MapPlace> Flat(IEnumerable<MapPlace> places) => places.SelectMany(p => Flat(p.Within).Prepend(p));

    /// <summary>One row for each place, category and organisation, with headings and HXL tags.</summary>
    public static IReadOnlyList<IReadOnlyList<object?>> Rows(IEnumerable<MapPlace> places, Texts.Texts texts, Language language) =>
    [
        [.. Keys.Select(k => (object?)texts.Get(language, "registry." + k))],
        [.. Tags],
        .. Flat(places).SelectMany(p => p.Here.GroupBy(l => (l.Activity.Category, l.Organisation)).OrderBy(g => g.Key.Category).ThenBy(g => g.Key.Organisation, StringComparer.Ordinal)
            .Select(g => (IReadOnlyList<object?>)[p.Place.Code, p.Place.Name, texts.Word(language, "MatrixCategory", g.Key.Category.ToString()), g.Key.Organisation, g.Count()])),
    ];

    /// <summary>The same for map programs (RFC 7946). Places have no geometry here: whoever has the boundaries of the operation joins them by the code.</summary>
    public static string GeoJson(IEnumerable<MapPlace> places) => new JsonObject
    {
        ["type"] = "FeatureCollection",
        ["features"] = new JsonArray([.. Flat(places).Select(p => (JsonNode)new JsonObject
        {
            ["type"] = "Feature", ["id"] = p.Place.Code, ["geometry"] = null,
            ["properties"] = new JsonObject
            {
                ["code"] = p.Place.Code, ["name"] = p.Place.Name, ["activities"] = p.Here.Count,
                ["organisations"] = new JsonArray([.. p.Here.Select(l => l.Organisation).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(o => (JsonNode)o)]),
                ["categories"] = new JsonObject(p.Here.CountBy(l => l.Activity.Category).OrderBy(c => c.Key).Select(c => KeyValuePair.Create(c.Key.ToString(), (JsonNode?)c.Value))),
            },
        })]),
    }.ToJsonString();
}
