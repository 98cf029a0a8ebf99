using System.Globalization;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Sharing.Packages;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>A file that leaves.</summary>
public sealed record HandedOutFile(string Name, byte[] Content);

/// <summary>An approved release with its box open, for one who may hand it out.</summary>
internal sealed record OpenRelease(Passage Passage, Release Release, Agreement Agreement, PackedRelease Packed, AccessContext Citing);

/// <summary>Opens the box of a release for handing it out: the gate is asked for the need it was made for, it is approved, its agreement is in force, and nobody in it has withdrawn since.</summary>
public sealed class OpenedRelease(Door door, AmanaDb db, ReleaseDraftReader drafts, Safe safe, LedgerBook ledger)
{
    internal async Task<Outcome<OpenRelease>> Open(AccessContext who, ActivityId activity, ReleaseId id, CancellationToken cancellationToken)
    {
        var release = await db.Set<Release>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.ActivityId == activity, cancellationToken);
        var file = await db.Set<ReleaseFile>().AsNoTracking().FirstOrDefaultAsync(f => f.ReleaseId == id, cancellationToken);
        if (release is null || file is null)
            return new Refusal("release.not-found");
        var citing = who.Citing(release.NeedCode);
        var passage = await door.Ask(citing, new GateRequest(citing.Actor, Operation.Release, citing.NeedCode) { Recipient = release.RecipientId }, activity, id.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<OpenRelease>.RefusedBy(passage.Refusals);
        var s = passage.Result.Activity;
        var agreement = s.Agreements.FirstOrDefault(a => a.Id == release.AgreementId);
        if (SharingRules.MayHandOut(release, agreement, s.Today) is { Count: > 0 } refusals)
            return await Refuse(citing, activity, id, refusals, cancellationToken);
        var permit = await ledger.Disclose(citing, passage.Result.Answer, new Happening("ReleaseChecked", activity, id.Value), cancellationToken);
        var packed = PackedRelease.Unpack(await safe.OpenFile(permit, activity, id.Value, file.Box, cancellationToken));
        if (await drafts.NoLongerShared(release, packed, cancellationToken) is > 0 and var gone)
            return await Refuse(citing, activity, id,
                [new Refusal("release.consent-withdrawn-since", Principle.InformedConsent).With("count", gone.ToString(CultureInfo.InvariantCulture)).MendedBy(Mender.InformationManagementOfficer, MendPage.Releases)], cancellationToken);
        return new OpenRelease(passage.Result, release, agreement!, packed, citing);
    }

    /// <summary>Opens it only to compare its rows with what was found elsewhere; agreement and consents may have ended since.</summary>
    internal async Task<Outcome<OpenRelease>> ForComparing(AccessContext who, ActivityId activity, ReleaseId id, CancellationToken cancellationToken)
    {
        var release = await db.Set<Release>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.ActivityId == activity, cancellationToken);
        var file = await db.Set<ReleaseFile>().AsNoTracking().FirstOrDefaultAsync(f => f.ReleaseId == id, cancellationToken);
        if (release is null || file is null)
            return new Refusal("release.not-found");
        var citing = who.Citing(release.NeedCode);
        var passage = await door.Ask(citing, Operation.Analyse, activity, null, id.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<OpenRelease>.RefusedBy(passage.Refusals);
        var agreement = passage.Result.Activity.Agreements.First(a => a.Id == release.AgreementId);
        var permit = await ledger.Disclose(citing, passage.Result.Answer, new Happening("ReleaseChecked", activity, id.Value), cancellationToken);
        return new OpenRelease(passage.Result, release, agreement, PackedRelease.Unpack(await safe.OpenFile(permit, activity, id.Value, file.Box, cancellationToken)), citing);
    }

    private async Task<Outcome<OpenRelease>> Refuse(AccessContext who, ActivityId activity, ReleaseId id, IReadOnlyList<Refusal> refusals, CancellationToken cancellationToken)
    {
        await ledger.Refuse(who, Operation.Release, activity, id.Value, refusals, cancellationToken);
        return Outcome<OpenRelease>.RefusedBy(refusals);
    }
}
