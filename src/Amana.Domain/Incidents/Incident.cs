using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Incidents;

/// <summary>A suspected breach: registered at once, contained, assessed, notified, closed with lessons (SEC-7). An open severe one holds release and linking.</summary>
public sealed class Incident
{
    private Incident() { }

    public IncidentId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public IncidentSeverity Severity { get; private set; }

    /// <summary>What happened, without names.</summary>
    public string What { get; private set; } = "";

    public DateTimeOffset ReportedAt { get; private set; }
    public StaffId ReportedBy { get; private set; }
    public DateTimeOffset? ContainedAt { get; private set; }
    public string? Notified { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public string? Lessons { get; private set; }

    public bool HoldsRelease => ClosedAt is null && Severity >= IncidentSeverity.High;

    public static Incident Of(IncidentReported change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, Severity = change.Severity, What = change.What, ReportedAt = change.At, ReportedBy = change.By,
    };

    public void Apply(IncidentContained change) => (ContainedAt, Notified) = (change.At, change.Notified);

    public void Apply(IncidentClosed change) => (ClosedAt, Lessons) = (change.At, change.Lessons);
}

public enum IncidentSeverity { Low, Moderate, High, Severe }

public sealed record IncidentReported : Change
{
    internal IncidentReported() { }
    public IncidentId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public IncidentSeverity Severity { get; internal init; }
    public string What { get; internal init; } = "";
    public DateTimeOffset At { get; internal init; }
    public StaffId By { get; internal init; }
}

public sealed record IncidentContained : Change
{
    internal IncidentContained() { }
    public DateTimeOffset At { get; internal init; }
    public string Notified { get; internal init; } = "";
}

public sealed record IncidentClosed : Change
{
    internal IncidentClosed() { }
    public DateTimeOffset At { get; internal init; }
    public string Lessons { get; internal init; } = "";
}

public static class IncidentRules
{
    public static Decision<IncidentReported> Report(IncidentId id, ActivityId activityId, IncidentSeverity severity, string what, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("What", what, 4000);
        return errors.Any ? errors.All : new IncidentReported { Id = id, ActivityId = activityId, Severity = severity, What = what.Trim(), By = by, At = now };
    }

    public static Decision<IncidentContained> Contain(Incident incident, string notified, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Notified", notified, 2000).Must(incident.ContainedAt is null, "Notified", "incident.contained-already", Principle.DataProtection);
        return errors.Any ? errors.All : new IncidentContained { At = now, Notified = notified.Trim() };
    }

    public static Decision<IncidentClosed> Close(Incident incident, string lessons, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Lessons", lessons, 4000)
            .Must(incident.ContainedAt is not null, "Lessons", "incident.not-contained", Principle.DataProtection)
            .Must(incident.ClosedAt is null, "Lessons", "incident.closed-already", Principle.DataProtection);
        return errors.Any ? errors.All : new IncidentClosed { At = now, Lessons = lessons.Trim() };
    }
}
