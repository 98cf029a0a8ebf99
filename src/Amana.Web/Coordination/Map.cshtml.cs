using System.Text;
using Amana.Domain.Activities;
using Amana.Features.Coordination;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Coordination;

/// <summary>The ecosystem as a schematic map with its table: places of the operation, the eight categories, who works there; and both as files.</summary>
[NoPersonalData]
public sealed class MapModel(WhoDoesWhat registry, BoundariesInForce inForce, Features.Texts.Texts texts) : StaffPage
{
    [BindProperty(SupportsGet = true)]
    public MatrixCategory? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Organisation { get; set; }

    public IReadOnlyList<MapPlace> Places { get; private set; } = [];

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    /// <summary>The operation's boundaries; none where nobody brought any.</summary>
    public Domain.Coordination.Boundaries? Shapes { get; private set; }

    /// <summary>The areas of the boundaries, those without any activity too.</summary>
    public IReadOnlyList<MapArea> Areas { get; private set; } = [];

    /// <summary>Activities whose place is not told.</summary>
    public int Withheld { get; private set; }

    public Task OnGet(CancellationToken cancellationToken) => Fill(cancellationToken);

    public async Task<IActionResult> OnGetCsv(CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return File(Encoding.UTF8.GetBytes(RegistryTable.Csv(EcosystemMap.Rows(Places, texts, LanguageChoice.Of(HttpContext)))), "text/csv; charset=utf-8", "ecosystem.csv");
    }

    public async Task<IActionResult> OnGetGeoJson(CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return File(Encoding.UTF8.GetBytes(EcosystemMap.GeoJson(Places)), "application/geo+json", "ecosystem.geojson");
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        var lines = await registry.Read(Who, cancellationToken);
        Organisations = [.. lines.Select(l => l.Organisation).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(o => new Choice(o, o))];
        var wanted = lines.Where(l => (Category is null || l.Activity.Category == Category) && (string.IsNullOrEmpty(Organisation) || l.Organisation == Organisation)).ToList();
        Withheld = wanted.Count(l => !l.PlaceShown);
        Places = EcosystemMap.Of(wanted);
        Shapes = await inForce.Read(cancellationToken);
        Areas = Shapes is { } shapes ? EcosystemMap.On(shapes, wanted) : [];
    }
}
