using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Emergencies;

/// <summary>A rule that gives way for one operation of one activity, for a limited time, by two people with a reason. It opens nothing that it does not name.</summary>
public sealed class RuleOverride
{
    private RuleOverride() { }

    public OverrideId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>Such as <c>DNH-2</c>.</summary>
    public string RuleId { get; private set; } = "";

    public Operation Operation { get; private set; }

    /// <summary>Why, without names.</summary>
    public string Reason { get; private set; } = "";

    public int Hours { get; private set; }
    public StaffId AskedBy { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public StaffId? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public bool Agreed { get; private set; }

    /// <summary>The moment from which it counts no more; none until it is agreed.</summary>
    public DateTimeOffset? Until { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public bool Waits => DecidedAt is null && EndedAt is null;

    public bool LivesAt(DateTimeOffset now) => Agreed && EndedAt is null && DecidedAt <= now && now < Until;

    public static RuleOverride Of(OverrideAsked change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, RuleId = change.RuleId, Operation = change.Operation, Reason = change.Reason, Hours = change.Hours, AskedBy = change.By, AskedAt = change.At,
    };

    public void Apply(OverrideDecided change) => (DecidedBy, DecidedAt, Agreed, Until) = (change.By, change.At, change.Agreed, change.Until);

    public void Apply(OverrideEnded change) => EndedAt = change.At;
}

public sealed record OverrideAsked : Change
{
    internal OverrideAsked() { }
    public OverrideId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public string RuleId { get; internal init; } = "";
    public Operation Operation { get; internal init; }
    public string Reason { get; internal init; } = "";
    public int Hours { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record OverrideDecided : Change
{
    internal OverrideDecided() { }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public bool Agreed { get; internal init; }
    public DateTimeOffset? Until { get; internal init; }
}

public sealed record OverrideEnded : Change
{
    internal OverrideEnded() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record AskOverride(OverrideId Id, ActivityId ActivityId, string RuleId, Operation? Operation, string Reason, int Hours);

/// <summary>Rules of overrides.</summary>
public static class OverrideRules
{
    /// <summary>Asks for a rule to give way. Refused for rules that never do, for operations that the rule does not guard, and for what is asked or in force already.</summary>
    public static Decision<OverrideAsked> Ask(AskOverride command, IReadOnlyCollection<RuleOverride> present, StaffId by, OperationLimits limits, DateTimeOffset now)
    {
        var rule = Catalogue.Rules.FirstOrDefault(r => r.Id == command.RuleId);
        var errors = new FieldErrors().Text("Reason", command.Reason, 2000)
            .Must(command.Reason.Trim().Length is 0 or >= EmergencyRules.ShortestReason, "Reason", "override.reason-short")
            .Must(command.Hours >= 1 && command.Hours <= limits.OverrideHours, "Hours", "override.hours-out-of-range");
        if (rule is null || command.Operation is not { } operation)
            errors.Add(new Refusal("field.required").At(rule is null ? "RuleId" : "Operation"));
        else if (!Overridable.Is(rule))
            errors.Add(new Refusal("override.never", rule.Principle).With("rule", rule.Id).At("RuleId"));
        else if (!rule.Guards.Contains(operation))
            errors.Add(new Refusal("override.not-guarded", rule.Principle).With("rule", rule.Id).With("operation", operation.ToString()).At("Operation"));
        else if (present.Any(o => o.RuleId == rule.Id && o.Operation == operation && (o.Waits || o.LivesAt(now))))
            errors.Add(new Refusal("override.there-already", rule.Principle).With("rule", rule.Id).At("RuleId"));
        return errors.Any ? errors.All : new OverrideAsked
        {
            Id = command.Id, ActivityId = command.ActivityId, RuleId = command.RuleId, Operation = command.Operation!.Value, Reason = command.Reason.Trim(), Hours = command.Hours, By = by, At = now,
        };
    }

    /// <summary>A second person agrees, and it counts from now for its hours, or declines.</summary>
    public static Decision<OverrideDecided> Decide(RuleOverride asked, bool agrees, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Must(asked.AskedBy != by, "", "override.own", Principle.Impartiality).Must(asked.Waits, "", "override.decided-already");
        return errors.Any ? errors.All : new OverrideDecided { By = by, At = now, Agreed = agrees, Until = agrees ? now.AddHours(asked.Hours) : null };
    }

    /// <summary>Ends it before its time, or takes back what was asked.</summary>
    public static Decision<OverrideEnded> End(RuleOverride present, DateTimeOffset now) =>
        present.Waits || present.LivesAt(now) ? new OverrideEnded { At = now } : new Refusal("override.over-already");
}
