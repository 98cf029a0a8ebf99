using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Sharing;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Sharing;

/// <summary>With whom the activity shares, what and at what detail; or why it does not (CO-2, CO-4).</summary>
[NoPersonalData]
public sealed class PlanModel(ActivityFrame frame) : ActivityPage(frame)
{
    public override string TitleKey => "place.sharing";

    [BindProperty]
    public SharingInput Input { get; set; } = new();

    public SharingPlan? Plan => State.SharingPlan;

    public IReadOnlyList<Choice> Recipients =>
        [.. State.Organisations.Where(o => o.Id != State.Activity.OrganisationId).OrderBy(o => o.Name, StringComparer.Ordinal).Select(o => new Choice(o.Id.Value.ToString(), $"{o.Name} ({o.ShortName})"))];

    public IReadOnlyList<Choice> Agreements =>
        [.. State.Agreements.Select(a => new Choice(a.Id.Value.ToString(), $"{a.Title} ({ShortName(a.RecipientId)})"))];

    public string ShortName(OrganisationId id) => State.Organisations.FirstOrDefault(o => o.Id == id)?.ShortName ?? "?";

    /// <summary>Whether what is planned for a recipient is covered: figures need no agreement, records do (SEC-8).</summary>
    public bool IsCovered(PlannedRecipient recipient) => recipient.Detail == SharingDetail.Figures || State.Agreements.Any(a => a.RecipientId == recipient.OrganisationId && a.IsInForce(State.Today));

    public bool IsBound(PlannedRecipient recipient) => State.Organisations.FirstOrDefault(o => o.Id == recipient.OrganisationId)?.HoldsTheSameRules == true;

    public void OnGet()
    {
        Input.Recipients = [.. (Plan?.Recipients ?? []).Select(r => new RecipientRow { Organisation = r.OrganisationId.Value, What = r.What, Detail = r.Detail, Agreement = r.AgreementId?.Value })];
        if (Input.Recipients.Count == 0 && Plan is null)
            Input.Recipients.Add(new RecipientRow());
        Input.Reason = Plan?.NotSharingReason;
    }

    public async Task<IActionResult> OnPost([FromServices] PlanSharing plan, CancellationToken cancellationToken)
    {
        var rows = Input.Recipients.Where(r => r.Organisation is not null || !string.IsNullOrWhiteSpace(r.What)).ToList();
        if (rows.Any(r => r.Detail is null))
            return Refused([new Refusal("sharing.detail-missing", Principle.Coordination).At("Recipients")]);
        List<PlannedRecipient> recipients =
            [.. rows.Select(r => new PlannedRecipient(new OrganisationId(r.Organisation ?? default), r.What?.Trim() ?? "", r.Detail!.Value, r.Agreement is { } a ? new AgreementId(a) : null))];
        return Answer(await plan.Handle(Who, ActivityId, recipients, Input.Reason, cancellationToken), At("sharing"), "sharing-planned");
    }

    /// <summary>One row more or one less, without saving: what was typed stays.</summary>
    public IActionResult OnPostRow(int? remove)
    {
        ModelState.Clear();
        if (remove is null)
            Input.Recipients.Add(new RecipientRow());
        else if (remove >= 0 && remove < Input.Recipients.Count)
            Input.Recipients.RemoveAt(remove.Value);
        return Page();
    }
}

/// <summary>The plan as the form has it.</summary>
public sealed class SharingInput
{
    public List<RecipientRow> Recipients { get; set; } = [];
    public string? Reason { get; set; }
}

/// <summary>One recipient of the form.</summary>
public sealed class RecipientRow
{
    public Guid? Organisation { get; set; }
    public string? What { get; set; }
    public SharingDetail? Detail { get; set; }
    public Guid? Agreement { get; set; }
}
