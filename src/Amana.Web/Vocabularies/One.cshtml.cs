using Amana.Domain.Shared;
using Amana.Domain.Vocabularies;
using Amana.Features.Vocabularies;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Vocabularies;

/// <summary>One list: its entries, how its age groups lie beside another list's, and the form to change or add an entry.</summary>
[NoPersonalData]
public sealed class OneModel(VocabularyLists lists, EditVocabulary edit) : StaffPage
{
    private static readonly string[] Languages = ["en", "fr", "es", "ar"];

    [BindProperty]
    public TermInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Beside { get; set; }

    public VocabularyList List { get; private set; } = null!;

    /// <summary>The other lists of ages; none for a list without ages.</summary>
    public IReadOnlyList<Choice> Others { get; private set; } = [];

    public IReadOnlyList<AgeMatch> Matches { get; private set; } = [];

    public async Task<IActionResult> OnGet(string code, string? term, CancellationToken cancellationToken)
    {
        if (!await Has(code, cancellationToken))
            return NotFound();
        var entry = List.Term(term ?? "");
        Input = new TermInput
        {
            TermCode = entry?.Code, Words = WordsIn.Of(Languages, entry?.Label ?? LocalText.Empty), Checked = entry?.Checked ?? false, Retired = entry?.Retired ?? false, Note = entry?.Note,
        };
        return Page();
    }

    public async Task<IActionResult> OnPost(string code, CancellationToken cancellationToken)
    {
        if (!await Has(code, cancellationToken))
            return NotFound();
        var outcome = await edit.Handle(Who, new EditTerm(List.Code, Input.TermCode ?? "", WordsIn.ToText(Input.Words), Input.Checked, Input.Retired, Input.Note ?? ""), cancellationToken);
        return Answer(outcome, "/set-up/vocabularies/" + List.Code, "term-edited");
    }

    private async Task<bool> Has(string code, CancellationToken cancellationToken)
    {
        var all = await lists.Read(null, cancellationToken);
        if (all.FirstOrDefault(l => l.Code == code) is not { } list)
            return false;
        List = list;
        var ages = all.Where(l => VocabularyRules.HasAges(list) && VocabularyRules.HasAges(l) && l.Code != code).ToList();
        Others = [.. ages.Select(l => new Choice(l.Code, l.Name.In(Texts.Language.Code)))];
        Matches = ages.FirstOrDefault(l => l.Code == Beside) is { } beside ? VocabularyRules.Ages(list, beside) : [];
        return true;
    }
}

/// <summary>What the form asks.</summary>
public sealed class TermInput
{
    public string? TermCode { get; set; }
    public List<WordsIn> Words { get; set; } = [];
    public bool Checked { get; set; }
    public bool Retired { get; set; }
    public string? Note { get; set; }
}
