using Amana.Domain.Activities;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Participation;
using Amana.Features.Platform;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Participation;

/// <summary>Consultations held, groups not heard yet, and the recording of one more (PC-1). Groups, never names.</summary>
[NoPersonalData]
public sealed class ConsultationsModel(ActivityFrame frame, HoldConsultation hold, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "place.consultations";

    [BindProperty]
    public ConsultationInput Input { get; set; } = new();

    public static IReadOnlyList<Choice> Methods { get; } = Vocabulary.Choices<ConsultationMethod>();

    /// <summary>The groups that the activity names, then all others.</summary>
    public IReadOnlyList<Choice> Groups => Vocabulary.Choices(State.Activity.Population.Concat(Enum.GetValues<PopulationGroup>()).Distinct());

    /// <summary>Steps reached so far.</summary>
    public IReadOnlyList<Choice> Steps =>
        [.. Enum.GetValues<PimStep>().Where(s => s <= State.Activity.Step && s != PimStep.Closed).Select(s => new Choice(s.ToString(), "step." + s))];

    public IEnumerable<PopulationGroup> Unheard => State.Activity.Population.Except(State.Consultations.SelectMany(c => c.Groups));

    public IEnumerable<PimStep> StepsWithout =>
        Enum.GetValues<PimStep>().Where(s => s <= State.Activity.Step && s != PimStep.Closed && !State.Consultations.Any(c => c.Step == s));

    public void OnGet() => Input = new ConsultationInput { Id = Ids.New<ConsultationId>(clock).Value, Step = State.Activity.Step == PimStep.Closed ? null : State.Activity.Step };

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        var missing = new FieldErrors().Must(Input.Id != Guid.Empty, "Id", "field.required").Must(Input.Step is not null, "Step", "field.required")
            .Must(Input.HeldOn.ToDate() is not null, "HeldOn", "field.required").Must(Input.Method is not null, "Method", "field.required");
        var command = new RecordConsultation(new ConsultationId(Input.Id), Input.Step ?? State.Activity.Step, Input.HeldOn.ToDate() ?? clock.Today(), Input.Groups, Input.Method ?? default,
            Input.Participants ?? 0, Input.Said ?? "", Input.Changed ?? "");
        if (missing.Any)
            return Refused([.. missing.All, .. ParticipationRules.Hold(State.Activity, command, default, clock.Today()).Refusals]);
        return Answer(await hold.Handle(Who, ActivityId, command, cancellationToken), At("consultations"), "consultation-recorded");
    }
}

/// <summary>What the form asks.</summary>
public sealed class ConsultationInput
{
    public Guid Id { get; set; }
    public PimStep? Step { get; set; }
    public DateParts HeldOn { get; set; } = new();
    public List<PopulationGroup> Groups { get; set; } = [];
    public ConsultationMethod? Method { get; set; }
    public int? Participants { get; set; }
    public string? Said { get; set; }
    public string? Changed { get; set; }
}
