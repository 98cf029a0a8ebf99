using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Risk;

/// <summary>Writes the risk assessment (DNH-1). What changes has to be approved anew; names under unchanged risks stay.</summary>
public sealed class WriteRiskAssessment(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, RiskContent content, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        var author = who.Actor.StaffId!.Value;
        if (s.Risk is { } before && before.Content.SaysTheSame(content))
            return Nothing.Here; // sent twice, or nothing changed: author and approval stay
        if (await OwnersUnknown(content, cancellationToken))
            return new Refusal("risk.owner-unknown", Principle.DoNoHarm).At(nameof(content.Risks));
        var decision = RiskRules.Assess(s.Activity, RiskRules.KeepAcceptances(content, s.Risk?.Content ?? RiskContent.Empty, author), author, clock.Now(), s.Limits.MaxReviewDays);
        if (decision is not Decision<RisksAssessed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (s.Risk is null)
            db.Add(RiskAssessment.Of(change));
        else
            s.Risk.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("risks", content.Risks.Count).With("tolerance", content.Tolerance)
            .With("above-tolerance", content.Risks.Count(r => r.ResidualScore > content.Tolerance)));
        return Nothing.Here;
    }

    private async Task<bool> OwnersUnknown(RiskContent content, CancellationToken cancellationToken)
    {
        var owners = content.Risks.Select(r => r.OwnerId).OfType<StaffId>().Distinct().ToList();
        return await db.Set<StaffMember>().CountAsync(m => owners.Contains(m.Id), cancellationToken) != owners.Count;
    }
}

/// <summary>Approves the assessment as it stands, with place, people, recipients and sensitive questions as they are now. Refused to everybody who wrote since the last approval.</summary>
public sealed class ApproveRisk(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var loaded = await RiskLoading.ForJudging(door, who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var (s, risk) = loaded.Result;
        var by = who.Actor.StaffId!.Value;
        if (risk.State == RiskState.Approved && risk.ApprovedBy == by && risk.ApprovedScope.Fingerprint == s.RiskScope().Fingerprint && risk.ReopenedBecause is null)
            return Nothing.Here; // sent twice
        var decision = RiskRules.Approve(s.Activity, risk, s.RiskScope(), by, clock.Now());
        if (decision is not Decision<RiskAssessmentApproved>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        risk.Apply(change);
        db.Add(RiskRevision.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("revision", risk.Revision).With("fingerprint", change.Scope.Fingerprint)
            .With("content", ContentHash.Of(risk.Content)).With("risks", risk.Content.Risks.Count));
        return Nothing.Here;
    }
}

/// <summary>Confirms that the approved assessment still holds, and sets the next review (DNH-2). Refused to everybody who wrote since the last approval.</summary>
public sealed class ReviewRisk(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, DateOnly next, CancellationToken cancellationToken)
    {
        var loaded = await RiskLoading.ForJudging(door, who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var (s, risk) = loaded.Result;
        var decision = RiskRules.Review(s.Activity, risk, next, s.RiskScope(), who.Actor.StaffId!.Value, clock.Now(), s.Limits.MaxReviewDays);
        if (decision is not Decision<RiskReviewed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        risk.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("next", next.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            .With("fingerprint", change.Scope.Fingerprint).With("content", ContentHash.Of(risk.Content)));
        return Nothing.Here;
    }
}

/// <summary>Accepts one risk at the tolerance by name (DNH-3). The assessment's author and approval stay. Refused to the author.</summary>
public sealed class AcceptRisk(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string code, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (Authority.MayVouch(s, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (s.Risk is not { } risk)
            return RiskLoading.NotWritten;
        if (risk.Content.Risks.Any(r => r.Code == code && r.AcceptedBy == who.Actor.StaffId))
            return Nothing.Here; // sent twice
        var decision = RiskRules.Accept(s.Activity, risk, code, who.Actor.StaffId!.Value);
        if (decision is not Decision<RiskAccepted>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        risk.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("risk", change.Code));
        return Nothing.Here;
    }
}

/// <summary>Reopens the assessment for a reason outside the plan: an incident, harmful feedback, a changed context (DNH-4). Whoever plans or approves may do it.</summary>
public sealed class ReopenRisk(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, ReopeningReason because, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (Authority.MayVouch(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (loaded.Result.Risk is not { } risk)
            return RiskLoading.NotWritten;
        if (risk.ReopenedBecause == because.ToString())
            return Nothing.Here; // sent twice
        var decision = RiskRules.Reopen(risk, because.ToString());
        if (decision is not Decision<RiskReopened>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        risk.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("because", change.Because));
        return Nothing.Here;
    }
}

internal static class RiskLoading
{
    public static Refusal NotWritten { get; } = new Refusal("risk.not-written", Principle.DoNoHarm).MendedBy(Mender.ProtectionOfficer, MendPage.Risk);

    /// <summary>The activity and its assessment, for those who may approve.</summary>
    public static async Task<Outcome<(ActivitySnapshot State, RiskAssessment Risk)>> ForJudging(Door door, AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<(ActivitySnapshot, RiskAssessment)>.RefusedBy(loaded.Refusals);
        if (Authority.MayApprove(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        return loaded.Result.Risk is { } risk ? (loaded.Result, risk) : NotWritten;
    }
}

internal static class ContentHash
{
    /// <summary>SHA-256 of a value as the store writes it, so that the ledger holds what was approved without its words.</summary>
    public static string Of<T>(T content) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(content, Mapping.Json)));
}
