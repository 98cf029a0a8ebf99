using Amana.Domain.Cases;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Cases;
using Amana.Features.Coordination;
using Amana.Features.Platform;
using Amana.Web.Activities;
using Amana.Web.Records;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Cases;

/// <summary>Passes a person to a service of the directory: which service, how soon, and the few answers that it needs. Nothing of the record is shown here; the gate asks the person's yes to that service.</summary>
[Changes("identity", "contact", "narrative")]
public sealed class Refer(ActivityFrame frame, ServiceDirectory directory, ReferPerson send, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "refer.title";

    [BindProperty(SupportsGet = true, Name = "code")]
    public string Code { get; set; } = "";

    [BindProperty]
    public ReferInput Input { get; set; } = new();

    /// <summary>Services that somebody found alive of late.</summary>
    public IReadOnlyList<Choice> Services { get; private set; } = [];

    public IReadOnlyList<Choice> Urgencies => [.. Enum.GetValues<ReferralUrgency>().Select(u => new Choice(u.ToString(), Texts.Word(u)))];

    /// <summary>Questions whose answers may go along, of every form that records were made with.</summary>
    public IReadOnlyList<Choice> Fields => [.. State.Forms.Where(f => f.State != FormState.Draft).SelectMany(ReferringRules.MayGo).DistinctBy(e => e.Path).Select(e => new Choice(e.Path, QuestionWords.Of(e, e.Path, Texts)))];

    public async Task OnGetAsync()
    {
        Input.Id = Ids.NewGuid(clock);
        await Fill();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Fill();
        var command = new SendReferral(new ReferralId(Input.Id), Ids.RandomCode(10), Input.Urgency, Input.Fields, Input.Words ?? "");
        var outcome = await send.Handle(Who, ActivityId, Code, new ServiceId(Input.Service ?? Guid.Empty), command, HttpContext.RequestAborted);
        return outcome.IsDone ? Done(At("referrals"), "referral-sent") : outcome.Refusals is [{ Slug: "record.not-found" }] ? NotFound() : Refused(outcome.Refusals);
    }

    private async Task Fill()
    {
        Services = [.. (await directory.Read(null, null, HttpContext.RequestAborted)).Where(l => l.Service.Live && !l.Stale)
            .Select(l => new Choice(l.Service.Id.Value.ToString(), $"{Texts.ServiceKind(l.Service.Kind)}: {l.Service.Name}, {l.Organisation}, {l.Service.Place.Name}"))];
    }
}

/// <summary>What the form asks.</summary>
public sealed class ReferInput
{
    public Guid Id { get; set; }
    public Guid? Service { get; set; }
    public ReferralUrgency Urgency { get; set; } = ReferralUrgency.Soon;
    public List<string> Fields { get; set; } = [];
    public string? Words { get; set; }
}
