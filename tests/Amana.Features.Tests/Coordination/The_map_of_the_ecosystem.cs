using System.Text.Json;
using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Features.Coordination;

namespace Amana.Features.Tests.Coordination;

public sealed class The_map_of_the_ecosystem
{
    private static RegistryLine Line(int number, string code, MatrixCategory category, string organisation = "River Aid", SensitivityLevel level = SensitivityLevel.Restricted)
    {
        var today = new DateOnly(2026, 5, 1);
        var started = ActivityRules.Start(new StartActivity(new ActivityId(Guid.CreateVersion7()), "Activity " + number, category, new Place(code, "Place " + code), [PopulationGroup.Women], new Period(today, today.AddDays(90)),
            new OrganisationId(Guid.CreateVersion7()), ["en"], level), number, new StaffId(Guid.CreateVersion7()), new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        return new RegistryLine(Activity.Start(Assert.IsType<Decision<ActivityStarted>.Allowed>(started).Change), organisation, level != SensitivityLevel.StrictlyConfidential, 0);
    }

    private static readonly RegistryLine[] Lines =
    [
        Line(1, "QZ", MatrixCategory.PopulationData), Line(2, "QZ01", MatrixCategory.ProtectionMonitoring), Line(3, "QZ01", MatrixCategory.ProtectionMonitoring, "Hill Aid"), Line(4, "QZ0102", MatrixCategory.CaseManagement),
        Line(5, "QZ02", MatrixCategory.NeedsAssessment), Line(6, "QZ03", MatrixCategory.CaseManagement, "=cmd", SensitivityLevel.StrictlyConfidential),
    ];

    [Fact]
    public void Nests_places_by_their_codes_and_leaves_out_what_is_dangerous_to_tell()
    {
        var map = EcosystemMap.Of(Lines);
        Assert.Equal(["QZ", "QZ01", "QZ02"], map.Select(p => p.Place.Code));
        Assert.Equal(["QZ0102"], map[1].Within.Select(p => p.Place.Code));
        Assert.Equal((2, 0), (map[1].Count(MatrixCategory.ProtectionMonitoring), map[1].Count(MatrixCategory.CaseManagement)));
        Assert.DoesNotContain(EcosystemMap.Flat(map), p => p.Place.Code == "QZ03");
    }

    [Fact]
    public void Is_GeoJSON_that_joins_by_code_and_holds_no_titles()
    {
        using var json = JsonDocument.Parse(EcosystemMap.GeoJson(EcosystemMap.Of(Lines)));
        var features = json.RootElement.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(["QZ", "QZ01", "QZ0102", "QZ02"], features.Select(f => f.GetProperty("id").GetString()));
        Assert.All(features, f => Assert.Equal(JsonValueKind.Null, f.GetProperty("geometry").ValueKind));
        Assert.Equal((2, 2), (features[1].GetProperty("properties").GetProperty("activities").GetInt32(), features[1].GetProperty("properties").GetProperty("organisations").GetArrayLength()));
        Assert.DoesNotContain("Activity 4", json.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_rows_with_HXL_tags_whose_cells_stay_texts()
    {
        var texts = Features.Texts.Texts.Load(typeof(Features.Platform.AmanaDb).Assembly);
        var rows = EcosystemMap.Rows(EcosystemMap.Of([.. Lines, Line(7, "QZ04", MatrixCategory.SectoralSystems, "=cmd()")]), texts, Features.Texts.Language.English);
        Assert.Equal(["#loc+code", "#loc+name", "#subsector+name", "#org", "#activity+num"], rows[1]);
        Assert.All(rows, r => Assert.Equal(5, r.Count));
        Assert.Contains("\"'=cmd()\"", RegistryTable.Csv(rows), StringComparison.Ordinal);
    }
}
