using System.Text;
using Amana.Domain.Activities;
using Amana.Features.Coordination;
using Amana.Web.Security;
using Amana.Web.Ui;
using Amana.XForms.Workbooks;
using Microsoft.AspNetCore.Mvc;
using Place = Amana.Domain.Activities.Place;

namespace Amana.Web.Coordination;

/// <summary>Who collects what, where: the board of categories and places, the table, and both as files with HXL tags.</summary>
[NoPersonalData]
public sealed class IndexModel(WhoDoesWhat registry, Features.Texts.Texts texts) : StaffPage
{
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public IReadOnlyList<RegistryLine> Lines { get; private set; } = [];

    public IReadOnlyList<Place> Places => [.. Lines.Where(l => l.PlaceShown).Select(l => l.Activity.Place).DistinctBy(p => p.Code).OrderBy(p => p.Code, StringComparer.Ordinal)];

    public IReadOnlyList<RegistryLine> At(MatrixCategory category, string place) => [.. Lines.Where(l => l.PlaceShown && l.Activity.Category == category && l.Activity.Place.Code == place)];

    public async Task OnGet(CancellationToken cancellationToken) => Lines = await registry.Read(Who, cancellationToken);

    public async Task<IActionResult> OnGetCsv(CancellationToken cancellationToken)
    {
        return File(Encoding.UTF8.GetBytes(RegistryTable.Csv(await Rows(cancellationToken))), "text/csv; charset=utf-8", "who-does-what.csv");
    }

    public async Task<IActionResult> OnGetXlsx(CancellationToken cancellationToken) =>
        File(SpreadsheetWriter.Write(new SheetToWrite("5W", await Rows(cancellationToken), Texts.Language.Code == "ar")), Spreadsheet, "who-does-what.xlsx");

    private async Task<IReadOnlyList<IReadOnlyList<object?>>> Rows(CancellationToken cancellationToken) => RegistryTable.Rows(await registry.Read(Who, cancellationToken), texts, LanguageChoice.Of(HttpContext));
}
