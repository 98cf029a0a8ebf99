using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Activities;

/// <summary>Looking first: the registry is searched, and each overlap is answered (CO-1).</summary>
[NoPersonalData]
public sealed class OverlapsModel(ActivityFrame frame, SearchRegistry search, AnswerOverlap answer) : ActivityPage(frame)
{
    public override string TitleKey => "place.overlaps";

    [BindProperty]
    public OverlapInput Input { get; set; } = new();

    public static IReadOnlyList<Choice> Answered { get; } = Vocabulary.Choices<OverlapAnswer>();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostSearch(CancellationToken cancellationToken) =>
        Answer(await search.Handle(Who, ActivityId, cancellationToken), At("overlaps"), "registry-searched");

    public async Task<IActionResult> OnPostAnswer(CancellationToken cancellationToken) =>
        Input.Answer is not { } given
            ? Refused([new Refusal("field.required").At("Answer")])
            : Answer(await answer.Handle(Who, ActivityId, new ActivityId(Input.Other), given, Input.Reason ?? "", cancellationToken), At("overlaps"), "overlap-answered");
}

/// <summary>The answer to one overlap.</summary>
public sealed class OverlapInput
{
    public Guid Other { get; set; }
    public OverlapAnswer? Answer { get; set; }
    public string? Reason { get; set; }
}
