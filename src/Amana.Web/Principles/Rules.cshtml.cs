using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Principles;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Principles;

/// <summary>All rules of the eight principles as this activity keeps them, and the gate to the next step.</summary>
[NoPersonalData]
public sealed class RulesModel(ActivityFrame frame, EnterStep enter, Findings findings, RuleHistoryOfActivity history) : ActivityPage(frame)
{
    public override string TitleKey => "rules.title";

    /// <summary>Narrows the list to one state; all otherwise.</summary>
    [BindProperty(SupportsGet = true, Name = "state")]
    public RuleState? Only { get; set; }

    /// <summary>The step that the gate is asked for; none when the activity is closed.</summary>
    public PimStep? Next => Attention.NextStep(State);

    /// <summary>What keeps the activity out of the next step, in the order of the work.</summary>
    public IReadOnlyList<Finding> Held => Next is { } step ? Attention.Before(step, Answers) : [];

    public int RulesHeld => Held.Select(f => f.Rule.Id).Distinct(StringComparer.Ordinal).Count();

    public IEnumerable<IGrouping<Principle, RuleAnswer>> Shown =>
        Answers.Where(a => Only is null || a.State == Only).GroupBy(a => a.Rule.Principle).OrderBy(g => g.Key);

    /// <summary>The step whose entering was just refused.</summary>
    public bool WasRefused { get; private set; }

    /// <summary>How the rules stood over time.</summary>
    public RuleHistory History { get; private set; } = new([], []);

    /// <summary>The newest changes; that a rule was first noted is none.</summary>
    public IEnumerable<RuleStanding> OverTime => History.Standings.Where(s => History.Standings.Any(e => e.Rule == s.Rule && e.Since < s.Since)).Take(40);

    public async Task OnGet(CancellationToken cancellationToken) => History = await history.Read(ActivityId, null, cancellationToken);

    public async Task<IActionResult> OnPostEnter(PimStep step, CancellationToken cancellationToken)
    {
        var outcome = await enter.Handle(Who, ActivityId, step, cancellationToken);
        WasRefused = !outcome.IsDone;
        History = await history.Read(ActivityId, null, cancellationToken);
        return outcome.IsDone ? Done(At(), "step-entered") : Refused(outcome.Refusals);
    }

    public string? Mend(MendPage page) => Mends.Href(page, Number);

    public ShownRefusal Show(Refusal gap) => Mends.Show(gap, Number);

    public string Bites(Rule rule) => Texts.List(
    [
        .. rule.Gates.Select(s => Texts.Plain("rules.bites.step", new { step = Texts.Plain("step." + s) })),
        .. rule.Guards.Select(o => Texts.Plain($"operation.{o}.name")),
    ]);

    public string? Why(RuleAnswer answer) =>
        answer.NotApplicableBecause is not { } reason ? null : Texts.Has("notapplicable." + reason) ? Texts.Plain("notapplicable." + reason) : reason;

    public string? StateWords(RuleAnswer answer) =>
        answer is { State: RuleState.DueSoon, DueOn: { } due } ? Texts.Plain("findings.due", new { when = Texts.Away(due, State.Today) })
        : null;

    public IReadOnlyList<FindingRow> HeldRows => findings.Rows(Held, Number, running: false);
}
