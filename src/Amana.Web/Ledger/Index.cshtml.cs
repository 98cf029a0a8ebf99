using System.Text;
using Amana.Domain.Shared;
using Amana.Features.Platform.Ledger;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Ledger;

/// <summary>The ledger for those who hold a duty: search, last checkpoint, and verification on the spot (SEC-3). It holds nothing about people but random ids.</summary>
[NoPersonalData]
public sealed class Index(LedgerSearch search, VerifyLedger verify, ProveEntry prove) : StaffPage
{
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Activity { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public ShownLedger? Shown { get; private set; }

    public LedgerFinding? Finding { get; private set; }

    public IEnumerable<Choice> Kinds => (Shown?.Kinds ?? []).Select(k => new Choice(k, Words(k))).OrderBy(c => c.Text, StringComparer.Ordinal);

    /// <summary>What happened in words, or the entry's own name for it.</summary>
    public string Words(string kind) => Texts.Has("ledger.kind." + kind) ? Texts.Plain("ledger.kind." + kind) : kind;

    public Task<IActionResult> OnGetAsync([FromQuery(Name = "page")] int number = 1) => Show(number, []);

    public async Task<IActionResult> OnPostVerifyAsync()
    {
        var outcome = await verify.Handle(Who, HttpContext.RequestAborted);
        Finding = outcome.IsDone ? outcome.Result : null;
        return await Show(1, outcome.Refusals);
    }

    /// <summary>The proof of one entry as a file.</summary>
    public async Task<IActionResult> OnGetProofAsync(Guid entry)
    {
        var outcome = await prove.Handle(Who, entry.ToString(), HttpContext.RequestAborted);
        return outcome.IsDone ? File(Encoding.UTF8.GetBytes(outcome.Result.ToJson()), "application/json", $"ledger-{entry:N}.json")
            : outcome.Refusals.Any(r => r.Slug == "ledger.entry-not-found") ? NotFound() : await Show(1, outcome.Refusals);
    }

    private async Task<IActionResult> Show(int number, IReadOnlyList<Refusal> refusals)
    {
        var read = await search.Read(Who, new LedgerFilter(Kind, Activity, From, To), number, HttpContext.RequestAborted);
        Shown = read.IsDone ? read.Result : null;
        List<Refusal> all = [.. refusals, .. read.Refusals];
        return all.Count == 0 ? Page() : Refused([.. all.DistinctBy(r => r.Slug)], "");
    }
}
