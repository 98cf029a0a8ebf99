using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Purpose;

/// <summary>States the purpose of an activity (DP-1). Half-written purposes are kept; a changed one has to be weighed and published anew.</summary>
public sealed class StatePurpose(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, PurposeContent content, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (s.Purpose is { } stated && stated.Content == content)
            return Nothing.Here; // sent twice, or nothing changed: author and weighing stay
        var decision = PurposeRules.State(s.Activity, content, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<PurposeStated>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (s.Purpose is null)
            db.Add(PurposeStatement.Of(change));
        else
            s.Purpose.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("decisions", content.Decisions.Count).With("needs", content.Needs.Count));
        return Nothing.Here;
    }
}

/// <summary>Weighs sensitivity and cost against the expected response, and justifies each question of a special category (DP-3). Refused to the purpose's author.</summary>
public sealed class WeighPurpose(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string text, IReadOnlyDictionary<string, string> specialCategories, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (Authority.MayWeigh(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (loaded.Result.Purpose is not { } purpose)
            return PurposeMissing.Refusal;
        var decision = PurposeRules.Weigh(purpose, text, specialCategories, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<ProportionalityWeighed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        purpose.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("special-categories", specialCategories.Count));
        return Nothing.Here;
    }
}

/// <summary>Publishes the purpose in plain language (DP-5), in every language of the activity.</summary>
public sealed class PublishPurpose(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Purpose is not { } purpose)
            return PurposeMissing.Refusal;
        if (purpose.PublishedAt is not null)
            return Nothing.Here; // sent twice
        var decision = PurposeRules.Publish(loaded.Result.Activity, purpose, clock.Now());
        if (decision is not Decision<PurposePublished>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        purpose.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity));
        return Nothing.Here;
    }
}

/// <summary>Records a decision or action taken from an information need (DP-7). Sent twice it is recorded once.</summary>
public sealed class UseEvidence(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string needCode, string what, DateOnly on, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Purpose is not { } purpose)
            return PurposeMissing.Refusal;
        var decision = PurposeRules.Use(purpose, needCode, what, on, who.Actor.StaffId!.Value);
        if (decision is not Decision<EvidenceUsed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (purpose.Uses.Contains(change.Use))
            return Nothing.Here;
        purpose.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("need", needCode));
        return Nothing.Here;
    }
}

internal static class PurposeMissing
{
    public static Refusal Refusal { get; } = new Refusal("purpose.none", Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Purpose);

    public static Refusal Use { get; } = new Refusal("compatible.not-found", Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Purpose);
}
