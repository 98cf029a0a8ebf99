using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Cases;
using Amana.Features.Vocabularies;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Cases;

/// <summary>Where people with an urgent need are sent: at least one live service for each need that the form can surface (DNH-5).</summary>
[NoPersonalData]
public sealed class ReferralModel(ActivityFrame frame) : ActivityPage(frame)
{
    public override string TitleKey => "place.referral";

    [BindProperty]
    public ReferralInput Input { get; set; } = new();

    public IReadOnlyList<ReferralStep> Services => State.Referral?.Services ?? [];

    /// <summary>Kinds of urgent need that the form's questions can surface.</summary>
    public IReadOnlyList<string> Kinds =>
        [.. State.Elements.Select(e => e.UrgentNeed).Where(k => !string.IsNullOrWhiteSpace(k)).Select(k => k!).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What a service may be for: what the form can surface, what the pathway names already, and the kinds of the field.</summary>
    public IReadOnlyList<Choice> NeedKinds =>
        [.. Services.Select(s => s.NeedKind).Concat(Kinds).Concat(VocabularyShelf.Find("service-kinds")!.Current.Select(t => t.Code)).Distinct(StringComparer.OrdinalIgnoreCase).Select(k => new Choice(k, Texts.ServiceKind(k)))];

    /// <summary>Kinds without a live service.</summary>
    public IReadOnlyList<string> Uncovered => [.. Kinds.Where(k => !Services.Any(s => s.Live && string.Equals(s.NeedKind, k, StringComparison.OrdinalIgnoreCase)))];

    public void OnGet()
    {
        Input.Services = [.. Services.Select(s => new ServiceRow
        {
            NeedKind = s.NeedKind, ServiceName = s.ServiceName, Organisation = s.Organisation, HowReached = s.HowReached, Live = s.Live, CheckedOn = DateParts.Of(s.CheckedOn),
        })];
        foreach (var kind in Kinds.Where(k => !Services.Any(s => string.Equals(s.NeedKind, k, StringComparison.OrdinalIgnoreCase))))
            Input.Services.Add(new ServiceRow { NeedKind = kind });
        if (Input.Services.Count == 0)
            Input.Services.Add(new ServiceRow());
    }

    public async Task<IActionResult> OnPost([FromServices] SetReferralPathway set, CancellationToken cancellationToken)
    {
        var rows = Input.Services.Where(s => !string.IsNullOrWhiteSpace(s.ServiceName)).ToList();
        if (rows.Any(s => s.CheckedOn.ToDate() is null))
            return Refused([new Refusal("referral.not-checked").At("Services")]);
        List<ReferralStep> services =
            [.. rows.Select(s => new ReferralStep(s.NeedKind?.Trim() ?? "", s.ServiceName!.Trim(), s.Organisation?.Trim() ?? "", s.HowReached?.Trim() ?? "", s.Live, s.CheckedOn.ToDate()!.Value))];
        return Answer(await set.Handle(Who, ActivityId, services, cancellationToken), At("referral"), "referral-set");
    }

    /// <summary>One row more or one less, without saving: what was typed stays.</summary>
    public IActionResult OnPostRow(int? remove)
    {
        ModelState.Clear();
        if (remove is null)
            Input.Services.Add(new ServiceRow());
        else if (remove >= 0 && remove < Input.Services.Count)
            Input.Services.RemoveAt(remove.Value);
        return Page();
    }
}

/// <summary>The pathway as the form has it.</summary>
public sealed class ReferralInput
{
    public List<ServiceRow> Services { get; set; } = [];
}

/// <summary>One service of the form.</summary>
public sealed class ServiceRow
{
    public string? NeedKind { get; set; }
    public string? ServiceName { get; set; }
    public string? Organisation { get; set; }
    public string? HowReached { get; set; }
    public bool Live { get; set; }
    public DateParts CheckedOn { get; set; } = new();
}
