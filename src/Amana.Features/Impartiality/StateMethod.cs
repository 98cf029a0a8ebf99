using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Impartiality;

/// <summary>States the method beforehand (IMP-1): population, frame, selection, strata, who is missed, limits.</summary>
public sealed class StateMethod(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, MethodContent content, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        var decision = ImpartialityRules.State(s.Activity, content, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<MethodStated>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (s.Method is null)
            db.Add(MethodStatement.Of(change));
        else
            s.Method.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("strata", content.Strata.Count).With("planned", content.Strata.Sum(x => x.Planned)));
        return Nothing.Here;
    }
}

/// <summary>Keeps that the form was read for neutrality (IMP-2), by someone who plans or approves and did not make the form.</summary>
public sealed class ReviewNeutrality(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormVersionId form, string answer, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (Authority.MayVouch(s, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (s.Method is not { } method)
            return ImpartialityRules.NotStated;
        if (s.FormsInUse.FirstOrDefault(f => f.Id == form) is not { } read)
            return ImpartialityRules.NothingToRead;
        var decision = ImpartialityRules.ReviewNeutrality(read, answer, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<NeutralityReviewed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        method.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, form.Value));
        return Nothing.Here;
    }
}
