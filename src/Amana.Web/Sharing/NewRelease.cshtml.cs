using Amana.Disclosure;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Sharing;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Sharing;

/// <summary>Proposes a release: choose, measure, mend, submit. Nothing leaves from here; someone else decides.</summary>
[Discloses("coded answers")]
public sealed class NewRelease(ActivityFrame frame, MeasureRelease measure, SubmitRelease submit, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "release.new.title";

    [BindProperty]
    public ReleaseInput Input { get; set; } = new();

    public MeasuredRelease? Measured { get; private set; }

    public IReadOnlyList<Element> Allowed => ReleaseColumns.Allowed(State.Forms);

    public IReadOnlyList<LeftOutElement> LeftOut => ReleaseColumns.LeftOut(State.Forms);

    /// <summary>Agreements in force whose recipient the plan names for de-identified records.</summary>
    public IReadOnlyList<Agreement> Agreements => [.. State.Agreements.Where(a => SharingRules.MayPrepare(State.SharingPlan, a, State.Today).Count == 0)];

    public IEnumerable<Choice> AgreementChoices => Agreements.Select(a => new Choice(a.Id.Value.ToString(), $"{Organisation(a)} · {a.Title}"));

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public IEnumerable<Choice> ColumnChoices => Allowed.Select(e => new Choice(e.Path, Label(e), ReleaseColumns.IsKey(e) ? "release.column.key" : null));

    public IEnumerable<Choice> FurtherKeys => Allowed.Where(e => !ReleaseColumns.IsKey(e)).Select(e => new Choice(e.Path, Label(e)));

    public IEnumerable<Choice> Ages => Enum.GetValues<AgeDetail>().Select(a => new Choice(a.ToString(), Texts.Word(a)));

    public bool AsksAge => Allowed.Any(e => e.Role == ElementRole.Age);

    public bool AsksDomains => Allowed.Any(e => Amana.Domain.Analysis.WashingtonGroup.IsDomain(e.Role));

    public void OnGet()
    {
        var need = State.Purpose?.Content.Needs is [var first, ..] ? first.Code : null;
        Input = new ReleaseInput
        {
            Id = Amana.Features.Platform.Ids.NewGuid(clock), NeedCode = need, AgreementId = Agreements is [var only] ? only.Id.Value : null,
            Columns = [.. Allowed.Where(e => ReleaseColumns.IsKey(e) || e.NeedCode == need).Select(e => e.Path)],
        };
    }

    public async Task<IActionResult> OnPostMeasureAsync()
    {
        var outcome = await measure.Handle(Who.Citing(Input.NeedCode), ActivityId, Draft, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals);
        Measured = outcome.Result;
        if (string.IsNullOrWhiteSpace(Input.MethodNote))
        {
            ModelState.Remove("Input.MethodNote");
            Input.MethodNote = MethodNote(Measured);
        }

        return Page();
    }

    [Grave]
    public async Task<IActionResult> OnPostSubmitAsync()
    {
        var id = new ReleaseId(Input.Id);
        var outcome = await submit.Handle(Who.Citing(Input.NeedCode), ActivityId, id, Draft, (Input.Title ?? "", Input.MethodNote ?? ""), HttpContext.RequestAborted);
        if (outcome.IsDone)
            return Done(At("releases/" + id.Value.ToString("N")), "release-proposed");
        if (await measure.Handle(Who.Citing(Input.NeedCode), ActivityId, Draft, HttpContext.RequestAborted) is { IsDone: true } again)
            Measured = again.Result;
        return Refused(outcome.Refusals);
    }

    public string Label(Element element) => element.Label.In(Texts.Language.Code) is { Length: > 0 } label ? label : element.Name;

    public string Organisation(Agreement agreement) => State.Organisations.FirstOrDefault(o => o.Id == agreement.RecipientId)?.Name ?? "";

    /// <summary>A piece of advice as a sentence.</summary>
    public string Says(ReleaseChange change)
    {
        var (smallest, below) = ((int)change.After.SmallestGroup, change.After.BelowK);
        return change switch
        {
            ReleaseChange.DropKey drop => Texts.Plain("release.advice.drop", new { key = drop.Key, smallest, below }),
            ReleaseChange.CoarsenKey coarsen => Texts.Plain("release.advice.coarsen", new { key = coarsen.Key, smallest, below }),
            ReleaseChange.SuppressCells cells => Texts.Plain("release.advice.suppress", new { cells = cells.Count, smallest, below }),
            _ => "",
        };
    }

    private ReleaseDraft Draft => new(new AgreementId(Input.AgreementId ?? Guid.Empty), Input.Columns, Input.FurtherKeys, Input.Age, Input.SixDomains, Input.LeaveOutValues);

    private string MethodNote(MeasuredRelease measured) => string.Join('\n', new[]
    {
        Texts.Plain("release.note.base", new { rows = measured.Risk.Rows, records = measured.InUse, without = measured.WithoutSharing, refusals = State.Collection.Refusals }),
        State.Method?.Content is { } method ? Texts.Plain("release.note.selection", new { selection = method.Selection, frame = method.Frame }) : "",
        State.Method?.Content.WhoIsMissed is { Length: > 0 } missed ? Texts.Plain("release.note.missed", new { missed }) : "",
        State.Method?.Content.KnownLimits is { Length: > 0 } limits ? Texts.Plain("release.note.limits", new { limits }) : "",
        measured.ValuesLeftOut > 0 ? Texts.Plain("release.note.values", new { count = measured.ValuesLeftOut }) : "",
        Texts.Plain("release.note.weights"),
    }.Where(line => line.Length > 0));
}

/// <summary>What the page asks.</summary>
public sealed class ReleaseInput
{
    public Guid Id { get; set; }
    public Guid? AgreementId { get; set; }
    public string? NeedCode { get; set; }
    public List<string> Columns { get; set; } = [];
    public List<string> FurtherKeys { get; set; } = [];
    public AgeDetail Age { get; set; }
    public bool SixDomains { get; set; }
    public bool LeaveOutValues { get; set; }
    public string? Title { get; set; }
    public string? MethodNote { get; set; }
}
