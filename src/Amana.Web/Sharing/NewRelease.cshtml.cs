using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Sharing;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Sharing;

/// <summary>The first step of a release: who asks, under which agreement, for which need, who will see it, and who could try to find somebody in it.</summary>
[NoPersonalData]
public sealed class NewRelease(ActivityFrame frame, BeginRelease begin, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "release.new.title";

    [BindProperty]
    public ReleaseInput Input { get; set; } = new();

    /// <summary>Agreements in force whose recipient the plan names for de-identified records.</summary>
    public IReadOnlyList<Agreement> Agreements => [.. State.Agreements.Where(a => SharingRules.MayPrepare(State.SharingPlan, a, State.Today).Count == 0)];

    public IEnumerable<Choice> AgreementChoices => Agreements.Select(a => new Choice(a.Id.Value.ToString(), $"{State.Organisations.FirstOrDefault(o => o.Id == a.RecipientId)?.Name} · {a.Title}"));

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public bool HasColumns => ReleaseColumns.Allowed(State.Forms).Count > 0;

    public void OnGet() => Input = new ReleaseInput
    {
        Id = Ids.NewGuid(clock), NeedCode = State.Purpose?.Content.Needs is [var first, ..] ? first.Code : null, AgreementId = Agreements is [var only] ? only.Id.Value : null,
    };

    public async Task<IActionResult> OnPostAsync()
    {
        var id = new ReleaseId(Input.Id);
        // What the need asks for, and what is known of everybody anyway: the least that serves is proposed, and can be changed on the next page.
        var agreed = ReleaseColumns.Allowed(State.Forms, State.Agreements.FirstOrDefault(a => a.Id.Value == Input.AgreementId)).Where(e => ReleaseColumns.IsKey(e) || e.NeedCode == Input.NeedCode).ToList();
        var (columns, further) = (agreed.Select(e => e.Path).ToList(), agreed.Where(e => ReleaseColumns.IsKnownIn(Input.Scenario, e)).Select(e => e.Path).ToList());
        var draft = new ReleaseDraft(new AgreementId(Input.AgreementId ?? default), columns, further, Audience: Input.Audience);
        var outcome = await begin.Handle(Who, ActivityId, id, new ReleaseIntent(Input.NeedCode ?? "", Input.Scenario), draft, HttpContext.RequestAborted);
        return outcome.IsDone ? new LocalRedirectResult(At("releases/work/" + id.Value.ToString("N"))) : Refused(outcome.Refusals);
    }
}

/// <summary>What the first step asks.</summary>
public sealed class ReleaseInput
{
    public Guid Id { get; set; }
    public Guid? AgreementId { get; set; }
    public string? NeedCode { get; set; }
    public ReleaseAudience Audience { get; set; }
    public AttackScenario Scenario { get; set; }
}
