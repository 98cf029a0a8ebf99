using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Incidents;

/// <summary>What an incident holds still at once, until it is known what happened (SEC-7): a whole activity, one person's records, one staff account, or one release. Nothing is lost:
/// what phones send meanwhile waits sealed. Erasing and withdrawing are never held.</summary>
public sealed class Freeze
{
    private Freeze() { }

    public FreezeId Id { get; private set; }
    public IncidentId IncidentId { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public FreezeKind Kind { get; private set; }

    /// <summary>Random id of what is held: the activity, the person, the staff member or the release.</summary>
    public Guid Subject { get; private set; }

    public DateTimeOffset At { get; private set; }
    public StaffId By { get; private set; }
    public DateTimeOffset? LiftedAt { get; private set; }
    public StaffId? LiftedBy { get; private set; }

    public bool Holds => LiftedAt is null;

    public static Freeze Of(Frozen change) => new()
    {
        Id = change.Id, IncidentId = change.IncidentId, ActivityId = change.ActivityId, Kind = change.Kind, Subject = change.Subject, At = change.At, By = change.By,
    };

    public void Apply(FreezeLifted change) => (LiftedAt, LiftedBy) = (change.At, change.By);
}

public enum FreezeKind { Activity, Person, Account, Release }

public sealed record Frozen : Change
{
    internal Frozen() { }
    public FreezeId Id { get; internal init; }
    public IncidentId IncidentId { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public FreezeKind Kind { get; internal init; }
    public Guid Subject { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public StaffId By { get; internal init; }
}

public sealed record FreezeLifted : Change
{
    internal FreezeLifted() { }
    public DateTimeOffset At { get; internal init; }
    public StaffId By { get; internal init; }
}

/// <summary>Freezing is quick and asks one person; lifting asks somebody else.</summary>
public static class FreezeRules
{
    public static Decision<Frozen> Hold(Incident incident, FreezeId id, FreezeKind kind, Guid subject, StaffId by, DateTimeOffset now) =>
        incident.ClosedAt is not null
            ? new Refusal("incident.closed-already", Principle.DataProtection).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Incidents)
            : new Frozen { Id = id, IncidentId = incident.Id, ActivityId = incident.ActivityId, Kind = kind, Subject = subject, At = now, By = by };

    public static Decision<FreezeLifted> Lift(Freeze freeze, StaffId by, DateTimeOffset now) =>
        freeze.LiftedAt is not null ? new Refusal("freeze.lifted-already", Principle.DataProtection)
        : freeze.By == by || (freeze.Kind == FreezeKind.Account && freeze.Subject == by.Value)
            ? new Refusal("freeze.lifted-by-the-same", Principle.Impartiality).With("rule", "IMP-5").MendedBy(Mender.SomeoneElse, MendPage.Incidents)
        : new FreezeLifted { At = now, By = by };

    /// <summary>What holds this request still; none when nothing does. Erasing is never held.</summary>
    public static Freeze? Holding(IReadOnlyList<Freeze> freezes, Operation operation, ActivityId activity, StaffId? actor, PersonId? person, Guid? subject) =>
        operation == Operation.Erase ? null : freezes.FirstOrDefault(f => f.Holds && f.Kind switch
        {
            FreezeKind.Activity => f.ActivityId == activity,
            FreezeKind.Account => f.Subject == actor?.Value,
            FreezeKind.Person => f.Subject == person?.Value,
            FreezeKind.Release => f.Subject == subject,
            _ => true,
        });
}
