using System.Security.Cryptography;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>Proposes a release: measures it anew, makes the file, seals it, and registers recipient, purpose, risk and hash (CO-4). Below the threshold nothing is made.
/// What is for everybody is remembered among the figures that were shown, so that later figures do not tell by the difference. Sent twice, it is proposed once.</summary>
public sealed class SubmitRelease(ReleaseDraftReader drafts, FileBesideFigures beside, AmanaDb db, Safe safe, LedgerBook ledger)
{
    private const int Tries = 3;

    /// <param name="who">Who proposes, citing the need.</param>
    /// <param name="activity">Of which activity.</param>
    /// <param name="id">The release's own id, made before by the page.</param>
    /// <param name="draft">What it holds.</param>
    /// <param name="words">What it is called in the register, and what its figures stand on (IMP-4).</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<ReleaseId>> Handle(AccessContext who, ActivityId activity, ReleaseId id, ReleaseDraft draft, (string Title, ReleaseNote Note) words, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Propose(who, activity, id, draft, words, cancellationToken);
            }
            catch (DbUpdateException) when (attempt < Tries)
            {
                db.ChangeTracker.Clear(); // figures were shown meanwhile: the file is held beside these too
            }
        }
    }

    private async Task<Outcome<ReleaseId>> Propose(AccessContext who, ActivityId activity, ReleaseId id, ReleaseDraft draft, (string Title, ReleaseNote Note) words, CancellationToken cancellationToken)
    {
        var prepared = await drafts.Prepare(who, activity, draft, cancellationToken);
        if (!prepared.IsDone)
            return Outcome<ReleaseId>.RefusedBy(prepared.Refusals);
        var p = prepared.Result;
        if (p.Activity.Releases.Any(r => r.Id == id))
            return id;
        (p, var held) = await p.Hold(beside, who, cancellationToken);
        var packed = drafts.Write(p, id);
        var hash = Convert.ToHexStringLower(SHA256.HashData(packed.Csv()));
        var box = await safe.SealFile(activity, id.Value, packed.Pack(), cancellationToken);
        var decision = SharingRules.Propose(p.Activity.Activity, new ProposeRelease(id, p.Agreement.Id, who.NeedCode!, words.Title, words.Note, hash, box, draft.Audience), p.Agreement, p.Measured.Risk,
            who.Actor.StaffId!.Value, p.Activity.Now);
        if (decision is not Decision<ReleaseProposed>.Allowed(var change))
        {
            db.ChangeTracker.Clear(); // a file's key may have been made for a release that is not
            return Outcome<ReleaseId>.RefusedBy(decision.Refusals);
        }

        if (await db.Set<ReleaseWork>().FirstOrDefaultAsync(w => w.Id == id, cancellationToken) is { } work)
            work.Apply(WorkRules.Submit(p.Activity.Now));
        db.Add(Release.Of(change));
        db.Add(ReleaseFile.Of(change));
        List<Happening> happenings = [Happening.Of(change, activity, id.Value).With("n", change.Risk.Rows).With("k", change.Risk.SmallestGroup)
            .With("threshold", change.Risk.Threshold).With("recipient", change.RecipientId.Value.ToString("N")).With("sha256", hash).With("telling", held.Telling.Sum(t => t.Values))];
        if (draft.Audience == ReleaseAudience.Public)
            happenings.Add(await beside.Remember(held, activity, cancellationToken));
        await ledger.Commit(who, cancellationToken, happenings);
        return id;
    }
}
