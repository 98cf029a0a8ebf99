using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Domain.Coordination;
using Amana.Domain.Shared;
using Amana.Features.Coordination;
using Amana.Features.Platform;
using Amana.Features.Tests.Activities;
using Amana.Testing;

namespace Amana.Features.Tests.Coordination;

/// <summary>Shapes of made-up places.</summary>
public sealed class Boundaries_from_a_file
{
    [Theory, OnEveryStore]
    public async Task Are_brought_by_those_who_keep_the_places_and_replace_those_before(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var place = (await planning.Snapshot()).Activity.Place.Code;
        var file = File(Square(place + "01", 0), Square(place + "02", 2));
        Assert.Equal(["actor.duty-missing"], Slugs(await Import(planning, planning.Lead, file)));
        Assert.Equal(2, (await Import(planning, planning.Coordinator, file)).Result);
        Assert.Equal(1, (await Import(planning, planning.Coordinator, File(Square(place, 0)))).Result);
        var now = (await planning.Ask<BoundariesInForce, Boundaries?>(q => q.Read(default)))!;
        Assert.Equal((place, "Made up, of today"), (Assert.Single(now.Areas).Code, now.Source));
        Assert.Contains(await planning.Ledger(), e => e.Kind == nameof(BoundariesImported));
        Assert.Equal([place, "XQ"], (await planning.Snapshot()).PlaceCodes); // CO-3 looks places up from now on
    }

    [Fact]
    public async Task Are_refused_whole_where_codes_and_places_are_not_the_same()
    {
        await using var planning = await Planning.Begin(StoreKind.Sqlite);
        var place = (await planning.Snapshot()).Activity.Place.Code;
        var refused = await Import(planning, planning.Coordinator, File(Square("ZZ01", 0)));
        Assert.Equal(["boundaries.places-missing"], Slugs(refused));
        Assert.Equal(place, refused.Refusals[0].Args["codes"]);
        Assert.Equal(["boundaries.without-code"], Slugs(await Import(planning, planning.Coordinator, File(Square(place, 0), Square("", 2)))));
        Assert.Equal(["boundaries.code-twice"], Slugs(await Import(planning, planning.Coordinator, File(Square(place, 0), Square(place, 2)))));
        Assert.Equal(["boundaries.no-areas"], Slugs(await Import(planning, planning.Coordinator, File())));
        Assert.Equal(["field.required"], Slugs(await planning.Do<ImportBoundaries, int>(u => u.Handle(planning.Coordinator, File(Square(place, 0)), " ", default))));
        Assert.Null(await planning.Ask<BoundariesInForce, Boundaries?>(q => q.Read(default)));
    }

    /// <summary>Whatever a hostile or careless file holds, it is refused in words: never an exception, never half kept.</summary>
    [Theory]
    [InlineData("", "boundaries.not-geojson")]
    [InlineData("not json", "boundaries.not-geojson")]
    [InlineData("[]", "boundaries.not-geojson")]
    [InlineData("""{"features":7}""", "boundaries.not-geojson")]
    [InlineData("""{"features":[7]}""", "boundaries.not-geojson")]
    [InlineData("""{"features":[{"geometry":null}]}""", "boundaries.not-polygons")]
    [InlineData("""{"features":[{"geometry":{"coordinates":[]}}]}""", "boundaries.not-geojson")]
    [InlineData("""{"features":[{"geometry":{"type":"Point","coordinates":[1,2]}}]}""", "boundaries.not-polygons")]
    [InlineData("""{"features":[{"geometry":{"type":"Polygon","coordinates":[[[1,2],[3],[4,5],[1,2]]]}}]}""", "boundaries.not-geojson")]
    [InlineData("""{"features":[{"geometry":{"type":"Polygon","coordinates":[[["a","b"],[1,1],[4,5],[1,2]]]}}]}""", "boundaries.not-geojson")]
    [InlineData("""{"features":[{"geometry":{"type":"Polygon","coordinates":[[[500000,4000000],[500001,4000000],[500001,4000001],[500000,4000000]]]}}]}""", "boundaries.not-polygons")]
    [InlineData("""{"features":[{"geometry":{"type":"Polygon","coordinates":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}}]}""", "boundaries.not-geojson")]
    public void That_are_none_are_refused_in_words(string file, string slug) => Assert.Equal(slug, BoundaryFile.Read(Encoding.UTF8.GetBytes(file)).Refusals[0].Slug);

    [Fact]
    public void That_are_too_many_are_refused_while_reading()
    {
        Assert.Equal("boundaries.too-large", BoundaryFile.Read(new byte[BoundaryFile.MostBytes + 1]).Refusals[0].Slug);
        Assert.Equal("boundaries.too-large", BoundaryFile.Read(File([.. Enumerable.Range(0, BoundaryRules.MostAreas + 1).Select(i => Square("X" + i, i % 100))])).Refusals[0].Slug);
    }

    [Theory]
    [InlineData("adm2_pcode", "adm2_en")]
    [InlineData("ADM2_PCODE", "ADM2_EN")]
    [InlineData("admin2Pcode", "admin2Name_en")]
    [InlineData("pcode", "name")]
    public void Are_known_by_the_properties_that_common_data_sets_use(string code, string name)
    {
        var read = BoundaryFile.Read(Encoding.UTF8.GetBytes($$"""{"features":[{"properties":{"{{code}}":" QZ0101 ","{{name}}":"Almond Pass","area":3},"geometry":{"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]]]} }]}""")).Result;
        Assert.Equal(("QZ0101", "Almond Pass"), (read[0].Code, read[0].Name));
    }

    /// <summary>A coast of very many corners becomes few, stays where it is, and neither an island nor the whole is lost.</summary>
    [Fact]
    public void Are_simplified_until_they_can_be_drawn_on_a_small_page()
    {
        string Coast(double x, double y, double r, int corners) => string.Join(',', Enumerable.Range(0, corners + 1).Select(i => i % corners)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"[{x + (r + 0.02 * Math.Sin(i * 7.3)) * Math.Cos(2 * Math.PI * i / corners):F5},{y + (r + 0.02 * Math.Sin(i * 7.3)) * Math.Sin(2 * Math.PI * i / corners):F5}]")));
        var features = Enumerable.Range(0, 60).Select(i => $$"""{"properties":{"adm2_pcode":"QZ{{i:D2}}"},"geometry":{"type":"MultiPolygon","coordinates":[[[{{Coast(i % 10 * 2, i / 10 * 2, 0.9, 3000)}}]],[[{{Coast(i % 10 * 2 + 0.95, i / 10 * 2 + 0.95, 0.001, 8)}}]]]} }""");
        var (areas, height) = BoundaryGrid.Of(BoundaryFile.Read(Encoding.UTF8.GetBytes($$"""{"features":[{{string.Join(',', features)}}]}""")).Result);
        Assert.InRange(areas.Sum(a => a.Rings.Sum(r => r.Count / 2)), 60 * 3, BoundaryRules.MostCorners);
        Assert.InRange(height, 1, BoundaryRules.Grid);
        Assert.All(areas, a => Assert.NotEmpty(a.Rings)); // the speck beside each goes, the land stays
        Assert.All(areas.SelectMany(a => a.Rings).SelectMany(r => r), v => Assert.InRange(v, 0, BoundaryRules.Grid));
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(areas, Mapping.Json).Length < 70_000);
    }

    private static string Square(string code, int at) =>
        $$"""{"properties":{"adm2_pcode":"{{code}}","adm2_en":"Made up {{at}}","adm1_pcode":"XQ","adm1_en":"Whole"},"geometry":{"type":"Polygon","coordinates":[[[{{at}},1],[{{at + 1}},1],[{{at + 1}},2],[{{at}},2],[{{at}},1]]]} }""";

    private static byte[] File(params string[] features) => Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""");

    private static Task<Outcome<int>> Import(Planning planning, AccessContext who, byte[] file) => planning.Do<ImportBoundaries, int>(u => u.Handle(who, file, "Made up, of today", default));

    private static IEnumerable<string> Slugs(Outcome<int> outcome) => outcome.Refusals.Select(r => r.Slug);
}
