using Amana.Domain.Accounts;
using Amana.Domain.Cases;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Cases;
using Amana.Features.Platform;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Cases;

/// <summary>Who follows whom up: how many people each worker has, and how many nobody follows. Codes and counts; nothing is opened here.</summary>
[NoPersonalData]
public sealed class Caseload(ActivityFrame frame, Caseloads caseloads) : ActivityPage(frame)
{
    public override string TitleKey => "caseload.title";

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty]
    public Guid? Worker { get; set; }

    public ActivityCaseload Load { get; private set; } = new(new Dictionary<StaffId, int>(), 0);

    /// <summary>The name of who follows the asked record now; none where nobody does or no code was given.</summary>
    public string? Current { get; private set; }

    public bool MayPlan => Authority.MayPlan(State, Who.Actor).Count == 0;

    private IEnumerable<StaffMember> Workers => CaseloadRules.Workers(State);

    public bool MayDecide => MayPlan || Workers.Any(w => w.Id == Who.Actor.StaffId);

    /// <summary>Workers who may follow people up, and those who still have somebody.</summary>
    public IEnumerable<StaffMember> Rows => State.Team.Select(t => t.Staff).DistinctBy(s => s.Id).Where(s => Load.Workers.ContainsKey(s.Id) || Workers.Any(w => w.Id == s.Id)).OrderBy(s => s.Name, StringComparer.Ordinal);

    public IReadOnlyList<Choice> Choices => [.. Workers.Where(w => MayPlan || w.Id == Who.Actor.StaffId).Select(w => new Choice(w.Id.Value.ToString(), w.Name))];

    public async Task OnGetAsync()
    {
        Load = (await caseloads.Read(Who, ActivityId, HttpContext.RequestAborted)).Result;
        if (!string.IsNullOrWhiteSpace(Code) && await caseloads.WorkerOf(ActivityId, Ids.Normalise(Code), HttpContext.RequestAborted) is { } worker)
            (Worker, Current) = (worker.Value, StaffNames.GetValueOrDefault(worker, Texts.Plain("caseload.left")));
    }

    public async Task<IActionResult> OnPostAsync([FromServices] TakeCase take)
    {
        if (Worker is not { } worker)
            return await Again([new Refusal("caseload.may-not-open").At("Worker").MendedBy(Mender.ActivityLead, MendPage.Team)]);
        return await Answered(await take.Handle(Who, ActivityId, Ids.Normalise(Code ?? ""), new StaffId(worker), HttpContext.RequestAborted), "case-taken");
    }

    public async Task<IActionResult> OnPostGiveUpAsync([FromServices] GiveUpCase giveUp) =>
        await Answered(await giveUp.Handle(Who, ActivityId, Ids.Normalise(Code ?? ""), HttpContext.RequestAborted), "case-given-up");

    private async Task<IActionResult> Answered(Outcome<Nothing> outcome, string done) =>
        outcome.IsDone ? Done(At("caseload"), done) : await Again([.. outcome.Refusals.Select(r => r.Slug == "record.not-found" ? r.At("Code") : r)]);

    private async Task<IActionResult> Again(IReadOnlyList<Refusal> refusals)
    {
        var asked = Worker;
        await OnGetAsync();
        Worker = asked;
        return Refused(refusals, "");
    }
}
