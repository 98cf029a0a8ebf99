using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Sharing;

/// <summary>Approves or declines a release; never by the person who proposed it (IMP-5). What a rule holds up now cannot be approved for later, and can be declined at any time.</summary>
public sealed class DecideRelease(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, ReleaseId id, bool approve, string reason, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (s.Releases.FirstOrDefault(r => r.Id == id) is not { } release || s.Agreements.FirstOrDefault(a => a.Id == release.AgreementId) is not { } agreement)
            return new Refusal("release.not-found");
        if (Authority.MayApprove(s, who.Actor) is { Count: > 0 } refusals && who.Actor.StaffId != release.ProposedBy)
            return Outcome<Nothing>.RefusedBy(refusals);
        var rules = Gate.Stands(s, Operation.Release, release.RecipientId);
        if (approve && !rules.Allowed)
        {
            await ledger.Refuse(who, Operation.Release, activity, id.Value, rules.Refusals, cancellationToken);
            return Outcome<Nothing>.RefusedBy(rules.Refusals);
        }

        var decision = SharingRules.Decide(release, agreement, approve, reason, who.Actor.StaffId!.Value, s.Now);
        if (decision is not Decision<ReleaseDecided>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        release.Apply(change);
        await ledger.Commit(who, cancellationToken, [.. approve ? Door.OverridesUsed(rules, Operation.Release, activity, id.Value) : [], Happening.Of(change, activity, id.Value).With("state", release.State.ToString()).With("sha256", release.FileHash)]);
        return Nothing.Here;
    }
}
