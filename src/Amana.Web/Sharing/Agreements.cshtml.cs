using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Sharing;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Sharing;

/// <summary>The agreements of the operation: listed, made, suspended (SEC-8, CO-5).</summary>
[NoPersonalData]
public sealed class AgreementsModel(AgreementList list, TimeProvider clock) : StaffPage
{
    private const string Address = "/sharing/agreements";

    [BindProperty]
    public AgreementInput Input { get; set; } = new();

    public IReadOnlyList<ListedAgreement> Agreements { get; private set; } = [];

    public IReadOnlyList<ListedOrganisation> Organisations { get; private set; } = [];

    public bool MayMake => Authority.MustHoldOneOf(Who.Actor, Duty.Coordinator, Duty.DataProtectionFocalPoint).Count == 0;

    public IReadOnlyList<Choice> Givers => [.. Organisations.Select(o => new Choice(o.Id.Value.ToString(), $"{o.Name} ({o.ShortName})"))];

    public async Task OnGet(CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        Input = new AgreementInput { Id = Ids.NewGuid(clock), GiverId = Who.Actor.OrganisationId?.Value };
    }

    public async Task<IActionResult> OnPost([FromServices] EnterAgreement enter, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        if (Input.From.ToDate() is not { } from || Input.Until.ToDate() is not { } until)
            return Refused([new Refusal("field.required").At(Input.From.ToDate() is null ? nameof(Input.From) : nameof(Input.Until))]);
        var command = new MakeAgreement(new AgreementId(Input.Id), new OrganisationId(Input.GiverId ?? default), new OrganisationId(Input.RecipientId ?? default), Input.Title ?? "",
            Input.Purpose ?? "", Input.Safeguards ?? "", new Period(from, until), Input.SmallestGroup ?? 0);
        return Answer(await enter.Handle(Who, command, cancellationToken), Address, "agreement-made");
    }

    public async Task<IActionResult> OnPostSuspend(Guid agreement, [FromServices] SuspendAgreement suspend, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await suspend.Handle(Who, new AgreementId(agreement), cancellationToken), Address, "agreement-suspended");
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        (Agreements, Organisations) = await list.Read(cancellationToken);
        Shell.Crumbs = [new Crumb("nav.sharing", "/sharing")];
    }
}

/// <summary>The terms as the form has them; the id makes a post that is sent twice one agreement.</summary>
public sealed class AgreementInput
{
    public Guid Id { get; set; }
    public Guid? GiverId { get; set; }
    public Guid? RecipientId { get; set; }
    public string? Title { get; set; }
    public string? Purpose { get; set; }
    public string? Safeguards { get; set; }
    public DateParts From { get; set; } = new();
    public DateParts Until { get; set; } = new();
    public int? SmallestGroup { get; set; } = new OperationLimits().PartnerK;
}
