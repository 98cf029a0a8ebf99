using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;

namespace Amana.Domain.Cases;

/// <summary>Who follows a person up: one record in the caseload of one member of the team, from when until when. Ended assignments stay, so that what was opened earlier is judged by the caseload of
/// its own day; all of them go with the person.</summary>
public sealed class CaseAssignment
{
    private CaseAssignment() { }

    public Guid Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public RecordId RecordId { get; private set; }
    public PersonId PersonId { get; private set; }

    /// <summary>The staff member whose caseload it is.</summary>
    public StaffId WorkerId { get; private set; }

    public DateTimeOffset FromAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public static CaseAssignment Of(CaseTaken change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, RecordId = change.RecordId, PersonId = change.PersonId, WorkerId = change.WorkerId, FromAt = change.At,
    };

    public void Apply(CaseGivenUp change) => EndedAt = change.At;

    /// <summary>Whether the record was in this caseload at that moment.</summary>
    public bool Holds(DateTimeOffset at) => FromAt <= at && (EndedAt is not { } end || at < end);
}

/// <summary>A record came into a caseload.</summary>
public sealed record CaseTaken : Change
{
    internal CaseTaken() { }
    public Guid Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public RecordId RecordId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public StaffId WorkerId { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>A record left a caseload.</summary>
public sealed record CaseGivenUp : Change
{
    internal CaseGivenUp() { }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Who may have which record in their caseload: need to know, made visible (IC-6).</summary>
public static class CaseloadRules
{
    /// <summary>Puts a record into a caseload. The worker must hold a role that may open records, and hold it now; others than those who plan may take only for themselves what nobody follows.</summary>
    /// <param name="s">The activity.</param>
    /// <param name="record">The record.</param>
    /// <param name="current">In whose caseload it is, where it is in one.</param>
    /// <param name="id">Id of the new assignment.</param>
    /// <param name="worker">Whose caseload it is to be.</param>
    /// <param name="by">Who decides.</param>
    public static Decision<CaseTaken> Take(ActivitySnapshot s, RecordEntry record, CaseAssignment? current, Guid id, StaffId worker, Actor by)
    {
        if (record.State != RecordState.InUse)
            return new Refusal("consent.withdrawn", Principle.InformedConsent).With("rule", "IC-5");
        if (current?.WorkerId == worker)
            return new Refusal("caseload.already").At("Worker");
        if (Authority.MayPlan(s, by).Count > 0 && (by.StaffId != worker || current is not null))
            return new Refusal("caseload.not-yours", Principle.InformedConsent).With("rule", "IC-6").At("Worker").MendedBy(Mender.ActivityLead, MendPage.Team);
        if (!Workers(s).Any(w => w.Id == worker))
            return new Refusal("caseload.may-not-open", Principle.InformedConsent).With("rule", "IC-6").At("Worker").MendedBy(Mender.ActivityLead, MendPage.Team);
        return new CaseTaken { Id = id, ActivityId = record.ActivityId, RecordId = record.Id, PersonId = record.PersonId, WorkerId = worker, At = s.Now };
    }

    /// <summary>Members of the team who may follow people up: those who may open records today, each once.</summary>
    public static IEnumerable<StaffMember> Workers(ActivitySnapshot s) =>
        s.Team.Where(t => t.CountsFor(Operation.Open, s.Today)).Select(t => t.Staff).DistinctBy(w => w.Id).OrderBy(w => w.Name, StringComparer.Ordinal);

    /// <summary>The end of the assignment before, at the moment when the next begins.</summary>
    public static CaseGivenUp End(CaseTaken next) => new() { At = next.At };

    /// <summary>Takes a record out of its caseload: by the worker, or by those who plan.</summary>
    public static Decision<CaseGivenUp> GiveUp(ActivitySnapshot s, CaseAssignment current, Actor by) =>
        by.StaffId != current.WorkerId && Authority.MayPlan(s, by).Count > 0
            ? new Refusal("caseload.not-yours", Principle.InformedConsent).With("rule", "IC-6").At("Worker").MendedBy(Mender.ActivityLead, MendPage.Team)
            : new CaseGivenUp { At = s.Now };
}
