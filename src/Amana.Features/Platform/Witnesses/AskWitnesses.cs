using System.Globalization;
using Amana.Features.Platform.Ledger;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Witnesses;

/// <summary>Brings the last checkpoint to every witness that did not sign it yet, with the proof that the ledger only added since the one that it knows. What a witness signed stands
/// under the checkpoint; what it refused stands beside its name.</summary>
public sealed class AskWitnesses(AmanaDb db, LedgerProofReader proofs, LedgerBook ledger, OutsideDoor outside, TimeProvider clock)
{
    // Entered by the witnessing itself: were they reason enough to ask again, two houses would keep each other awake for ever.
    private static readonly string[] Chatter = ["WitnessSigned", "WitnessFailed", "CheckpointCosigned"];

    /// <summary>How many signed.</summary>
    public async Task<int> Handle(CancellationToken cancellationToken)
    {
        var last = await db.Set<LedgerCheckpoint>().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);
        if (last is null || !SignedCheckpoint.TryParse(last.Text, out var signed, out _))
            return 0;
        var count = 0;
        foreach (var witness in await db.Set<LedgerWitness>().Where(w => w.Size < last.Size).ToListAsync(cancellationToken))
        {
            if (!await db.Set<LedgerEntry>().AnyAsync(e => e.Position >= witness.Size && e.Position < last.Size && !Chatter.Contains(e.Kind), cancellationToken))
                continue;
            var (line, problem) = await Ask(witness, signed, cancellationToken);
            if (line is null)
            {
                if (witness.Problem == problem)
                    continue; // known, and nothing new to enter
                witness.Failed(problem!, clock.Now());
                await ledger.Commit(AccessContext.House, cancellationToken, new Happening("WitnessFailed", null, witness.Id).With("problem", problem!));
                continue;
            }

            signed = signed.With(line);
            last.Cosign(signed.ToString());
            Cosignature.IsOn(signed.Note, witness.Key, out var at);
            witness.Signed(last.Size, at, clock.Now());
            await ledger.Commit(AccessContext.House, cancellationToken, new Happening("WitnessSigned", null, witness.Id).With("size", last.Size.ToString(CultureInfo.InvariantCulture)));
            count++;
        }

        return count;
    }

    private async Task<(NoteSignature? Line, string? Problem)> Ask(LedgerWitness witness, SignedCheckpoint signed, CancellationToken cancellationToken)
    {
        var old = witness.Size;
        for (var turn = 0; turn < 2; turn++)
        {
            var proof = await proofs.Consistency(old, signed.Checkpoint, cancellationToken);
            var answer = await outside.Post(witness.Address, "witness/add-checkpoint", new WitnessRequest(old, proof, signed).ToString(), cancellationToken);
            // The witness may know another size than we remember, such as after a restore of ours or of its own.
            if (answer.Status == 409 && turn == 0 && long.TryParse(answer.Text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var known) && known != old && known <= signed.Checkpoint.Size)
            {
                old = known;
                continue;
            }

            if (answer.Status != 200)
                return (null, answer.Status == 0 ? "unreachable" : "status-" + answer.Status.ToString(CultureInfo.InvariantCulture));
            foreach (var line in SignedNote.ReadSignatures(answer.Text))
                if (Cosignature.IsOn(signed.Note.With(line), witness.Key, out _))
                    return (line, null);
            return (null, "other-key");
        }

        return (null, "status-409");
    }
}
