using Amana.Domain.Accounts;
using Amana.Domain.Incidents;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Incidents;

/// <summary>Holds an activity, a person's records, an account or a release still, in one step and at once, for an incident (SEC-7). By those who plan or approve. The next request of whoever is
/// concerned is refused, on pages, phones and programs. Sent twice it holds once.</summary>
public sealed class FreezeAtOnce(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who freezes.</param>
    /// <param name="activity">The incident's activity.</param>
    /// <param name="incident">The incident.</param>
    /// <param name="kind">What is held.</param>
    /// <param name="what">The record's code, or the id of the account or release; nothing for the activity itself.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, IncidentId incident, FreezeKind kind, string? what, CancellationToken cancellationToken)
    {
        var loaded = await IncidentLoading.Load(door, who, activity, incident, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (await Subject(activity, kind, what?.Trim() ?? "", cancellationToken) is not { } subject)
            return new Refusal("freeze.not-found", Principle.DataProtection).At("What");
        if (await db.Set<Freeze>().AnyAsync(f => f.LiftedAt == null && f.Kind == kind && f.Subject == subject, cancellationToken))
            return Nothing.Here;
        var decision = FreezeRules.Hold(loaded.Result, Ids.New<FreezeId>(clock), kind, subject, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<Frozen>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(Freeze.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, subject).With("kind", kind.ToString()));
        return Nothing.Here;
    }

    private async Task<Guid?> Subject(ActivityId activity, FreezeKind kind, string what, CancellationToken cancellationToken)
    {
        if (kind == FreezeKind.Activity)
            return activity.Value;
        if (kind == FreezeKind.Person)
            return await db.Set<RecordEntry>().Where(r => r.ActivityId == activity && r.Code == what).Select(r => (PersonId?)r.PersonId).FirstOrDefaultAsync(cancellationToken) is { } person ? person.Value : null;
        if (!Guid.TryParse(what, out var id))
            return null;
        if (kind == FreezeKind.Release)
            return await db.Set<Release>().AnyAsync(r => r.ActivityId == activity && r.Id == new ReleaseId(id), cancellationToken) ? id : null;
        return await db.Set<StaffMember>().AnyAsync(s => s.Id == new StaffId(id), cancellationToken) ? id : null;
    }
}

/// <summary>Lets go of what was frozen. By somebody else than who froze it, who may approve.</summary>
public sealed class LiftFreeze(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FreezeId id, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (Authority.MayApprove(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<Freeze>().FirstOrDefaultAsync(f => f.Id == id && f.ActivityId == activity, cancellationToken) is not { } freeze)
            return new Refusal("freeze.not-found", Principle.DataProtection);
        if (FreezeRules.Lift(freeze, who.Actor.StaffId!.Value, clock.Now()) is var decision && decision is not Decision<FreezeLifted>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        freeze.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, freeze.Subject).With("kind", freeze.Kind.ToString()));
        return Nothing.Here;
    }
}
