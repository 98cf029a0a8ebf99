using Amana.Domain.Forms;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Purpose;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Purpose;

/// <summary>The purpose: stated, weighed by someone else, published (DP-1, DP-3, DP-5); and why diversity is not asked, where it is not (PC-2).</summary>
[NoPersonalData]
public sealed class StatementModel(ActivityFrame frame, StatePurpose state, WeighPurpose weigh, PublishPurpose publish, WaiveDiversity waive, StaffNames names) : ActivityPage(frame)
{
    public override string TitleKey => "place.purpose";

    [BindProperty]
    public PurposeInput Input { get; set; } = new();

    [BindProperty]
    public WeighInput Weighing { get; set; } = new();

    [BindProperty]
    public string? Reason { get; set; }

    public IReadOnlyDictionary<StaffId, string> Names { get; private set; } = new Dictionary<StaffId, string>();

    public PurposeStatement? Purpose => State.Purpose;

    public bool IsAuthor => Purpose is not null && Purpose.AuthorId == Who.Actor.StaffId;

    /// <summary>Elements that are off unless each is justified on its own.</summary>
    public IReadOnlyList<Element> Special => [.. State.Elements.Where(e => e.Special is not null)];

    public IReadOnlyList<Choice> DecisionCodes =>
        [.. Input.Decisions.Select(d => new Choice(d.Code, string.IsNullOrWhiteSpace(d.Text) ? d.Code : $"{d.Code}: {d.Text}"))];

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Fill();
        await Name(cancellationToken);
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        await Name(cancellationToken);
        var (content, missing) = Input.Read();
        if (missing.Count > 0)
            return Refused([.. missing, .. PurposeRules.State(State.Activity, content, default, State.Now).Refusals]);
        return Answer(await state.Handle(Who, ActivityId, content, cancellationToken), At("purpose"), "purpose-stated");
    }

    /// <summary>One more row, without saving: what was typed stays.</summary>
    public async Task<IActionResult> OnPostRow(string what, CancellationToken cancellationToken)
    {
        await Name(cancellationToken);
        if (what == "need")
            Input.AddNeed();
        else
            Input.AddDecision();
        return Page();
    }

    public async Task<IActionResult> OnPostWeigh(CancellationToken cancellationToken)
    {
        Fill();
        await Name(cancellationToken);
        var special = Weighing.Special.Where(s => !string.IsNullOrWhiteSpace(s.Why)).DistinctBy(s => s.Path).ToDictionary(s => s.Path, s => s.Why!.Trim(), StringComparer.Ordinal);
        return Answer(await weigh.Handle(Who, ActivityId, Weighing.Text ?? "", special, cancellationToken), At("purpose"), "purpose-weighed", nameof(Weighing));
    }

    public async Task<IActionResult> OnPostPublish(CancellationToken cancellationToken)
    {
        Fill();
        await Name(cancellationToken);
        return Answer(await publish.Handle(Who, ActivityId, cancellationToken), At("purpose"), "purpose-published");
    }

    public async Task<IActionResult> OnPostWaive(CancellationToken cancellationToken)
    {
        Fill();
        await Name(cancellationToken);
        return Answer(await waive.Handle(Who, ActivityId, Reason ?? "", cancellationToken), At("purpose"), "diversity-waived", "");
    }

    private void Fill()
    {
        Input = PurposeInput.Of(Purpose?.Content ?? PurposeContent.Empty, State.Activity.Languages);
        if (Weighing.Special.Count == 0)
            Weighing.Special = [.. Special.Select(e => new SpecialRow { Path = e.Path, Why = Purpose?.Proportionality?.SpecialCategories.GetValueOrDefault(e.Path) })];
        Weighing.Text ??= Purpose?.Proportionality?.Text;
        Reason ??= State.Activity.DiversityWaiver;
    }

    private async Task Name(CancellationToken cancellationToken)
    {
        StaffId?[] ids = [Purpose?.AuthorId, Purpose?.Proportionality?.By];
        Names = await names.Read(ids.OfType<StaffId>(), cancellationToken);
    }
}
