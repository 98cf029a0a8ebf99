using Amana.Domain.Participation;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Participation;

/// <summary>Records a consultation with the people concerned (PC-1): groups, never names. Sent twice with the same id it is recorded once.</summary>
public sealed class HoldConsultation(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, RecordConsultation command, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Consultations.Any(c => c.Id == command.Id))
            return Nothing.Here;
        var decision = ParticipationRules.Hold(loaded.Result.Activity, command, who.Actor.StaffId!.Value, clock.Today());
        if (decision is not Decision<ConsultationHeld>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(Consultation.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value)
            .With("step", change.Step.ToString()).With("groups", change.Groups.Count).With("participants", change.Participants));
        return Nothing.Here;
    }
}

/// <summary>Records that results were returned to the people who gave the data (PC-5). Sent twice with the same id it is recorded once.</summary>
public sealed class GiveBackResults(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, ReturnResults command, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.ResultsReturned.Any(r => r.Id == command.Id))
            return Nothing.Here;
        var decision = ParticipationRules.Return(loaded.Result.Activity, command, clock.Today());
        if (decision is not Decision<ResultsGivenBack>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(ResultsReturned.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value).With("groups", change.ToWhom.Count));
        return Nothing.Here;
    }
}
