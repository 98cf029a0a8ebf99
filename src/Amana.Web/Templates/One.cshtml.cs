using Amana.Domain.Risk;
using Amana.Domain.Templates;
using Amana.Features.Risk;
using Amana.Features.Templates;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Templates;

/// <summary>One template as a whole, and its starter form as a file.</summary>
[NoPersonalData]
public sealed class OneModel : StaffPage
{
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public ActivityTemplate Template { get; private set; } = null!;

    public IEnumerable<LibraryRisk> Risks => Template.Risks.Select(RiskLibrary.Find).OfType<LibraryRisk>();

    public IActionResult OnGet(string code) => Has(code) ? Page() : NotFound();

    public IActionResult OnGetForm(string code) =>
        Has(code) ? File(TemplateForms.Of(Template, TemplateShelf.Languages), Spreadsheet, Template.Code + ".xlsx") : NotFound();

    private bool Has(string code)
    {
        if (TemplateShelf.Find(code) is not { } found)
            return false;
        Template = found;
        return true;
    }
}
