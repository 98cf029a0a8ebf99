using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Platform;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>Looks at accuracy and relevance, and corrections that recipients are told of (SEC-6). Lists codes only; opening a record is asked of the door.</summary>
[NoPersonalData]
public sealed class AccuracyModel(ActivityFrame frame, AccuracyOfActivity accuracy, StaffDirectory staff, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "place.accuracy";

    [BindProperty]
    public AccuracyInput Input { get; set; } = new();

    [BindProperty]
    public CorrectionsInput Told { get; set; } = new();

    public AccuracyHistory History { get; private set; } = null!;

    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    public string Name(StaffId id) => Staff.FirstOrDefault(s => s.Id == id)?.Name ?? "";

    public async Task OnGet(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Input = Fresh();
    }

    public async Task<IActionResult> OnPost([FromServices] ReviewAccuracy review, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (Input.NextOn.ToDate() is not { } next)
            return Refused([new Refusal("field.required").At("NextOn")]);
        var command = new ReviewAccuracyOf(new AccuracyReviewId(Input.Id), Input.Checked ?? 0, Input.Wrong ?? -1, Input.Corrected ?? -1, Input.Conclusion ?? "", next);
        return Answer(await review.Handle(Who, ActivityId, command, cancellationToken), At("accuracy"), "accuracy-reviewed");
    }

    public async Task<IActionResult> OnPostTell([FromServices] TellCorrections tell, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Input = Fresh();
        return Answer(await tell.Handle(Who, ActivityId, new ReleaseId(Told.Release), Told.How ?? "", cancellationToken), At("accuracy"), "corrections-told", nameof(Told));
    }

    private AccuracyInput Fresh() => new() { Id = Ids.NewGuid(clock), NextOn = DateParts.Of(State.Today.AddDays(State.Limits.AccuracyDays)) };

    private async Task Load(CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        History = await accuracy.Read(ActivityId, State.Today.DayNumber, cancellationToken);
    }
}

/// <summary>One look as the form has it; the id makes a post that is sent twice one look.</summary>
public sealed class AccuracyInput
{
    public Guid Id { get; set; }
    public int? Checked { get; set; }
    public int? Wrong { get; set; }
    public int? Corrected { get; set; }
    public string? Conclusion { get; set; }
    public DateParts NextOn { get; set; } = new();
}

/// <summary>How a recipient was told.</summary>
public sealed class CorrectionsInput
{
    public Guid Release { get; set; }
    public string? How { get; set; }
}
