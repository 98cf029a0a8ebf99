using Amana.Domain.Incidents;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Incidents;
using Amana.Features.Platform;
using Amana.Web.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Incidents;

/// <summary>Suspected breaches: registered at once, contained, closed with lessons (SEC-7).</summary>
[NoPersonalData]
public sealed class IncidentsModel(ActivityFrame frame, StaffDirectory staff, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "place.incidents";

    [BindProperty]
    public IncidentInput Input { get; set; } = new();

    [BindProperty]
    public IncidentStep Step { get; set; } = new();

    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    /// <summary>Open ones first, then the newest.</summary>
    public IReadOnlyList<Incident> Incidents => [.. State.Incidents.OrderBy(i => i.ClosedAt is not null).ThenByDescending(i => i.ReportedAt)];

    public bool MayHandle => Authority.MayVouch(State, Who.Actor).Count == 0;

    public string Name(StaffId id) => Staff.FirstOrDefault(s => s.Id == id)?.Name ?? "";

    public Task OnGet(CancellationToken cancellationToken) => Fill(cancellationToken);

    public async Task<IActionResult> OnPost([FromServices] ReportIncident report, CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        return Input.Severity is not { } severity
            ? Refused([new Refusal("field.required").At("Severity")])
            : Answer(await report.Handle(Who, ActivityId, new IncidentId(Input.Id), severity, Input.What ?? "", cancellationToken), At("incidents"), "incident-reported");
    }

    public async Task<IActionResult> OnPostContain([FromServices] ContainIncident contain, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await contain.Handle(Who, ActivityId, new IncidentId(Step.Id), Step.Notified ?? "", cancellationToken), At("incidents"), "incident-contained", nameof(Step));
    }

    public async Task<IActionResult> OnPostClose([FromServices] CloseIncident close, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await close.Handle(Who, ActivityId, new IncidentId(Step.Id), Step.Lessons ?? "", cancellationToken), At("incidents"), "incident-closed", nameof(Step));
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        Input = new IncidentInput { Id = Ids.NewGuid(clock) };
    }
}

/// <summary>What is reported; the id makes a post that is sent twice one incident.</summary>
public sealed class IncidentInput
{
    public Guid Id { get; set; }
    public IncidentSeverity? Severity { get; set; }
    public string? What { get; set; }
}

/// <summary>What is done about one incident.</summary>
public sealed class IncidentStep
{
    public Guid Id { get; set; }
    public string? Notified { get; set; }
    public string? Lessons { get; set; }
}
