using Amana.Domain.Competency;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Competency;

/// <summary>What the reader's organisation asks of one role beyond the shipped profile. For its data protection focal points and administrators.</summary>
[NoPersonalData]
public sealed class ProfileModel(ProfileReader profiles, ChangeProfile change) : StaffPage
{
    [BindProperty(SupportsGet = true, Name = "role")]
    public TeamRole Role { get; set; }

    [BindProperty]
    public ProfileInput Input { get; set; } = new();

    public OrganisationProfile? Present { get; private set; }

    public bool MayChange => Who.Actor.OrganisationId is { } own && ProfileRules.MayChange(Who.Actor, own).Count == 0;

    /// <summary>All competencies, in the order of their areas; the levels of the form follow it.</summary>
    public IReadOnlyList<CompetencyCode> Codes { get; } = [.. Enum.GetValues<CompetencyCode>().OrderBy(CoreCompetencies.AreaOf)];

    public IReadOnlyDictionary<CompetencyCode, CompetencyLevel> Shipped => RoleProfiles.Required(Role);

    public IEnumerable<Choice> LevelsFrom(CompetencyLevel least) => Enum.GetValues<CompetencyLevel>().Where(l => l >= least).Select(l => new Choice(l.ToString(), Texts.Word(l)));

    public async Task<IActionResult> OnGetAsync()
    {
        if (await Open() is { } refused)
            return refused;
        Fill();
        return Page();
    }

    [Grave]
    public async Task<IActionResult> OnPostAsync()
    {
        if (await Open() is { } refused)
            return refused;
        if (Input.Levels.Count != Codes.Count) // a form that came in part says nothing of what it left out
        {
            Fill();
            return Refused([new Refusal("field.required").At("Levels")]);
        }

        List<RaisedNeed> wanted =
        [
            .. (Present?.Raised ?? []).Where(r => r.Role != Role),
            .. Codes.Select((code, i) => (code, Level: Input.Levels.ElementAtOrDefault(i))).Where(n => n.Level is not null).Select(n => new RaisedNeed(Role, n.code, n.Level!.Value)),
        ];
        var outcome = await change.Handle(Who, wanted, Input.Reason ?? "", Input.KnowsWhoRests, HttpContext.RequestAborted);
        return outcome.IsDone ? Done("/set-up/competencies#" + Role, "profile-changed") : Refused(outcome.Refusals);
    }

    private void Fill() => Input.Levels = [.. Codes.Select(code => Present?.Raised.Where(r => r.Role == Role && r.Competency == code).Select(r => (CompetencyLevel?)r.Level).FirstOrDefault())];

    private async Task<IActionResult?> Open()
    {
        if (!Enum.IsDefined(Role) || !ModelState.IsValid && ModelState.ContainsKey("role") && ModelState["role"]!.Errors.Count > 0)
            return NotFound();
        if (!MayChange)
            return Closed(Refused(ProfileRules.MayChange(Who.Actor, Who.Actor.OrganisationId ?? default), ""));
        Present = await profiles.Read(Who.Actor.OrganisationId!.Value, HttpContext.RequestAborted);
        return null;
    }
}

/// <summary>A level for each competency, none where nothing is asked beyond the shipped profile; why; and that it is known whose roles rest.</summary>
public sealed class ProfileInput
{
    public List<CompetencyLevel?> Levels { get; set; } = [];

    public string? Reason { get; set; }

    public bool KnowsWhoRests { get; set; }
}
