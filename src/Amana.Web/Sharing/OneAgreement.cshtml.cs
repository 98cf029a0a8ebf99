using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Sharing;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Amana.Web.Sharing;

/// <summary>One agreement: its terms, who accepted which revision, and what the reader's side can do now: accept, return, decline, put other terms, enter or confirm a signed copy, report a breach
/// or record it as resolved (SEC-8, CO-5).</summary>
[NoPersonalData]
public sealed class OneAgreementModel(AgreementList list, Features.Activities.StaffNames names) : StaffPage
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    [BindProperty]
    public AgreementInput Input { get; set; } = new();

    [BindProperty]
    public AnswerInput Given { get; set; } = new();

    [BindProperty]
    public CopySignedInput Copy { get; set; } = new();

    public ListedAgreement One { get; private set; } = null!;

    public Agreement Terms => One.Terms;

    public IReadOnlyDictionary<StaffId, string> Names { get; private set; } = new Dictionary<StaffId, string>();

    private IReadOnlyList<ListedOrganisation> Organisations { get; set; } = [];

    public bool HoldsDuty => AgreementRules.Duties.Any(Who.Actor.Has);

    public bool Speaks => HoldsDuty && Who.Actor.OrganisationId is { } side && Terms.Involves(side);

    /// <summary>Whose word is still needed: for the terms, or while trust is broken for its end.</summary>
    public IEnumerable<OrganisationId> Missing => new[] { Terms.GiverId, Terms.RecipientId }.Where(s => Terms.SuspendedAt is null ? !Terms.HasAccepted(s) : !Terms.HasResolved(s));

    public string ShortName(OrganisationId id) => Organisations.FirstOrDefault(o => o.Id == id)?.ShortName ?? "?";

    public bool HasStaff(OrganisationId id) => Organisations.FirstOrDefault(o => o.Id == id)?.HasStaff == true;

    public string NameOf(StaffId id) => Names.GetValueOrDefault(id, "–");

    private string Here => $"/sharing/agreements/{Id:N}";

    public void OnGet()
    {
        Input = AgreementInput.Of(Terms);
        Given.Hash = Terms.Hash;
    }

    public async Task<IActionResult> OnPostAnswer([FromServices] AnswerAgreement answer, CancellationToken cancellationToken) =>
        Answer(await answer.Handle(Who, Terms.Id, Given.Answer ?? AgreementActKind.Proposed, Given.Hash ?? "", Given.Reason ?? "", cancellationToken), Here, "agreement-answered", nameof(Given));

    public async Task<IActionResult> OnPostRevise([FromServices] ProposeTerms propose, CancellationToken cancellationToken) =>
        Input.Read() is { } terms ? Answer(await propose.Handle(Who, Terms.Id, terms, cancellationToken), Here, "agreement-proposed") : Refused(Input.Missing());

    public async Task<IActionResult> OnPostCopy([FromServices] RegisterSignedCopy register, CancellationToken cancellationToken) =>
        Copy.SignedOn.ToDate() is { } on
            ? Answer(await register.Handle(Who, Terms.Id, new SignedCopy(Copy.SignedBy ?? "", on, Copy.Reference ?? ""), cancellationToken), Here, "agreement-copy-entered", nameof(Copy))
            : Refused([new Refusal("field.required").At(nameof(Copy.SignedOn))], nameof(Copy));

    public async Task<IActionResult> OnPostJudge(bool same, [FromServices] RegisterSignedCopy register, CancellationToken cancellationToken) =>
        Answer(await register.Judge(Who, Terms.Id, same, cancellationToken), Here, same ? "agreement-copy-confirmed" : "agreement-copy-refused");

    public async Task<IActionResult> OnPostBreach([FromServices] ReportBreach report, CancellationToken cancellationToken) =>
        Answer(await report.Handle(Who, Terms.Id, Given.Reason ?? "", cancellationToken), Here, "agreement-suspended", nameof(Given));

    public async Task<IActionResult> OnPostResolve([FromServices] ReportBreach report, CancellationToken cancellationToken) =>
        Answer(await report.Resolve(Who, Terms.Id, Given.Reason ?? "", cancellationToken), Here, "agreement-resolved", nameof(Given));

    // By its name alone it would answer requests of the made-up method PAGE.
    [Microsoft.AspNetCore.Mvc.RazorPages.NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var (agreements, organisations) = await list.Read(Who.Actor, HttpContext.RequestAborted);
        if (agreements.FirstOrDefault(a => a.Terms.Id.Value == Id) is not { } one)
        {
            context.Result = NotFound();
            return;
        }

        (One, Organisations) = (one, organisations);
        Names = await names.Read(one.Terms.Acts.Select(a => a.By), HttpContext.RequestAborted);
        Shell.Crumbs = [new Crumb("nav.sharing", "/sharing"), new Crumb("agreements.title", "/sharing/agreements")];
        await base.OnPageHandlerExecutionAsync(context, next);
    }
}

/// <summary>An answer with its reason, to the terms with this fingerprint.</summary>
public sealed class AnswerInput
{
    public AgreementActKind? Answer { get; set; }

    public string? Hash { get; set; }

    public string? Reason { get; set; }
}

/// <summary>What was signed outside this house.</summary>
public sealed class CopySignedInput
{
    public string? SignedBy { get; set; }

    public DateParts SignedOn { get; set; } = new();

    public string? Reference { get; set; }
}
