using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>One rule of the catalogue: a pure function of what is known about an activity. It never throws, reads no clock and no store;
/// what it cannot judge is not met.</summary>
public sealed class Rule
{
    /// <summary>Version of the catalogue; it travels with every decision taken under it.</summary>
    public const string CatalogueVersion = "2015.1";

    private readonly Func<ActivitySnapshot, Verdict> _judge;
    private readonly Func<ActivitySnapshot, GateRequest, Verdict>? _touching;

    /// <param name="id">Such as <c>DNH-2</c>.</param>
    /// <param name="principle">The principle it keeps.</param>
    /// <param name="gates">Steps that are entered only when it is met.</param>
    /// <param name="guards">Operations that are done only while it is met.</param>
    /// <param name="source">Where the rule comes from, beyond the principle itself.</param>
    /// <param name="judge">The evaluation.</param>
    /// <param name="touching">The evaluation of one request, where the rule holds only what is touched by a gap: one recipient, one form. None when a gap holds all that the rule guards.</param>
    internal Rule(string id, Principle principle, PimStep[] gates, Operation[] guards, string source, Func<ActivitySnapshot, Verdict> judge, Func<ActivitySnapshot, GateRequest, Verdict>? touching = null)
    {
        (Id, Principle, Gates, Guards, Source, _judge, _touching) = (id, principle, gates, guards, source, judge, touching);
    }

    public string Id { get; }
    public Principle Principle { get; }
    public IReadOnlyList<PimStep> Gates { get; }
    public IReadOnlyList<Operation> Guards { get; }
    public string Source { get; }

    /// <summary>Whether the rule is judged from kept records. All of them are: a rule cannot be made without its evaluation.</summary>
    public bool IsEvaluated => _judge is not null;

    /// <summary>How the activity stands. A rule that fails to judge is not met: never an exception, never a silent yes.</summary>
    public RuleAnswer Evaluate(ActivitySnapshot activity)
    {
        var answer = Answer(() => _judge(activity));
        return answer.State != RuleState.NotMet || _touching is null ? answer
            : answer with { Holding = [.. Guards.Where(o => Judge(activity, new GateRequest(Actor.House, o)).State == RuleState.NotMet)] };
    }

    /// <summary>What the rule says of one request. What the request does not name counts as touched. A rule that looks at nothing but the snapshot is judged once
    /// for one that nobody changes.</summary>
    public RuleAnswer Judge(ActivitySnapshot activity, GateRequest request) =>
        _touching is not null ? Answer(() => _touching(activity, request))
        : activity.Kept is { } kept ? kept.ByRule.GetOrAdd(this, static (rule, snapshot) => rule.Evaluate(snapshot), activity)
        : Evaluate(activity);

    private RuleAnswer Answer(Func<Verdict> judge)
    {
        Verdict verdict;
        try
        {
            verdict = judge();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            verdict = new Verdict(RuleState.NotMet, [Gap("rule.cannot-be-judged")]);
        }

        return new RuleAnswer(this, verdict.State, [.. verdict.Gaps.Select(g => g.With("rule", Id))], verdict.On, verdict.Reason) { Remarks = [.. verdict.Remarks.Select(r => r.With("rule", Id))], Holding = verdict.State == RuleState.NotMet ? Guards : [] };
    }

    private Refusal Gap(string slug) => new Refusal(slug, Principle).With("rule", Id).MendedBy(Mender.Administrator, MendPage.Rules);
}

/// <summary>What a rule found.</summary>
internal sealed record Verdict(RuleState State, IReadOnlyList<Refusal> Gaps, DateOnly? On = null, string? Reason = null)
{
    /// <summary>What is worth telling though it breaks nothing.</summary>
    public IReadOnlyList<Refusal> Remarks { get; init; } = [];

    public static Verdict Met { get; } = new(RuleState.Met, []);

    public static Verdict NotApplicable(string reason) => new(RuleState.NotApplicable, [], Reason: reason);

    public static Verdict DueSoon(DateOnly on, Refusal gap) => new(RuleState.DueSoon, [gap.With("date", on.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))], on);

    /// <summary>Met when nothing is missing.</summary>
    public static Verdict Of(params IEnumerable<Refusal?> gaps)
    {
        var missing = gaps.OfType<Refusal>().ToList();
        return missing.Count == 0 ? Met : new Verdict(RuleState.NotMet, missing);
    }

    /// <summary>Not met once the day has passed; due soon while it lies within the notice, the day itself included; else met.</summary>
    public static Verdict Until(DateOnly until, ActivitySnapshot s, Refusal whenPassed, Refusal whenNear) =>
        until < s.Today ? Of(whenPassed.With("date", until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))
        : until <= s.Today.AddDays(s.Limits.NoticeDays) ? DueSoon(until, whenNear)
        : Met;
}

/// <summary>The four answers of a rule.</summary>
public enum RuleState { Met, DueSoon, NotMet, NotApplicable }

/// <summary>A rule's answer for one activity: the state, what is missing with who can mend it where, when it lapses, or why it does not apply.</summary>
public sealed record RuleAnswer(Rule Rule, RuleState State, IReadOnlyList<Refusal> Gaps, DateOnly? DueOn, string? NotApplicableBecause)
{
    public bool Holds => State != RuleState.NotMet;

    /// <summary>What is worth telling though it neither breaks the rule nor holds anything up.</summary>
    public IReadOnlyList<Refusal> Remarks { get; init; } = [];

    /// <summary>Operations that are held up now, by all of it or by a part.</summary>
    public IReadOnlyList<Operation> Holding { get; init; } = [];
}
