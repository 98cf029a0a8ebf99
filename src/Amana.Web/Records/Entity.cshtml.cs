using Amana.Domain.Principles;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>One entry of an entity list: opened for a stated need, its conflict resolved with other values, or left as it stands without opening it.</summary>
[Discloses("identity", "contact")]
[Changes("identity", "contact")]
public sealed class Entity(ActivityFrame frame, EntityDesk desk, ResolveEntity resolve) : ActivityPage(frame)
{
    private const string ValuePrefix = "v:";

    public override string TitleKey => "entities.entry.title";

    [BindProperty(SupportsGet = true, Name = "entity")]
    public Guid Id { get; set; }

    [BindProperty]
    public string? NeedCode { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public OpenedEntity? Opened { get; private set; }

    public bool MayJudge => Authority.MayJudge(State, Who.Actor).Count == 0;

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    /// <summary>The versions that touched a column.</summary>
    public string VersionsOf(string property) => string.Join(", ", Opened!.Entity.Steps.Where(s => s.Properties.Contains(property, StringComparer.Ordinal)).Select(s => Texts.Number(s.Version)));

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await resolve.Open(Who.Citing(NeedCode), ActivityId, Id, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return outcome.Refusals is [{ Slug: "entity.not-found" }] ? NotFound() : Refused(outcome.Refusals, "");
        Opened = outcome.Result;
        return Page();
    }

    public async Task<IActionResult> OnPostResolveAsync()
    {
        var values = Request.Form.Where(f => f.Key.StartsWith(ValuePrefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[ValuePrefix.Length..], f => f.Value.ToString(), StringComparer.Ordinal);
        return await Resolved(Version, values);
    }

    /// <summary>What stands now stands; nothing is opened.</summary>
    public async Task<IActionResult> OnPostStandsAsync()
    {
        var lists = await desk.Read(Who, ActivityId, HttpContext.RequestAborted);
        var conflict = lists.IsDone ? lists.Result.SelectMany(l => l.Conflicts).FirstOrDefault(c => c.EntityId == Id) : null;
        return await Resolved(conflict?.Version ?? 0, null);
    }

    private async Task<IActionResult> Resolved(int version, IReadOnlyDictionary<string, string>? values)
    {
        var outcome = await resolve.Handle(Who, ActivityId, Id, version, values, HttpContext.RequestAborted);
        return outcome.IsDone ? Done(At("entities"), "entity-resolved") : outcome.Refusals is [{ Slug: "entity.not-found" }] ? NotFound() : Refused(outcome.Refusals, "");
    }
}
