using System.Globalization;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Witnesses;

/// <summary>What a witness answers (C2SP tlog-witness): an HTTP status and its text.</summary>
public sealed record WitnessAnswer(int Status, string Text = "");

/// <summary>Takes another house's checkpoint: signs it only where it is truly signed, of a ledger that we watch, and proven to only add to the one that we saw before. A truly signed one
/// that does not fit is kept as a contradiction, entered, and never signed. What comes from strangers leaves no trace.</summary>
public sealed class CosignCheckpoint(AmanaDb db, LedgerBook ledger, Keyring keyring, TimeProvider clock)
{
    public async Task<WitnessAnswer> Handle(string text, CancellationToken cancellationToken)
    {
        if (!WitnessRequest.TryParse(text, out var request))
            return new WitnessAnswer(400);
        var (offered, checkpoint) = (request.Checkpoint, request.Checkpoint.Checkpoint);
        if (await db.Set<WatchedLedger>().FirstOrDefaultAsync(w => w.Origin == checkpoint.Origin, cancellationToken) is not { } watched)
            return new WitnessAnswer(404);
        if (!offered.Examine([NoteVerifier.Parse(watched.Key)]).Genuine)
            return new WitnessAnswer(403);
        if (request.Old > checkpoint.Size)
            return new WitnessAnswer(400);
        if (request.Old != watched.Size)
            return new WitnessAnswer(409, watched.Size.ToString(CultureInfo.InvariantCulture) + "\n");
        if (!Proof.IsConsistent(watched.Size, RootOf(watched), checkpoint.Size, checkpoint.Root, request.Proof))
            return await Contradicted(watched, checkpoint, cancellationToken);
        var now = clock.Now();
        watched.Saw(checkpoint.Size, offered.ToString(), now);
        await ledger.Commit(AccessContext.House, cancellationToken, new Happening("CheckpointCosigned").With("origin", checkpoint.Origin)
            .With("size", checkpoint.Size.ToString(CultureInfo.InvariantCulture)).With("root", checkpoint.Root.ToBase64()));
        return new WitnessAnswer(200, SignedNote.LineOf(keyring.Cosign(checkpoint, now)));
    }

    private async Task<WitnessAnswer> Contradicted(WatchedLedger watched, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        // A proof that does not hold may be a fault of sending; two roots of one size can only be a second history.
        var twoFaces = checkpoint.Size == watched.Size && checkpoint.Root != RootOf(watched);
        if (twoFaces && watched.ContradictedAt is null)
        {
            watched.Contradicted(clock.Now());
            await ledger.Commit(AccessContext.House, cancellationToken, new Happening("CheckpointContradicted").With("origin", checkpoint.Origin)
                .With("size", checkpoint.Size.ToString(CultureInfo.InvariantCulture)).With("root", checkpoint.Root.ToBase64()));
        }

        return twoFaces ? new WitnessAnswer(409, watched.Size.ToString(CultureInfo.InvariantCulture) + "\n") : new WitnessAnswer(422);
    }

    private static TreeHash RootOf(WatchedLedger watched) =>
        SignedCheckpoint.TryParse(watched.Text, out var seen, out _) ? seen.Checkpoint.Root : TreeHash.EmptyTree;
}
