using Amana.Domain.Analysis;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Sharing;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Sharing;

/// <summary>Prepares a release with its author: what is gone, what could be known, the risk now, each change with where it leads, undo, and the proposal. Measuring goes on in the background.</summary>
[NoPersonalData]
public sealed class Work(ActivityFrame frame, ReleasesInWork inWork, ChangeRelease change, SubmitRelease submit, ReleaseWorkshop workshop) : ActivityPage(frame)
{
    private const int MomentsToWait = 20;

    public override string TitleKey => "release.new.title";

    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    [BindProperty]
    public WorkInput Input { get; set; } = new();

    public ReleaseWork It { get; private set; } = null!;

    public ReleaseFindings? Found => It.State == WorkState.Measured ? It.Found : null;

    public WorkProgress? Progress => workshop.ProgressOf(It.Id);

    public bool IsBusy => It.State is WorkState.Waiting or WorkState.Running;

    public IReadOnlyList<Element> Allowed => ReleaseColumns.Allowed(State.Forms, Agreement);

    public IReadOnlyList<LeftOutElement> LeftOut => ReleaseColumns.LeftOut(State.Forms, Agreement);

    public Agreement? Agreement => State.Agreements.FirstOrDefault(a => a.Id == It.Draft.AgreementId);

    public string Recipient => State.Organisations.FirstOrDefault(o => o.Id == Agreement?.RecipientId)?.Name ?? "";

    public IEnumerable<Choice> ColumnChoices => Allowed.Select(e => new Choice(e.Path, Label(e), ReleaseColumns.IsKey(e) ? "release.column.key" : null));

    public IEnumerable<Choice> FurtherKeys => Allowed.Where(e => !ReleaseColumns.IsKey(e)).Select(e => new Choice(e.Path, Label(e)));

    public IEnumerable<Choice> Ages => Enum.GetValues<AgeDetail>().Select(a => new Choice(a.ToString(), Texts.Word(a)));

    public bool AsksAge => Allowed.Any(e => e.Role == ElementRole.Age);

    public bool AsksDomains => Allowed.Any(e => WashingtonGroup.IsDomain(e.Role));

    public async Task<IActionResult> OnGetAsync() => await Fill(wait: true) ? Page() : Missing();

    public Task<IActionResult> OnPostChooseAsync() => Do(() => change.Handle(Who, ActivityId, It.Id,
        It.Draft with { Columns = Input.Columns, FurtherKeys = Input.FurtherKeys, Age = Input.Age, SixDomains = Input.SixDomains, LeaveOutValues = Input.LeaveOutValues }, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostApplyAsync(int proposal) => Do(() => change.Handle(Who, ActivityId, It.Id,
        It.Found is { } found && proposal >= 0 && proposal < found.Proposals.Count ? found.Proposals[proposal].Draft : It.Draft, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostUndoAsync() => Do(() => change.Undo(Who, ActivityId, It.Id, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostCancelAsync() => Do(() => change.Cancel(Who, ActivityId, It.Id, HttpContext.RequestAborted));

    [Grave]
    public async Task<IActionResult> OnPostSubmitAsync()
    {
        if (!await Fill(wait: false))
            return Missing();
        var outcome = await submit.Handle(Who.Citing(It.Intent.NeedCode), ActivityId, It.Id, It.Draft, (Input.Title ?? "", new ReleaseNote(Input.Base ?? "", Input.Method ?? "", Input.Coverage ?? "", Input.Limits ?? "")), HttpContext.RequestAborted);
        return outcome.IsDone ? Done(At("releases/" + Id.ToString("N")), "release-proposed") : Refused(outcome.Refusals);
    }

    public string Label(Element element) => element.Label.In(Texts.Language.Code) is { Length: > 0 } label ? label : element.Name;

    public string Address => At("releases/work/" + Id.ToString("N"));

    /// <summary>A proposal as a sentence.</summary>
    public string Says(ReleaseProposal proposal) => proposal.Kind is ProposalKind.LeaveOutColumn or ProposalKind.CoarserPlace ? $"{Texts.Word(proposal.Kind)}: {proposal.Key}" : Texts.Word(proposal.Kind);

    /// <summary>Records by how many look alike, for the picture.</summary>
    public IReadOnlyList<Bar> Sizes(ReleaseFindings found) => [.. found.Sizes.Select(b => new Bar(Texts.Plain(b.To is null ? "work.size-more" : b.From == b.To ? "work.size-single" : "work.size", new { from = b.From, to = b.To ?? 0 }),
        found.Risk.Rows == 0 ? 0 : (double)b.Records / found.Risk.Rows, Texts.Number(b.Records)))];

    public IReadOnlyList<Bar> Weights(ReleaseFindings found) =>
        [.. found.Keys.Take(6).Select(k => new Bar(k.Key, found.Risk.Violators == 0 ? 0 : (double)k.Resolved / found.Risk.Violators, Texts.Number(k.Resolved)))];

    public IReadOnlyList<Bar> Groups(ReleaseFindings found) =>
        [.. found.Groups.Select(g => new Bar($"{g.Key}: {g.Category}", (double)g.AtRisk / g.Of, Texts.Plain("work.group", new { share = Texts.Percent((decimal)g.AtRisk / g.Of), of = g.Of })))];

    private async Task<IActionResult> Do(Func<Task<Outcome<Nothing>>> act)
    {
        if (!await Fill(wait: false))
            return Missing();
        var outcome = await act();
        return outcome.IsDone ? new LocalRedirectResult(Address) : Refused(outcome.Refusals);
    }

    /// <summary>Small files are measured in a moment, so that moment is waited for; what takes longer shows its progress.</summary>
    private async Task<bool> Fill(bool wait)
    {
        for (var moment = 0; ; moment++)
        {
            if ((await inWork.Read(Who, ActivityId, HttpContext.RequestAborted)).FirstOrDefault(w => w.Id.Value == Id) is not { } work)
                return false;
            It = work;
            if (!wait || !IsBusy || moment == MomentsToWait)
                break;
            await Task.Delay(100, HttpContext.RequestAborted);
        }

        if (HttpMethods.IsGet(Request.Method))
        {
            Input = new WorkInput { Columns = [.. It.Draft.Columns], FurtherKeys = [.. It.Draft.FurtherKeys], Age = It.Draft.Age, SixDomains = It.Draft.SixDomains, LeaveOutValues = It.Draft.LeaveOutValues };
            if (Found is { } found)
                Say(found);
        }

        return true;
    }

    private IActionResult Missing() => State.Releases.Any(r => r.Id.Value == Id) ? new LocalRedirectResult(At("releases/" + Id.ToString("N"))) : NotFound();

    /// <summary>What is known of the note already: counts as measured, the rest as the method says it.</summary>
    private void Say(ReleaseFindings found)
    {
        var method = State.Method?.Content;
        var planned = method?.Strata.Sum(s => s.Planned) ?? 0;
        Input.Base = Texts.Plain("release.note.base", new { rows = found.Risk.Rows, records = found.InUse, without = found.WithoutSharing, refusals = State.Collection.Refusals });
        Input.Method = method is null ? null : Lines(Texts.Plain("release.note.selection", new { selection = method.Selection, frame = method.Frame }), Texts.Plain("release.note.weights"));
        Input.Coverage = planned == 0 ? null : Texts.Plain("release.note.coverage", new { records = found.InUse, planned });
        Input.Limits = Lines(
            method?.WhoIsMissed is { Length: > 0 } missed ? Texts.Plain("release.note.missed", new { missed }) : "",
            method?.KnownLimits is { Length: > 0 } limits ? Texts.Plain("release.note.limits", new { limits }) : "",
            found.ValuesLeftOut > 0 ? Texts.Plain("release.note.values", new { count = found.ValuesLeftOut }) : "");
    }

    private static string Lines(params IEnumerable<string> lines) => string.Join('\n', lines.Where(line => line.Length > 0));
}

/// <summary>What the page asks.</summary>
public sealed class WorkInput
{
    public List<string> Columns { get; set; } = [];
    public List<string> FurtherKeys { get; set; } = [];
    public AgeDetail Age { get; set; }
    public bool SixDomains { get; set; }
    public bool LeaveOutValues { get; set; }
    public string? Title { get; set; }
    public string? Base { get; set; }
    public string? Method { get; set; }
    public string? Coverage { get; set; }
    public string? Limits { get; set; }
}
