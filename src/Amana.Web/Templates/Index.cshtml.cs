using Amana.Domain.Templates;
using Amana.Features.Templates;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.Templates;

/// <summary>The first step of starting an activity: from which template, or from none.</summary>
[NoPersonalData]
public sealed class IndexModel : StaffPage
{
    public static IEnumerable<ActivityTemplate> Urgent => TemplateShelf.All.Where(t => t.Short);

    public static IEnumerable<ActivityTemplate> ByCategory => TemplateShelf.All.Where(t => !t.Short);

    public void OnGet()
    {
    }
}
