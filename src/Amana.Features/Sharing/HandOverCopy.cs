using System.Security.Cryptography;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Sharing.Packages;
using Amana.Features.Texts;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>A copy that was made. The password is shown once and kept nowhere; none where the copy opens with the recipient's key.</summary>
public sealed record HandedOverCopy(ReleaseCopyId Id, string? Password);

/// <summary>Makes a copy of an approved release for its recipient: the whole package, marked with codes of its own, signed, and encrypted to the recipient alone. The gate is asked for the need
/// it was made for. Once somebody in the release has withdrawn, no copy is made any more: it is to be made anew without them (IC-5).</summary>
public sealed class HandOverCopy(OpenedRelease opened, AmanaDb db, Safe safe, ReleaseSeal seal, LedgerBook ledger)
{
    /// <param name="who">Who hands it over.</param>
    /// <param name="activity">Of which activity.</param>
    /// <param name="id">Which release.</param>
    /// <param name="wish">How it is closed, and until when.</param>
    /// <param name="language">In which language its report and terms are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<HandedOverCopy>> Handle(AccessContext who, ActivityId activity, ReleaseId id, CopyWish wish, Language language, CancellationToken cancellationToken)
    {
        var open = await opened.Open(who, activity, id, cancellationToken);
        if (!open.IsDone)
            return Outcome<HandedOverCopy>.RefusedBy(open.Refusals);
        var (passage, release, agreement, packed, citing) = open.Result;
        var key = AgeRecipient.TryParse(wish.RecipientKey);
        if (CopyRules.MayMake(wish, key is not null, agreement, passage.Activity.Today) is { Count: > 0 } refusals)
            return Outcome<HandedOverCopy>.RefusedBy(refusals);
        var before = await db.Set<ReleaseCopy>().Where(c => c.ReleaseId == id).ToListAsync(cancellationToken);
        if (before.Exists(c => c.Id == wish.Id))
            return new Refusal("copy.made-already", Principle.DataProtection);
        var now = passage.Activity.Now;
        var copy = packed.AsCopy(row => seal.RowCode(wish.Id.Value, row));
        var files = await ReleasePackage.Of(passage.Activity, release, agreement, copy, (before.Count + 1, wish.ExpiresOn), language, seal, cancellationToken);
        var (package, password) = wish.Protection == CopyProtection.Password ? seal.WithPassword(files, now) : (seal.ToPublicKey(files, key!, now), null);
        var hash = Convert.ToHexStringLower(SHA256.HashData(package));
        var box = await safe.SealFile(activity, wish.Id.Value, package, cancellationToken);
        var decision = CopyRules.Make(release, wish, before, (hash, box), who.Actor.StaffId!.Value, now);
        if (decision is not Decision<CopyMade>.Allowed(var change))
            return Outcome<HandedOverCopy>.RefusedBy(decision.Refusals);
        db.Add(ReleaseCopy.Of(change));
        db.Add(ReleaseCopyFile.Of(change));
        await ledger.Commit(citing, cancellationToken, Happening.Of(change, activity, id.Value).With("copy", change.Number).With("protection", change.Protection.ToString())
            .With("n", release.Risk.Rows).With("recipient", release.RecipientId.Value.ToString("N")).With("sha256", hash));
        return new HandedOverCopy(change.Id, password);
    }
}

/// <summary>Hands out a copy that was made, as often as its download breaks off: encrypted, so it is nothing to whom it is not meant for. Not once it expired, was called back, or somebody in it withdrew.</summary>
public sealed class FetchCopy(OpenedRelease opened, AmanaDb db, Safe safe, LedgerBook ledger, Departures departures)
{
    public async Task<Outcome<HandedOutFile>> Handle(AccessContext who, ActivityId activity, ReleaseId id, ReleaseCopyId copyId, CancellationToken cancellationToken)
    {
        var copy = await db.Set<ReleaseCopy>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == copyId && c.ReleaseId == id && c.ActivityId == activity, cancellationToken);
        var file = await db.Set<ReleaseCopyFile>().AsNoTracking().FirstOrDefaultAsync(f => f.CopyId == copyId, cancellationToken);
        if (copy is null || file is null)
            return new Refusal("release.not-found");
        var open = await opened.Open(who, activity, id, cancellationToken);
        if (!open.IsDone)
            return Outcome<HandedOutFile>.RefusedBy(open.Refusals);
        var (passage, release, _, _, citing) = open.Result;
        if (CopyRules.MayFetch(copy, passage.Activity.Today) is { Count: > 0 } refusals)
        {
            await ledger.Refuse(citing, Operation.Release, activity, id.Value, refusals, cancellationToken);
            return Outcome<HandedOutFile>.RefusedBy(refusals);
        }

        await departures.Add(citing, new DepartureNote(activity, DeparturePath.Package, release.NeedCode, release.Risk.Rows, release, copy), oncePerDay: false, cancellationToken);
        var permit = await ledger.Disclose(citing, passage.Answer, new Happening("ReleaseDownloaded", activity, copyId.Value)
            .With("copy", copy.Number).With("n", release.Risk.Rows).With("recipient", release.RecipientId.Value.ToString("N")).With("sha256", copy.PackageHash), cancellationToken);
        var package = await safe.OpenFile(permit, activity, copyId.Value, file.Box, cancellationToken);
        return new HandedOutFile(ReleasePackage.NameOf(release, copy.Number) + (copy.Protection == CopyProtection.Password ? ".zip" : ".zip.age"), package);
    }
}
