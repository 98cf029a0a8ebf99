using Amana.Domain.Coordination;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Coordination;
using Amana.Features.Platform;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Coordination;

/// <summary>Requests for data between organisations, and their answers with benefit and risk of sharing and of not sharing (CO-4).</summary>
[NoPersonalData]
public sealed class RequestsModel(DataRequests requests, OrganisationList organisations, TimeProvider clock) : StaffPage
{
    private const string Address = "/coordination/requests";

    /// <summary>The texts of an assessment, with the keys of their labels.</summary>
    public static IReadOnlyList<(string Field, string Label)> Texts4 { get; } =
    [
        (nameof(AnswerInput.BenefitOfSharing), "requests-for-data.benefit"), (nameof(AnswerInput.BenefitOfNotSharing), "requests-for-data.benefit-not"), (nameof(AnswerInput.RiskOfSharing), "requests-for-data.risk.ask"),
        (nameof(AnswerInput.RiskOfNotSharing), "requests-for-data.risk-not.ask"), (nameof(AnswerInput.Mitigation), "requests-for-data.conditions"), (nameof(AnswerInput.Reason), "requests-for-data.reason"),
    ];

    /// <summary>The four numbers, with the keys of their labels.</summary>
    public static IReadOnlyList<(string Field, string Label)> Scores { get; } =
    [
        (nameof(AnswerInput.SharingLikelihood), "requests-for-data.sharing-likelihood"), (nameof(AnswerInput.SharingImpact), "requests-for-data.sharing-impact"),
        (nameof(AnswerInput.NotSharingLikelihood), "requests-for-data.not-sharing-likelihood"), (nameof(AnswerInput.NotSharingImpact), "requests-for-data.not-sharing-impact"),
    ];

    [BindProperty]
    public RequestInput Input { get; set; } = new();

    [BindProperty]
    public AnswerInput Answering { get; set; } = new();

    public IReadOnlyList<ListedRequest> Requests { get; private set; } = [];

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Input.Id = Ids.NewGuid(clock);
        await Fill(cancellationToken);
    }

    public async Task<IActionResult> OnPost([FromServices] AskOrganisation ask, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        var command = new AskForDataOf(new DataRequestId(Input.Id), new OrganisationId(Input.AskedOf ?? Guid.Empty), null, Input.What ?? "", Input.Purpose ?? "");
        return Answer(await ask.Handle(Who, command, cancellationToken), Address, "data-asked");
    }

    public async Task<IActionResult> OnPostAnswer([FromServices] AnswerDataRequest answer, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        var a = Answering;
        if (a.Answer is not { } given)
            return Refused([new Refusal("field.required").At("Answer")], nameof(Answering));
        var assessment = new SharingAssessment
        {
            BenefitOfSharing = a.BenefitOfSharing ?? "", BenefitOfNotSharing = a.BenefitOfNotSharing ?? "", RiskOfSharing = a.RiskOfSharing ?? "", SharingLikelihood = a.SharingLikelihood, SharingImpact = a.SharingImpact,
            RiskOfNotSharing = a.RiskOfNotSharing ?? "", NotSharingLikelihood = a.NotSharingLikelihood, NotSharingImpact = a.NotSharingImpact, Mitigation = a.Mitigation ?? "",
        };
        return Answer(await answer.Handle(Who, new DataRequestId(a.Request), given, assessment, a.Reason ?? "", cancellationToken), Address, "data-answered", nameof(Answering));
    }

    /// <summary>What was typed into a field of the answer to this request, after a refusal.</summary>
    public string? Typed(Guid request, string field) => Answering.Request == request ? (string?)typeof(AnswerInput).GetProperty(field)!.GetValue(Answering) : null;

    private async Task Fill(CancellationToken cancellationToken)
    {
        Requests = await requests.Read(Who, cancellationToken);
        Organisations = (await organisations.Read(Who, cancellationToken)).Where(o => o.Id != Who.Actor.OrganisationId).AsChoices();
    }
}

/// <summary>What is asked for.</summary>
public sealed class RequestInput
{
    public Guid Id { get; set; }
    public Guid? AskedOf { get; set; }
    public string? What { get; set; }
    public string? Purpose { get; set; }
}

/// <summary>The answer and what was weighed for it.</summary>
public sealed class AnswerInput
{
    public Guid Request { get; set; }
    public DataRequestAnswer? Answer { get; set; }
    public string? BenefitOfSharing { get; set; }
    public string? BenefitOfNotSharing { get; set; }
    public string? RiskOfSharing { get; set; }
    public string? RiskOfNotSharing { get; set; }
    public string? Mitigation { get; set; }
    public string? Reason { get; set; }
    public int SharingLikelihood { get; set; }
    public int SharingImpact { get; set; }
    public int NotSharingLikelihood { get; set; }
    public int NotSharingImpact { get; set; }
}
