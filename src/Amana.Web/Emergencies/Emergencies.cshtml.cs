using Amana.Domain.Emergencies;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Emergencies;
using Amana.Features.Platform;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Emergencies;

/// <summary>What was done outside the ordinary rules in an activity: records that were opened because of danger to life, with their review, and rules that give way for a time.</summary>
[Discloses("narrative")]
public sealed class EmergenciesModel(ActivityFrame frame, EmergenciesOfActivity emergencies, StaffDirectory staff, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "place.emergencies";

    [BindProperty]
    public OverrideInput Input { get; set; } = new();

    [BindProperty]
    public ReviewInput Review { get; set; } = new();

    public IReadOnlyList<ListedEmergency> Openings { get; private set; } = [];

    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    /// <summary>A reason that was asked for: shown on the answer to the post alone.</summary>
    public (EmergencyId Of, Sensitive<string> Words)? Reason { get; private set; }

    public bool MayApprove => Authority.MayApprove(State, Who.Actor).Count == 0;

    public bool MayAsk => Authority.MayPlan(State, Who.Actor).Count == 0;

    public bool MayEnd => Authority.MayVouch(State, Who.Actor).Count == 0;

    public DateTimeOffset Now => State.Now;

    /// <summary>Rules that may give way, by their number.</summary>
    public IEnumerable<Choice> Rules => Catalogue.Rules.Where(Overridable.Is).Select(r => new Choice(r.Id, $"{r.Id} · {Texts.Plain($"rule.{r.Id}.name")}"));

    public IEnumerable<Choice> Operations => Catalogue.Rules.Where(Overridable.Is).SelectMany(r => r.Guards).Distinct().Order().Select(o => new Choice(o.ToString(), $"operation.{o}.name"));

    public string Name(StaffId? id) => Staff.FirstOrDefault(s => s.Id == id)?.Name ?? "";

    public bool IsMe(StaffId? id) => id is not null && id == Who.Actor.StaffId;

    public Task OnGet(CancellationToken cancellationToken) => Fill(cancellationToken);

    public async Task<IActionResult> OnPostAsk([FromServices] AskForOverride ask, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken, keepInput: true);
        var command = new AskOverride(new OverrideId(Input.Id), ActivityId, Input.RuleId ?? "", Input.Operation, Input.Reason ?? "", Input.Hours ?? 0);
        return Answer(await ask.Handle(Who, command, cancellationToken), At("emergencies"), "override-asked");
    }

    [Grave]
    public async Task<IActionResult> OnPostDecide([FromServices] DecideOverride decide, Guid id, bool agrees, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await decide.Handle(Who, ActivityId, new OverrideId(id), agrees, cancellationToken), At("emergencies"), agrees ? "override-agreed" : "override-declined");
    }

    public async Task<IActionResult> OnPostEnd([FromServices] EndOverride end, Guid id, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await end.Handle(Who, ActivityId, new OverrideId(id), cancellationToken), At("emergencies"), "override-ended");
    }

    public async Task<IActionResult> OnPostReason([FromServices] EmergencyReason reason, Guid id, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        var outcome = await reason.Handle(Who, ActivityId, new EmergencyId(id), cancellationToken);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals);
        Reason = (new EmergencyId(id), outcome.Result);
        return Page();
    }

    public async Task<IActionResult> OnPostReview([FromServices] ReviewEmergency review, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await review.Handle(Who, ActivityId, new EmergencyId(Review.Id), Review.Verdict, Review.Words, cancellationToken), At("emergencies"), "emergency-reviewed", nameof(Review));
    }

    private async Task Fill(CancellationToken cancellationToken, bool keepInput = false)
    {
        Openings = await emergencies.Read(Who, ActivityId, cancellationToken);
        Staff = await staff.Read(cancellationToken);
        if (!keepInput)
            Input = new OverrideInput { Id = Ids.NewGuid(clock) };
    }
}

/// <summary>What is asked; the id makes a post that is sent twice one asking.</summary>
public sealed class OverrideInput
{
    public Guid Id { get; set; }
    public string? RuleId { get; set; }
    public Operation? Operation { get; set; }
    public string? Reason { get; set; }
    public int? Hours { get; set; }
}

/// <summary>What a reviewer says.</summary>
public sealed class ReviewInput
{
    public Guid Id { get; set; }
    public EmergencyVerdict? Verdict { get; set; }
    public string? Words { get; set; }
}
