using Amana.Domain.Vocabularies;
using Amana.Features.Vocabularies;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Vocabularies;

/// <summary>The field's words as this operation uses them, to look through and search (CO-3).</summary>
[NoPersonalData]
public sealed class IndexModel(VocabularyLists lists) : StaffPage
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    public IReadOnlyList<VocabularyList> Lists { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellationToken) => Lists = await lists.Read(Text, cancellationToken);
}
