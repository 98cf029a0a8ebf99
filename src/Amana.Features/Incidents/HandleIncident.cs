using Amana.Domain.Incidents;
using Amana.Domain.Principles;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Incidents;

/// <summary>Registers a suspected breach at once (SEC-7); whoever can see the activity may. It reopens the risk assessment (DNH-4). Sent twice with the same id it is registered once.</summary>
public sealed class ReportIncident(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, IncidentId id, IncidentSeverity severity, string what, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Incidents.Any(i => i.Id == id))
            return Nothing.Here;
        var decision = IncidentRules.Report(id, activity, severity, what, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<IncidentReported>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(Incident.Of(change));
        List<Happening> happenings = [Happening.Of(change, activity, id.Value).With("severity", severity.ToString())];
        if (loaded.Result.Risk is { } risk && RiskRules.Reopen(risk, nameof(ReopeningReason.Incident)) is Decision<RiskReopened>.Allowed(var reopened))
        {
            risk.Apply(reopened);
            happenings.Add(Happening.Of(reopened, activity, id.Value).With("because", reopened.Because));
        }

        await ledger.Commit(who, cancellationToken, happenings);
        return Nothing.Here;
    }
}

/// <summary>Keeps that an incident is contained, and who was told. By those who plan or approve.</summary>
public sealed class ContainIncident(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, IncidentId id, string notified, CancellationToken cancellationToken)
    {
        var loaded = await IncidentLoading.Load(door, who, activity, id, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.ContainedAt is not null && loaded.Result.Notified == notified.Trim())
            return Nothing.Here; // sent twice
        var decision = IncidentRules.Contain(loaded.Result, notified, clock.Now());
        if (decision is not Decision<IncidentContained>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        loaded.Result.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value));
        return Nothing.Here;
    }
}

/// <summary>Closes a contained incident with its lessons. By those who plan or approve.</summary>
public sealed class CloseIncident(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, IncidentId id, string lessons, CancellationToken cancellationToken)
    {
        var loaded = await IncidentLoading.Load(door, who, activity, id, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.ClosedAt is not null && loaded.Result.Lessons == lessons.Trim())
            return Nothing.Here; // sent twice
        var decision = IncidentRules.Close(loaded.Result, lessons, clock.Now());
        if (decision is not Decision<IncidentClosed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        loaded.Result.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value));
        return Nothing.Here;
    }
}

internal static class IncidentLoading
{
    /// <summary>The incident of the activity, for those who may mend it.</summary>
    public static async Task<Outcome<Incident>> Load(Door door, AccessContext who, ActivityId activity, IncidentId id, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Incident>.RefusedBy(loaded.Refusals);
        if (Authority.MayVouch(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        return loaded.Result.Incidents.FirstOrDefault(i => i.Id == id) is { } incident
            ? incident
            : new Refusal("incident.not-found", Principle.DataProtection).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Incidents);
    }
}
