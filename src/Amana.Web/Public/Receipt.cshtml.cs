using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Web.Consent;
using Amana.Features.Rights;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Amana.Web.Public;

/// <summary>
/// What is held under the code of a receipt, in kinds, and the way to take it back (IC-5, SEC-4). The code travels in the body of a post only, never in an
/// address. Unknown and erased codes get the same answer.
/// </summary>
[Changes("consent", "identity", "coded answers", "files")]
public sealed class Receipt(HeldByReceipt held, WithdrawConsent withdraw) : PublicPage
{
    [BindProperty]
    public ReceiptInput Input { get; set; } = new();

    public HeldUnderCode? Held { get; private set; }

    public Withdrawn? Taken { get; private set; }

    public bool NothingFound { get; private set; }

    /// <summary>The yeses that can be taken back on their own.</summary>
    public IEnumerable<Choice> Parts => (Held?.Yeses ?? []).Where(y => y != ConsentAsk.Participation).Select(y => new Choice(y.ToString(), Texts.Part(y, Held!.Organisations)));

    public void OnGet()
    {
        // Shows the form; nothing is looked up by an address.
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (TooOften)
            return Wait(nameof(Input));
        return await Show();
    }

    public Task<IActionResult> OnPostPartsAsync() => Withdraw(Input.Parts.Select(p => ConsentPart.TryParse(p, out var part) ? part : default).Where(p => p != ConsentAsk.Participation));

    public Task<IActionResult> OnPostAllAsync() => Withdraw([ConsentAsk.Participation]);

    private async Task<IActionResult> Withdraw(IEnumerable<ConsentPart> parts)
    {
        if (TooOften)
            return Wait(nameof(Input));
        var chosen = parts.ToList();
        if (chosen.Count == 0)
        {
            ModelState.AddModelError("Input.Parts", "receipt.parts.missing");
            return await Show();
        }

        var outcome = await withdraw.Handle(Person, Input.Code ?? "", chosen, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return Nothing();
        Taken = outcome.Result;
        return Page();
    }

    private async Task<IActionResult> Show()
    {
        Held = await held.Read(Person, Input.Code ?? "", HttpContext.RequestAborted);
        return Held is null ? Nothing() : Page();
    }

    // The same page and status for every code that finds nothing, also for one that never could.
    private PageResult Nothing()
    {
        ModelState.Remove("Input.Code");
        (Input, NothingFound) = (new ReceiptInput(), true);
        return Page();
    }
}

public sealed class ReceiptInput
{
    public string? Code { get; set; }

    public IReadOnlyList<string> Parts { get; set; } = [];
}
