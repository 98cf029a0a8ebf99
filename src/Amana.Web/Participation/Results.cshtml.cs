using Amana.Domain.Activities;
using Amana.Domain.Participation;
using Amana.Domain.Shared;
using Amana.Features.Participation;
using Amana.Features.Platform;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Participation;

/// <summary>Results that went home to the people who gave them (PC-5).</summary>
[NoPersonalData]
public sealed class ResultsModel(ActivityFrame frame, GiveBackResults giveBack, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "place.results";

    [BindProperty]
    public ResultsInput Input { get; set; } = new();

    public IReadOnlyList<Choice> Groups => Vocabulary.Choices(State.Activity.Population.Concat(Enum.GetValues<PopulationGroup>()).Distinct());

    public void OnGet() => Input.Id = Ids.New<ConsultationId>(clock).Value;

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        var missing = new FieldErrors().Must(Input.Id != Guid.Empty, "Id", "field.required").Must(Input.On.ToDate() is not null, "On", "field.required");
        var command = new ReturnResults(new ConsultationId(Input.Id), Input.On.ToDate() ?? clock.Today(), Input.How ?? "", Input.What ?? "", Input.ToWhom);
        return missing.Any
            ? Refused([.. missing.All, .. ParticipationRules.Return(State.Activity, command, clock.Today()).Refusals])
            : Answer(await giveBack.Handle(Who, ActivityId, command, cancellationToken), At("results"), "results-returned");
    }
}

/// <summary>What the form asks.</summary>
public sealed class ResultsInput
{
    public Guid Id { get; set; }
    public DateParts On { get; set; } = new();
    public string? How { get; set; }
    public string? What { get; set; }
    public List<PopulationGroup> ToWhom { get; set; } = [];
}
