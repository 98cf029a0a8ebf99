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

/// <summary>The agreements of the operation: those that wait for the reader first, and a new one put to another organisation (SEC-8, CO-5).</summary>
[NoPersonalData]
public sealed class AgreementsModel(AgreementList list, TimeProvider clock) : StaffPage
{
    [BindProperty]
    public AgreementInput Input { get; set; } = new();

    public IReadOnlyList<ListedAgreement> Agreements { get; private set; } = [];

    public IReadOnlyList<ListedOrganisation> Organisations { get; private set; } = [];

    public bool MayMake => Authority.MustHoldOneOf(Who.Actor, AgreementRules.Duties).Count == 0;

    public IReadOnlyList<Choice> Givers => [.. Organisations.Select(o => new Choice(o.Id.Value.ToString(), $"{o.Name} ({o.ShortName})"))];

    public async Task OnGet(CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        Input = new AgreementInput { Id = Ids.NewGuid(clock), GiverId = Who.Actor.OrganisationId?.Value };
    }

    public async Task<IActionResult> OnPost([FromServices] ProposeTerms propose, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        if (Input.Read() is not { } terms)
            return Refused(Input.Missing());
        var command = new ProposeAgreement(new AgreementId(Input.Id), new OrganisationId(Input.GiverId ?? default), new OrganisationId(Input.RecipientId ?? default), terms);
        return Answer(await propose.Handle(Who, command, cancellationToken), $"/sharing/agreements/{Input.Id:N}", "agreement-proposed");
    }

    internal static string Sign(ListedAgreement one) => one.Terms.State switch
    {
        AgreementState.Agreed => one.InForce ? "met" : "na",
        AgreementState.Suspended => "unmet",
        AgreementState.Declined => "na",
        _ => "due",
    };

    internal static string StateKey(ListedAgreement one) => one.Terms.State == AgreementState.Agreed
        ? one.InForce ? "agreements.in-force" : "agreements.not-in-force"
        : "vocabulary.AgreementState." + one.Terms.State;

    private async Task Fill(CancellationToken cancellationToken)
    {
        (Agreements, Organisations) = await list.Read(Who.Actor, cancellationToken);
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
    public List<SharingDetail> Kinds { get; set; } = [];
    public string? Safeguards { get; set; }

    /// <summary>Names of questions, one a line or separated by commas.</summary>
    public string? Fields { get; set; }
    public DateParts From { get; set; } = new();
    public DateParts Until { get; set; } = new();
    public int? SmallestGroup { get; set; } = new OperationLimits().PartnerK;

    /// <summary>The terms; none while a date is missing.</summary>
    public AgreementTerms? Read() => From.ToDate() is { } from && Until.ToDate() is { } until
        ? new AgreementTerms(Title ?? "", Purpose ?? "", [.. Kinds.Distinct()], Safeguards ?? "", new Period(from, until), SmallestGroup ?? 0) { Fields = [.. (Fields ?? "").Split(['\n', '\r', ',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] } : null;

    public IReadOnlyList<Refusal> Missing() => [new Refusal("field.required").At(From.ToDate() is null ? nameof(From) : nameof(Until))];

    public static AgreementInput Of(Agreement a) => new()
    {
        Title = a.Title, Purpose = a.Purpose, Kinds = [.. a.Kinds], Safeguards = a.Safeguards, From = DateParts.Of(a.InForce.Start), Until = DateParts.Of(a.InForce.End), SmallestGroup = a.SmallestGroup,
        Fields = string.Join('\n', a.Fields),
    };
}
