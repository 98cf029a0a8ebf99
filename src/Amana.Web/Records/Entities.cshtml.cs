using Amana.Domain.Principles;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>The entity lists of an activity: how many entries, conflicts, and changes that wait. Nothing that any entry says.</summary>
[Changes("entity lists")]
public sealed class Entities(ActivityFrame frame, EntityDesk desk, ReleaseEntityChanges release) : ActivityPage(frame)
{
    public override string TitleKey => "entities.title";

    public IReadOnlyList<ShownEntityList> Lists { get; private set; } = [];

    public bool MayJudge => Authority.MayJudge(State, Who.Actor).Count == 0;

    public async Task OnGetAsync() => Lists = (await desk.Read(Who, ActivityId, HttpContext.RequestAborted)).Result;

    public async Task<IActionResult> OnPostAsync(Guid entity)
    {
        var outcome = await release.Handle(Who, ActivityId, entity, HttpContext.RequestAborted);
        if (outcome.IsDone)
            return Done(At("entities"), "entity-changes-applied");
        await OnGetAsync();
        return Refused(outcome.Refusals, "");
    }
}
