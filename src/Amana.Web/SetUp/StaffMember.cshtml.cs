using Amana.Domain.Competency;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Platform;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.SetUp;

/// <summary>A staff member's competencies with their evidence (CC-2). Whoever records evidence assesses it, and nobody assesses themselves.</summary>
[KeepsTheHouse]
[NoPersonalData]
public sealed class StaffMemberModel(EvidenceOfStaff evidenceOfStaff, AddEvidence addEvidence, TimeProvider clock) : StaffPage
{
    [BindProperty]
    public EvidenceInput Input { get; set; } = new();

    public StaffEvidence? Member { get; private set; }

    public DateOnly Today => clock.Today();

    public bool IsMe => Who.Actor.StaffId == Member?.Staff.Id;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) => await Find(id, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await Find(id, cancellationToken))
            return NotFound();
        var (obtained, expires) = (Input.ObtainedOn.ToDate(), Input.ExpiresOn.ToDate());
        foreach (var (missing, field) in new[] { (Input.Competency is null, "Competency"), (Input.Level is null, "Level"), (obtained is null, "ObtainedOn"), (expires is null, "ExpiresOn") })
            if (missing)
                ModelState.AddModelError("Input." + field, "evidence.field-missing");
        if (!ModelState.IsValid)
            return Page();
        var outcome = await addEvidence.Handle(Who, new EvidenceCompetency(Ids.New<EvidenceId>(clock), new StaffId(id), Input.Competency!.Value, Input.Level!.Value,
            Input.Evidence ?? "", obtained!.Value, expires!.Value), cancellationToken);
        return Answer(outcome, $"/set-up/staff/{id}", "evidence-added");
    }

    private async Task<bool> Find(Guid id, CancellationToken cancellationToken) =>
        (Member = await evidenceOfStaff.Read(Who, new StaffId(id), cancellationToken)) is not null;
}

/// <summary>What the page asks.</summary>
public sealed class EvidenceInput
{
    public CompetencyCode? Competency { get; set; }
    public CompetencyLevel? Level { get; set; }
    public string? Evidence { get; set; }
    public DateParts ObtainedOn { get; set; } = new();
    public DateParts ExpiresOn { get; set; } = new();
}
