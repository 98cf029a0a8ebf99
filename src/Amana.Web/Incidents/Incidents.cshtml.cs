using Amana.Domain.Incidents;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Incidents;
using Amana.Features.Platform;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
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

    [BindProperty]
    public FreezeInput Hold { get; set; } = new();

    /// <summary>What is held still in this activity, and accounts that are held anywhere.</summary>
    public IReadOnlyList<Freeze> Frozen => State.Freezes;

    public bool MayLift => Authority.MayApprove(State, Who.Actor).Count == 0;

    public IEnumerable<Choice> Accounts => Staff.Where(s => State.Team.Any(t => t.Member.StaffId == s.Id)).Select(s => new Choice(s.Id.Value.ToString(), s.Name));

    public IEnumerable<Choice> Releases => State.Releases.Select(r => new Choice(r.Id.Value.ToString(), r.Title));

    /// <summary>What a freeze holds, in words; of a person only that it is one.</summary>
    public string Held(Freeze freeze) => freeze.Kind switch
    {
        FreezeKind.Account => Name(new StaffId(freeze.Subject)),
        FreezeKind.Release => State.Releases.FirstOrDefault(r => r.Id.Value == freeze.Subject)?.Title ?? "",
        _ => "",
    };

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

    public async Task<IActionResult> OnPostFreezeAsync([FromServices] FreezeAtOnce freeze, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        if (Hold.Kind is not { } kind)
            return Refused([new Refusal("field.required").At("Kind")], nameof(Hold));
        var what = kind switch { FreezeKind.Account => Hold.Account, FreezeKind.Release => Hold.Release, FreezeKind.Person => Hold.What, _ => null };
        return Answer(await freeze.Handle(Who, ActivityId, new IncidentId(Hold.Id), kind, what, cancellationToken), At("incidents"), "frozen", nameof(Hold));
    }

    [Grave]
    public async Task<IActionResult> OnPostLiftAsync(Guid freeze, [FromServices] LiftFreeze lift, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await lift.Handle(Who, ActivityId, new FreezeId(freeze), cancellationToken), At("incidents"), "freeze-lifted", nameof(Hold));
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

/// <summary>What is to be held still at once, and for which incident.</summary>
public sealed class FreezeInput
{
    public Guid Id { get; set; }
    public FreezeKind? Kind { get; set; }

    /// <summary>The code of a record, where a person is held.</summary>
    public string? What { get; set; }

    public string? Account { get; set; }
    public string? Release { get; set; }
}
