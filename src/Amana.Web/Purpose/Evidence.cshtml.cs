using Amana.Domain.Purpose;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Purpose;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Purpose;

/// <summary>What was decided or done from each information need (DP-7).</summary>
[NoPersonalData]
public sealed class EvidenceModel(ActivityFrame frame, UseEvidence use, StaffNames names) : ActivityPage(frame)
{
    public override string TitleKey => "place.evidence";

    [BindProperty]
    public UseInput Input { get; set; } = new();

    public IReadOnlyList<InformationNeed> Needs => State.Purpose?.Content.Needs ?? [];

    public ILookup<string, EvidenceUse> Uses => (State.Purpose?.Uses ?? []).ToLookup(u => u.NeedCode, StringComparer.Ordinal);

    public IReadOnlyDictionary<StaffId, string> Names { get; private set; } = new Dictionary<StaffId, string>();

    public IReadOnlyList<Choice> NeedChoices => [.. Needs.Select(n => new Choice(n.Code, $"{n.Code}: {n.Question}"))];

    public Task OnGet(CancellationToken cancellationToken) => Name(cancellationToken);

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        await Name(cancellationToken);
        if (Input.On.ToDate() is not { } on)
            return Refused([new Refusal("field.required").At("On")]);
        return Answer(await use.Handle(Who, ActivityId, Input.NeedCode ?? "", Input.What ?? "", on, cancellationToken), At("evidence"), "evidence-used");
    }

    private async Task Name(CancellationToken cancellationToken) => Names = await names.Read((State.Purpose?.Uses ?? []).Select(u => u.By), cancellationToken);
}

/// <summary>What the form asks.</summary>
public sealed class UseInput
{
    public string? NeedCode { get; set; }
    public string? What { get; set; }
    public DateParts On { get; set; } = new();
}
