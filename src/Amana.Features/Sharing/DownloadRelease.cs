using System.Globalization;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>A file that leaves.</summary>
public sealed record HandedOutFile(string Name, byte[] Content);

/// <summary>Hands out an approved release. The gate is asked for the need it was made for, and the ledger enters it first. Once somebody in it has withdrawn, it is not
/// handed out any more: it is to be made anew without them (IC-5).</summary>
public sealed class DownloadRelease(Door door, AmanaDb db, ReleaseDraftReader drafts, Safe safe, LedgerBook ledger)
{
    public async Task<Outcome<HandedOutFile>> Handle(AccessContext who, ActivityId activity, ReleaseId id, CancellationToken cancellationToken)
    {
        var release = await db.Set<Release>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.ActivityId == activity, cancellationToken);
        var file = await db.Set<ReleaseFile>().AsNoTracking().FirstOrDefaultAsync(f => f.ReleaseId == id, cancellationToken);
        if (release is null || file is null)
            return new Refusal("release.not-found");
        var citing = who.Citing(release.NeedCode);
        var passage = await door.Ask(citing, new GateRequest(citing.Actor, Operation.Release, citing.NeedCode) { Recipient = release.RecipientId }, activity, id.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<HandedOutFile>.RefusedBy(passage.Refusals);
        var s = passage.Result.Activity;
        if (SharingRules.MayHandOut(release, s.Agreements.FirstOrDefault(a => a.Id == release.AgreementId), s.Today) is { Count: > 0 } refusals)
            return await Refuse(citing, activity, id, refusals, cancellationToken);
        var permit = await ledger.Disclose(citing, passage.Result.Answer, new Happening("ReleaseChecked", activity, id.Value), cancellationToken);
        var packed = PackedRelease.Unpack(await safe.OpenFile(permit, activity, id.Value, file.Box, cancellationToken));
        if (await drafts.NoLongerShared(release, packed, cancellationToken) is > 0 and var gone)
            return await Refuse(citing, activity, id,
                [new Refusal("release.consent-withdrawn-since", Principle.InformedConsent).With("count", gone.ToString(CultureInfo.InvariantCulture)).MendedBy(Mender.InformationManagementOfficer, MendPage.Releases)], cancellationToken);
        await ledger.Disclose(citing, passage.Result.Answer, new Happening("ReleaseDownloaded", activity, id.Value)
            .With("n", release.Risk.Rows).With("recipient", release.RecipientId.Value.ToString("N")).With("sha256", release.FileHash), cancellationToken);
        return new HandedOutFile($"release-{release.FileHash[..12]}.csv", packed.Csv);
    }

    private async Task<Outcome<HandedOutFile>> Refuse(AccessContext who, ActivityId activity, ReleaseId id, IReadOnlyList<Refusal> refusals, CancellationToken cancellationToken)
    {
        await ledger.Refuse(who, Operation.Release, activity, id.Value, refusals, cancellationToken);
        return Outcome<HandedOutFile>.RefusedBy(refusals);
    }
}
