using System.Text;
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
public sealed class AssessmentModel(ActivityFrame frame, StaffDirectory staff, RiskRevisions revisions) : ActivityPage(frame)
{
    /// <summary>One risk of the library for each stage, to begin with.</summary>
    private static readonly string[] Starters = ["seen-talking", "phone-taken", "singled-out", "passed-on", "service-reveals", "unseen"];

    private static readonly string[] LikelihoodKeys = ["risk.likelihood.rare", "risk.likelihood.possible", "risk.likelihood.likely", "risk.likelihood.almost-certain"];
    private static readonly string[] SeverityKeys = ["risk.severity.minor", "risk.severity.moderate", "risk.severity.severe", "risk.severity.life"];

    public override string TitleKey => "place.risk";

    [BindProperty]
    public RiskInput Input { get; set; } = new();

    [BindProperty]
    public ReviewInput Review { get; set; } = new();

    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    public RiskAssessment? Assessment => State.Risk;

    public bool IsAuthor => Assessment?.IsAuthor(Who.Actor.StaffId) == true;

    /// <summary>Everybody who wrote since the last approval, by name.</summary>
    public string AuthorNames => Texts.List([.. (Assessment?.Authors ?? []).Select(a => Name(a))]);

    public static IEnumerable<IGrouping<RiskStage, LibraryRisk>> Library => RiskLibrary.All.GroupBy(r => r.Stage).OrderBy(g => g.Key);

    public bool HasRevisions { get; private set; }

    /// <summary>The file of the PIA tool.</summary>
    public IFormFile? Pia { get; set; }

    /// <summary>May approve here, and did not write it.</summary>
    public bool MayJudge => !IsAuthor && Authority.MayApprove(State, Who.Actor).Count == 0;

    public bool MayAccept => !IsAuthor && Authority.MayVouch(State, Who.Actor).Count == 0;

    public bool HasChanged => Changes.Count > 0 && Assessment is { State: RiskState.Approved, ReopenedBecause: null };

    /// <summary>What has changed since the approval, one by one (DNH-4).</summary>
    public IReadOnlyList<Refusal> Changes => Answers.First(a => a.Rule.Id == DoNoHarm.ReopenedByChange.Id).Gaps;

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
        foreach (var starter in Starters.Select(RiskLibrary.Find).OfType<LibraryRisk>().Where(s => Input.Risks.All(r => r.Stage != s.Stage)))
            Input.Add(starter, Texts.Language.Code);
        return Page();
    }

    /// <summary>The chosen risks of the library, as text to be changed, without saving.</summary>
    public async Task<IActionResult> OnPostLibrary(string[] codes, CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        ModelState.Clear();
        Input.Risks.RemoveAll(r => r.IsEmpty);
        foreach (var chosen in codes.Take(50).Select(RiskLibrary.Find).OfType<LibraryRisk>())
            Input.Add(chosen, Texts.Language.Code);
        return Page();
    }

    /// <summary>The assessment as the CNIL's PIA tool reads it.</summary>
    public IActionResult OnGetExport() =>
        Assessment is null ? NotFound() : File(Encoding.UTF8.GetBytes(PiaFile.Write(State, Texts.Language.Code)), "application/json", "pia.json");

    /// <summary>What a file of the CNIL's PIA tool says, put into the form without saving.</summary>
    public async Task<IActionResult> OnPostImport(IFormFile? pia, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        if (pia is null || pia.Length > PiaFile.MaxBytes)
            return Refused([new Refusal(pia is null ? "field.required" : "pia.too-large").At("Pia")], "");
        var read = PiaFile.Read(await pia.Bytes(cancellationToken));
        if (!read.IsDone)
            return Refused(read.Refusals, "");
        ModelState.Clear();
        Input = RiskInput.Of(read.Result with { ReviewOn = State.Today.AddDays(Math.Min(90, State.Limits.MaxReviewDays)) });
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
        HasRevisions = (await revisions.Read(ActivityId, cancellationToken)).Count > 0;
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
