using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Purpose;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Purpose;

/// <summary>Uses that people were not told of when they agreed, and whether they are compatible with what they were told (DP-4): proposed by one, decided by another, given up by either.</summary>
[NoPersonalData]
public sealed class CompatibleModel(ActivityFrame frame, ProposeCompatibleUse propose, DecideCompatibleUse decide, StaffNames names, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "compatible.title";

    [BindProperty]
    public CompatibleInput Input { get; set; } = new();

    [BindProperty]
    public Guid Use { get; set; }

    [BindProperty]
    public bool? Compatible { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Instead { get; set; }

    public IReadOnlyList<CompatibleUse> Uses => [.. (State.Purpose?.CompatibleUses ?? []).OrderBy(u => u.StateOn(State.Today)).ThenByDescending(u => u.At)];

    public IReadOnlyDictionary<StaffId, string> Names { get; private set; } = new Dictionary<StaffId, string>();

    public IReadOnlyList<Choice> Needs => [.. (State.Purpose?.Content.Needs ?? []).Select(n => new Choice(n.Code, $"{n.Code}: {n.Question}"))];

    public bool MayDecide(CompatibleUse use) => use.By != Who.Actor.StaffId && Authority.MayApprove(State, Who.Actor).Count == 0;

    public bool MayEnd => Authority.MayWeigh(State, Who.Actor).Count == 0;

    public static string Sign(CompatibleUseState state) => state switch
    {
        CompatibleUseState.InForce => "met",
        CompatibleUseState.Waiting => "due",
        CompatibleUseState.GivenUp => "na",
        _ => "unmet",
    };

    public async Task OnGet(CancellationToken cancellationToken)
    {
        await Name(cancellationToken);
        Input = new CompatibleInput { Id = Ids.NewGuid(clock), Told = WordsIn.Of(State.Activity.Languages, LocalText.Empty) };
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        await Name(cancellationToken);
        if (Input.Until.ToDate() is not { } until)
            return Refused([new Refusal("field.required").At(nameof(Input.Until))]);
        var test = new CompatibilityTest(Input.NewUse?.Trim() ?? "", Input.Link?.Trim() ?? "", Input.Context?.Trim() ?? "", Input.Nature?.Trim() ?? "", Input.Consequences?.Trim() ?? "", Input.Safeguards?.Trim() ?? "");
        var use = new CompatibleUse(Input.Id, [.. Input.Needs.Distinct(StringComparer.Ordinal)], test, WordsIn.ToText(Input.Told), until, default, default);
        return Answer(await propose.Handle(Who, ActivityId, use, cancellationToken), At("compatible"), "compatible-proposed");
    }

    public async Task<IActionResult> OnPostDecide(CancellationToken cancellationToken)
    {
        await Name(cancellationToken);
        if (Compatible is not { } compatible)
            return Refused([new Refusal("field.required").At(nameof(Compatible))], "");
        return Answer(await decide.Handle(Who, ActivityId, Use, compatible, Reason ?? "", cancellationToken), At("compatible"), "compatible-decided", "");
    }

    public async Task<IActionResult> OnPostGiveUp(CancellationToken cancellationToken)
    {
        await Name(cancellationToken);
        return Answer(await decide.GiveUp(Who, ActivityId, Use, Instead ?? "", cancellationToken), At("compatible"), "compatible-given-up", "");
    }

    private async Task Name(CancellationToken cancellationToken) =>
        Names = await names.Read(Uses.SelectMany(u => new StaffId?[] { u.By, u.Decided?.By, u.Ended?.By }).OfType<StaffId>(), cancellationToken);
}

/// <summary>A use as the form has it; the id makes a post that is sent twice one use.</summary>
public sealed class CompatibleInput
{
    public Guid Id { get; set; }
    public List<string> Needs { get; set; } = [];
    public string? NewUse { get; set; }
    public string? Link { get; set; }
    public string? Context { get; set; }
    public string? Nature { get; set; }
    public string? Consequences { get; set; }
    public string? Safeguards { get; set; }
    public List<WordsIn> Told { get; set; } = [];
    public DateParts Until { get; set; } = new();
}
