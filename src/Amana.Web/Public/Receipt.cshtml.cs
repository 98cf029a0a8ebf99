using System.Text;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Rights;
using Amana.Web.Consent;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Amana.Web.Public;

/// <summary>
/// What is held under the code of a receipt, in kinds; the way to take it back, to ask for more and to read the answer; the receipt to print and to keep as JSON-LD (IC-5, SEC-4). The code
/// travels in the body of a post only, never in an address. Unknown and erased codes get the same answer.
/// </summary>
[Changes("consent", "identity", "coded answers", "files")]
public sealed class Receipt(HeldByReceipt held, WithdrawConsent withdraw, RegisterRequest register, AccessCopies copies, AnswersByReceipt answers, TakeReceiptProof take) : PublicPage
{
    [BindProperty]
    public ReceiptInput Input { get; set; } = new();

    public HeldUnderCode? Held { get; private set; }

    public Withdrawn? Taken { get; private set; }

    /// <summary>The full account of what is held, to read or to print.</summary>
    public AccessCopy? Copy { get; private set; }

    /// <summary>The slip to print: the code with its QR code and nothing that tells what it is about.</summary>
    public bool Slip { get; private set; }

    public IReadOnlyList<(RightsRequest Request, Sensitive<string> Words)> Asked { get; private set; } = [];

    /// <summary>The day by which a request that was just made is answered.</summary>
    public DateOnly? AnsweredBy { get; private set; }

    public bool NothingFound { get; private set; }

    /// <summary>What the ledger says about this consent, each with its proof to take away.</summary>
    public IReadOnlyList<ReceiptEntry> Entries { get; private set; } = [];

    /// <summary>The proof of a withdrawal, handed over with its answer: the code opens nothing any more soon after.</summary>
    public string? Proof { get; private set; }

    /// <summary>The yeses that can be taken back on their own.</summary>
    public IEnumerable<Choice> Parts => (Held?.Yeses ?? []).Where(y => y != ConsentAsk.Participation).Select(y => new Choice(y.ToString(), Texts.Part(y, Held!.Organisations)));

    public static IReadOnlyList<Choice> Kinds { get; } = Vocabulary.Choices([RightKind.Access, RightKind.Correction, RightKind.Objection, RightKind.Erasure, RightKind.Complaint]);

    public void OnGet()
    {
        // Shows the form; nothing is looked up by an address.
    }

    public async Task<IActionResult> OnPostAsync() => TooOften ? Wait(nameof(Input)) : await Show();

    public Task<IActionResult> OnPostPartsAsync() => Withdraw(Input.Parts.Select(p => ConsentPart.TryParse(p, out var part) ? part : default).Where(p => p != ConsentAsk.Participation));

    /// <summary>The proof of one entry about this consent, as a file.</summary>
    public async Task<IActionResult> OnPostProofAsync(Guid entry)
    {
        if (TooOften)
            return Wait(nameof(Input));
        var proof = await take.Handle(Person, Input.Code ?? "", entry, HttpContext.RequestAborted);
        return proof.IsDone ? File(Encoding.UTF8.GetBytes(proof.Result.ToJson()), "application/json", "proof.json") : Nothing();
    }

    public Task<IActionResult> OnPostAllAsync() => Withdraw([ConsentAsk.Participation]);

    public async Task<IActionResult> OnPostAskAsync()
    {
        if (TooOften)
            return Wait(nameof(Input));
        var outcome = await register.Handle(Person, new AskedRight(Input.Code ?? "", Input.Kind, new Sensitive<string>(Input.Words ?? "")), HttpContext.RequestAborted);
        if (!outcome.IsDone && outcome.Refusals.Any(r => r.Slug == "receipt.not-found"))
            return Nothing();
        if (!outcome.IsDone)
        {
            var page = await Show();
            return Held is null ? page : Refused(outcome.Refusals);
        }

        AnsweredBy = outcome.Result;
        return await Show();
    }

    public Task<IActionResult> OnPostCopyAsync() => WithCopy(copy =>
    {
        Copy = copy;
        return Page();
    });

    public Task<IActionResult> OnPostCopyFileAsync() => WithCopy(copy => File(Encoding.UTF8.GetBytes(ConsentDocuments.Copy(copy, Texts.Language.Code)), "application/json", "copy.json"));

    public Task<IActionResult> OnPostReceiptFileAsync() => WithCopy(copy => File(Encoding.UTF8.GetBytes(ConsentDocuments.Receipt(copy, Texts.Language.Code)), "application/ld+json", "receipt.jsonld"));

    public Task<IActionResult> OnPostSlipAsync() => WithCopy(copy =>
    {
        (Copy, Slip) = (copy, true);
        return Page();
    });

    private async Task<IActionResult> WithCopy(Func<AccessCopy, IActionResult> show)
    {
        if (TooOften)
            return Wait(nameof(Input));
        return await copies.Read(Person, Input.Code ?? "", HttpContext.RequestAborted) is { } copy ? show(copy) : Nothing();
    }

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
        var proof = await take.Handle(Person, Input.Code ?? "", null, HttpContext.RequestAborted);
        Proof = proof.IsDone ? proof.Result.ToJson() : null;
        return Page();
    }

    private async Task<IActionResult> Show()
    {
        Held = await held.Read(Person, Input.Code ?? "", HttpContext.RequestAborted);
        if (Held is null)
            return Nothing();
        Asked = await answers.Read(Person, Input.Code ?? "", HttpContext.RequestAborted);
        Entries = await take.Listed(Person, Input.Code ?? "", HttpContext.RequestAborted);
        return Page();
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

    public List<string> Parts { get; set; } = [];

    public RightKind? Kind { get; set; }

    public string? Words { get; set; }
}
