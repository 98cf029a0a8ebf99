using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Activities;

/// <summary>How long data is kept after the activity's end, and what happens then (DP-6).</summary>
[NoPersonalData]
public sealed class RetentionModel(ActivityFrame frame, PlanRetention plan) : ActivityPage(frame)
{
    public override string TitleKey => "place.retention";

    [BindProperty]
    public RetentionInput Input { get; set; } = new();

    public static IReadOnlyList<Choice> Afterwards { get; } = Vocabulary.Choices<AfterRetention>();

    public void OnGet()
    {
        if (State.Activity.Retention is { } kept)
            Input = new RetentionInput { MonthsAfterEnd = kept.MonthsAfterEnd, Then = kept.Then, Reason = kept.Reason };
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        var missing = new FieldErrors().Must(Input.MonthsAfterEnd is not null, "MonthsAfterEnd", "field.required").Must(Input.Then is not null, "Then", "field.required");
        return missing.Any
            ? Refused(missing.All)
            : Answer(await plan.Handle(Who, ActivityId, new RetentionPlan(Input.MonthsAfterEnd!.Value, Input.Then!.Value, Input.Reason ?? ""), cancellationToken), At("retention"), "retention-planned");
    }
}

/// <summary>What the form asks.</summary>
public sealed class RetentionInput
{
    public int? MonthsAfterEnd { get; set; }
    public AfterRetention? Then { get; set; }
    public string? Reason { get; set; }
}
