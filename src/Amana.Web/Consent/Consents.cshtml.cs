using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Consent;

/// <summary>How the consents of an activity stand; those that lapse or do not cover a newer need; and what a person said who was asked anew (IC-2, IC-5). Records by code, no names.</summary>
[Discloses("consent"), Changes("consent")]
public sealed class Consents(ActivityFrame frame, ConsentList list, RenewConsent renew, InvalidateConsent invalidate) : ActivityPage(frame)
{
    public override string TitleKey => "consents.title";

    public ShownConsents? Shown { get; private set; }

    [BindProperty]
    public ConsentInput Input { get; set; } = new();

    /// <summary>What can be agreed to on its own: the recipients and services that the activity names, and the rest.</summary>
    public IReadOnlyList<Choice> Parts =>
    [
        new(ConsentAsk.Participation.ToString(), Texts.Word(ConsentAsk.Participation)),
        .. State.ConsentScope.Recipients.Select(r => Of(ConsentPart.SharingWith(r))), .. State.ConsentScope.Services.Select(s => Of(ConsentPart.ReferralTo(s))),
        Of(ConsentAsk.Recontact), Of(ConsentAsk.PhotoAudio),
    ];

    public Task<IActionResult> OnGetAsync() => Show([]);

    [Grave]
    public async Task<IActionResult> OnPostRenewAsync()
    {
        var yeses = Input.Parts.Select(p => ConsentPart.TryParse(p, out var part) ? (ConsentPart?)part : null).OfType<ConsentPart>().ToList();
        var stated = new StatedConsent(yeses, !yeses.Contains(ConsentAsk.Participation), Input.Language, Input.GivenBy, Input.Means) { Assent = Input.Assent, Witness = Input.Witness, Interpreter = Input.Interpreter };
        var outcome = await renew.Handle(Who, ActivityId, Input.Record ?? "", stated, HttpContext.RequestAborted);
        return outcome.IsDone ? Done(At("consents"), ConsentStates.PermitsUse(outcome.Result) ? "consent-renewed" : "consent-ended") : await Show(outcome.Refusals);
    }

    [Grave]
    public async Task<IActionResult> OnPostInvalidateAsync()
    {
        if (Input.Why is not { } why)
            return await Show([new Refusal("field.required").At("Why")]);
        var outcome = await invalidate.Handle(Who, ActivityId, Input.Record ?? "", why, HttpContext.RequestAborted);
        return outcome.IsDone ? Done(At("consents"), "consent-ended") : await Show(outcome.Refusals);
    }

    private Choice Of(ConsentPart part) => new(part.ToString(), Texts.Part(part, State.Organisations.ToDictionary(o => o.Id, o => o.Name)));

    private async Task<IActionResult> Show(IReadOnlyList<Refusal> refusals)
    {
        var read = await list.Read(Who, ActivityId, HttpContext.RequestAborted);
        Shown = read.IsDone ? read.Result : null;
        List<Refusal> all = [.. refusals, .. read.Refusals];
        if (all.Count == 0)
            return Page();
        var page = Refused([.. all.DistinctBy(r => (r.Slug, r.Field))]);
        if (refusals.Count == 0)
            Response.StatusCode = StatusCodes.Status403Forbidden; // nothing was sent that could be mended: the list itself is not for this moment or person
        return page;
    }
}

/// <summary>What a person said who was asked anew.</summary>
public sealed class ConsentInput
{
    public string? Record { get; set; }
    public List<string> Parts { get; set; } = [];
    public string? Language { get; set; }
    public ConsentGiver GivenBy { get; set; }
    public ChildAssent Assent { get; set; }
    public ConsentMeans Means { get; set; } = ConsentMeans.Spoken;
    public ConsentWitness Witness { get; set; }
    public ConsentInterpreter Interpreter { get; set; }
    public InvalidBecause? Why { get; set; }
}
