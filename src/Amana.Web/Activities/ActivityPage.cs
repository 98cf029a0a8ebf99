using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Amana.Web.Activities;

/// <summary>
/// A page of one activity, at an address below <c>/activities/{number:int}</c>. Before its handler runs the activity's state is loaded: 404 where
/// there is none and where it is not the reader's. The frame around it (crumbs, process rail, the eight principles) is drawn by <c>_Activity.cshtml</c>.
/// </summary>
public abstract class ActivityPage(ActivityFrame frame) : StaffPage
{
    /// <summary>The key of the page's own title, such as <c>purpose.title</c>.</summary>
    public abstract string TitleKey { get; }

    /// <summary>The activity's number, from the address.</summary>
    public int Number { get; private set; }

    /// <summary>Everything the rules look at, as it stood when the request came.</summary>
    public ActivitySnapshot State { get; private set; } = null!;

    public ActivityId ActivityId => State.Activity.Id;

    /// <summary>Names of the activity's staff, as its team page shows them.</summary>
    public IReadOnlyDictionary<StaffId, string> StaffNames => State.Team.DistinctBy(t => t.Staff.Id).ToDictionary(t => t.Staff.Id, t => t.Staff.Name);

    /// <summary>Every rule's answer.</summary>
    public IReadOnlyList<RuleAnswer> Answers { get; private set; } = [];

    /// <summary>What the frame shows.</summary>
    public ShownActivity Frame { get; private set; } = null!;

    /// <summary>The overview is the activity's own page: its title is the heading there.</summary>
    public virtual bool IsOverview => false;

    /// <summary>What comes next, where something was just done here: nobody has to look for it. The overview says it always.</summary>
    public NextStep? Onward => IsOverview || Shell.Done is null ? null : frame.Next(State, Answers);

    protected override int? InActivity => Number;

    /// <summary>An address of this activity: <c>At("purpose")</c> is <c>/activities/7/purpose</c>; without a part the overview.</summary>
    public string At(string? part = null) => part is null ? $"/activities/{Number}" : $"/activities/{Number}/{part}";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Number = int.Parse((string)RouteData.Values["number"]!, System.Globalization.CultureInfo.InvariantCulture);
        if (await frame.Load(Who, Number, HttpContext.RequestAborted) is not { } loaded)
        {
            context.Result = new NotFoundResult();
            return;
        }

        (State, Answers, Frame) = (loaded.State, loaded.Answers, loaded.Shown);
        Shell.Classification = "vocabulary.SensitivityLevel." + State.Activity.Level;
        Shell.Crumbs = frame.Crumbs(State.Activity, IsOverview);
        ViewData["Title"] = IsOverview ? State.Activity.Title : $"{Texts.Plain(TitleKey)} · {State.Activity.Title}";
        await base.OnPageHandlerExecutionAsync(context, next);
    }
}
