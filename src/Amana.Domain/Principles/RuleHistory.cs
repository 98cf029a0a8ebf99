using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>A rule's answer for an activity from one moment on. The house writes one when the answer changes, so that it can be told since when something stands, and what an activity went through.</summary>
public sealed class RuleStanding
{
    private RuleStanding() { }

    public Guid Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public string Rule { get; private set; } = "";
    public RuleState State { get; private set; }

    /// <summary>What was missing, as slugs.</summary>
    public IReadOnlyList<string> Gaps { get; private set; } = [];

    public DateTimeOffset Since { get; private set; }

    public static RuleStanding Of(RuleAnswerChanged change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, Rule = change.Rule, State = change.State, Gaps = change.Gaps, Since = change.At,
    };
}

/// <summary>Somebody was asked to mend what a rule misses, by a day.</summary>
public sealed class MendRequest
{
    private MendRequest() { }

    public ActivityId ActivityId { get; private set; }
    public string Rule { get; private set; } = "";
    public StaffId OwnerId { get; private set; }
    public DateOnly DueOn { get; private set; }
    public StaffId AskedBy { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }

    public static MendRequest Of(MendAsked change)
    {
        var request = new MendRequest { ActivityId = change.ActivityId, Rule = change.Rule };
        request.Apply(change);
        return request;
    }

    public void Apply(MendAsked change) => (OwnerId, DueOn, AskedBy, AskedAt) = (change.OwnerId, change.DueOn, change.By, change.At);
}

public sealed record RuleAnswerChanged : Change
{
    internal RuleAnswerChanged() { }
    public Guid Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public string Rule { get; internal init; } = "";
    public RuleState State { get; internal init; }
    public IReadOnlyList<string> Gaps { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}

public sealed record MendAsked : Change
{
    internal MendAsked() { }
    public ActivityId ActivityId { get; internal init; }
    public string Rule { get; internal init; } = "";
    public StaffId OwnerId { get; internal init; }
    public DateOnly DueOn { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Noting how rules stand over time, and asking somebody to mend a gap.</summary>
public static class HistoryRules
{
    /// <summary>What has changed since it was last noted: another state, or other gaps. Due soon and met are told apart.</summary>
    public static IReadOnlyList<RuleAnswerChanged> Changed(ActivityId activity, IEnumerable<RuleAnswer> answers, IReadOnlyDictionary<string, RuleStanding> noted, Func<Guid> newId, DateTimeOffset now) =>
    [
        .. answers.Select(a => (Answer: a, Gaps: (IReadOnlyList<string>)[.. a.Gaps.Select(g => g.Slug).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))
            .Where(a => !noted.TryGetValue(a.Answer.Rule.Id, out var last) || last.State != a.Answer.State || !last.Gaps.SequenceEqual(a.Gaps, StringComparer.Ordinal))
            .Select(a => new RuleAnswerChanged { Id = newId(), ActivityId = activity, Rule = a.Answer.Rule.Id, State = a.Answer.State, Gaps = a.Gaps, At = now }),
    ];

    /// <summary>Asks a member of staff to mend what a rule misses. There is nothing to ask while it is met.</summary>
    public static Decision<MendAsked> Ask(ActivitySnapshot s, string rule, StaffId owner, bool ownerActive, DateOnly dueOn, StaffId by)
    {
        var answer = Catalogue.Find(rule)?.Evaluate(s);
        var errors = new FieldErrors().Must(answer?.State is RuleState.NotMet or RuleState.DueSoon, "Rule", "mend.nothing-missing")
            .Must(ownerActive, "Owner", "staff.left", Principle.Competency)
            .Must(dueOn >= s.Today, "DueOn", "mend.due-in-past");
        return errors.Any ? errors.All : new MendAsked { ActivityId = s.Activity.Id, Rule = answer!.Rule.Id, OwnerId = owner, DueOn = dueOn, By = by, At = s.Now };
    }
}
