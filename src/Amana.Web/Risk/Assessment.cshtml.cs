using Amana.Domain.Principles;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Risk;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Risk;

/// <summary>The risk assessment: written, approved by someone else, reviewed in time, accepted by name at the tolerance, reopened by change (DNH-1 to DNH-4).</summary>
[NoPersonalData]
public sealed class AssessmentModel(ActivityFrame frame, StaffDirectory staff) : ActivityPage(frame)
{
    private static readonly (RiskStage Stage, HarmedParty Harmed, string Words, string Mitigation, int Likelihood, int Severity)[] Starters =
    [
        (RiskStage.Collection, HarmedParty.Person, "risk.starter.collection", "risk.starter.collection.do", 2, 4),
        (RiskStage.Storage, HarmedParty.Person, "risk.starter.storage", "risk.starter.storage.do", 2, 4),
        (RiskStage.Use, HarmedParty.Group, "risk.starter.use", "risk.starter.use.do", 2, 3),
        (RiskStage.Sharing, HarmedParty.Group, "risk.starter.sharing", "risk.starter.sharing.do", 2, 3),
        (RiskStage.Action, HarmedParty.Community, "risk.starter.action", "risk.starter.action.do", 2, 3),
        (RiskStage.NotActing, HarmedParty.Person, "risk.starter.not-acting", "risk.starter.not-acting.do", 3, 3),
    ];

    private static readonly string[] LikelihoodKeys = ["risk.likelihood.rare", "risk.likelihood.possible", "risk.likelihood.likely", "risk.likelihood.almost-certain"];
    private static readonly string[] SeverityKeys = ["risk.severity.minor", "risk.severity.moderate", "risk.severity.severe", "risk.severity.life"];

    public override string TitleKey => "place.risk";

    [BindProperty]
    public RiskInput Input { get; set; } = new();

    [BindProperty]
    public ReviewInput Review { get; set; } = new();

    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    public RiskAssessment? Assessment => State.Risk;

    public bool IsAuthor => Assessment?.AuthorId == Who.Actor.StaffId;

    /// <summary>May approve here, and did not write it.</summary>
    public bool MayJudge => !IsAuthor && Authority.MayApprove(State, Who.Actor).Count == 0;

    public bool MayAccept => !IsAuthor && Authority.MayVouch(State, Who.Actor).Count == 0;

    public bool HasChanged => Assessment is { State: RiskState.Approved } risk && risk.ApprovedFingerprint != State.RiskFingerprint();

    public bool Lapsed => Assessment is { } risk && risk.Content.ReviewOn < State.Today;

    public bool ReviewNear => Assessment is { } risk && risk.Content.ReviewOn <= State.Today.AddDays(State.Limits.NoticeDays);

    public IReadOnlyList<Choice> Likelihoods => Scale(LikelihoodKeys);

    public IReadOnlyList<Choice> Severities => Scale(SeverityKeys);

    public IReadOnlyList<Choice> Owners => [.. Staff.Where(s => s.Active).Select(s => new Choice(s.Id.Value.ToString(), $"{s.Name} ({s.Organisation})"))];

    public string Name(StaffId? id) => Staff.FirstOrDefault(s => s.Id == id)?.Name ?? "";

    /// <summary>The words of one level of likelihood or severity.</summary>
    public string Level(bool severity, int level) => Texts.Plain((severity ? SeverityKeys : LikelihoodKeys)[level - 1]);

    public IEnumerable<string> CodesAt(bool after, int likelihood, int severity) =>
        (Assessment?.Content.Risks ?? []).Where(r => (after ? (r.ResidualLikelihood, r.ResidualSeverity) : (r.Likelihood, r.Severity)) == (likelihood, severity)).Select(r => r.Code);

    public bool IsWrong(RiskRow row) => ModelState.TryGetValue("Input.Risks." + row.Code, out var entry) && entry.Errors.Count > 0;

    public Task OnGet(CancellationToken cancellationToken) => Fill(cancellationToken);

    public async Task<IActionResult> OnPost([FromServices] WriteRiskAssessment write, CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        var (content, missing) = Input.Read();
        return missing.Count > 0 ? Refused(missing) : Answer(await write.Handle(Who, ActivityId, content, cancellationToken), At("risk"), "risk-written");
    }

    /// <summary>One row more or one less, without saving: what was typed stays.</summary>
    public async Task<IActionResult> OnPostRow(string? remove, CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        ModelState.Clear();
        if (remove is null)
            Input.Add();
        else
            Input.Risks.RemoveAll(r => r.Code == remove);
        return Page();
    }

    /// <summary>A typical risk for each stage that has none yet, as text to be changed, without saving.</summary>
    public async Task<IActionResult> OnPostStarter(CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        ModelState.Clear();
        Input.Risks.RemoveAll(r => r.IsEmpty);
        Input.Tolerance ??= RiskContent.Empty.Tolerance;
        foreach (var starter in Starters.Where(s => Input.Risks.All(r => r.Stage != s.Stage)))
        {
            var row = Input.Add();
            (row.Stage, row.Harmed, row.Text, row.Mitigation) = (starter.Stage, starter.Harmed, Texts.Plain(starter.Words), Texts.Plain(starter.Mitigation));
            (row.Likelihood, row.Severity, row.ResidualLikelihood, row.ResidualSeverity, row.State) = (starter.Likelihood, starter.Severity, 1, starter.Severity, MitigationState.Planned);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostApprove([FromServices] ApproveRisk approve, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await approve.Handle(Who, ActivityId, cancellationToken), At("risk"), "risk-approved");
    }

    public async Task<IActionResult> OnPostReview([FromServices] ReviewRisk review, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Review.ReviewOn.ToDate() is not { } next
            ? Refused([new Refusal("field.required").At("ReviewOn")], nameof(Review))
            : Answer(await review.Handle(Who, ActivityId, next, cancellationToken), At("risk"), "risk-reviewed", nameof(Review));
    }

    public async Task<IActionResult> OnPostAccept(string? code, [FromServices] AcceptRisk accept, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await accept.Handle(Who, ActivityId, code ?? "", cancellationToken), At("risk"), "risk-accepted");
    }

    public async Task<IActionResult> OnPostReopen([FromServices] ReopenRisk reopen, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Review.Because is not { } because
            ? Refused([new Refusal("field.required").At("Because")], nameof(Review))
            : Answer(await reopen.Handle(Who, ActivityId, because, cancellationToken), At("risk"), "risk-reopened", nameof(Review));
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        Input = RiskInput.Of(Assessment?.Content);
    }

    private IReadOnlyList<Choice> Scale(string[] keys) =>
        [.. keys.Select((key, i) => new Choice((i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), $"{Texts.Number(i + 1)} · {Texts.Plain(key)}"))];
}

/// <summary>The next review, or why it is reopened before.</summary>
public sealed class ReviewInput
{
    public DateParts ReviewOn { get; set; } = new();
    public ReopeningReason? Because { get; set; }
}
