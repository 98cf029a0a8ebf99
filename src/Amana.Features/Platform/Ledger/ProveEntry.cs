using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform.Vault;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Ledger;

/// <summary>Hands out the proof that an entry stands in the signed ledger (SEC-3). An entry that waits is given its place and signed for first. That it was handed out is entered.
/// Refused to whoever holds no duty over the operation, and for an entry that is not there.</summary>
public sealed class ProveEntry(LedgerProofReader proofs, LedgerSequencer sequencer, LedgerBook ledger)
{
    /// <param name="who">Who takes it.</param>
    /// <param name="which">The entry's id, or its position as a number.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<ProofFile>> Handle(AccessContext who, string which, CancellationToken cancellationToken)
    {
        if (!LedgerReaders.May(who))
            return LedgerReaders.DutyMissing;
        if (await proofs.Find(which, cancellationToken) is not { } entry)
            return new Refusal("ledger.entry-not-found", Principle.DataProtection).At("Entry");
        await ledger.Commit(who, cancellationToken, new Happening("EntryProven", entry.ActivityId, entry.Id));
        return await Proven(entry, cancellationToken);
    }

    /// <summary>The proof for whoever may see this entry anyway; the entry is signed for first where it was not.</summary>
    internal async Task<ProofFile> Proven(LedgerEntry entry, CancellationToken cancellationToken)
    {
        if (await proofs.Of(entry, cancellationToken) is { } ready)
            return ready;
        await sequencer.Integrate(sign: true, cancellationToken);
        var placed = await proofs.Find(entry.Id.ToString(), cancellationToken) ?? throw new InvalidOperationException("An entry of the ledger is gone.");
        return await proofs.Of(placed, cancellationToken) ?? throw new InvalidOperationException("An entry is not covered by the checkpoint that was just signed.");
    }
}

/// <summary>A checkpoint with what an outsider needs besides to check against it.</summary>
/// <param name="Checkpoint">The signed tree head.</param>
/// <param name="Root">Its root hash in base64.</param>
/// <param name="Key">The ledger's public key (C2SP vkey).</param>
/// <param name="Cosigners">Names of the witnesses' keys that signed it too.</param>
public sealed record ShownCheckpoint(LedgerCheckpoint Checkpoint, string Root, string Key, IReadOnlyList<string> Cosigners);

/// <summary>Signs a checkpoint of the whole ledger now, instead of within five minutes, and drops it for the witnesses. With nothing new, the last one stands.</summary>
public sealed class SignCheckpoint(LedgerSequencer sequencer, LedgerBook ledger, LastCheckpoint last)
{
    public async Task<Outcome<ShownCheckpoint>> Handle(AccessContext who, CancellationToken cancellationToken)
    {
        if (!LedgerReaders.May(who))
            return LedgerReaders.DutyMissing;
        await ledger.Commit(who, cancellationToken, new Happening("CheckpointAsked"));
        await sequencer.Integrate(sign: true, cancellationToken);
        return (await last.Read(who, cancellationToken)).Result ?? throw new InvalidOperationException("Nothing was signed.");
    }
}

/// <summary>The last checkpoint, as it is printed and handed to witnesses. None while nothing is signed.</summary>
public sealed class LastCheckpoint(AmanaDb db, Keyring keyring)
{
    public async Task<Outcome<ShownCheckpoint?>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        if (!LedgerReaders.May(who))
            return LedgerReaders.DutyMissing;
        var last = await db.Set<LedgerCheckpoint>().AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);
        if (last is null || !SignedCheckpoint.TryParse(last.Text, out var signed, out _))
            return new Outcome<ShownCheckpoint?>.Done(null);
        var own = keyring.LedgerSigner.Verifier;
        return new Outcome<ShownCheckpoint?>.Done(new ShownCheckpoint(last, signed.Checkpoint.Root.ToBase64(), own.ToString(), [.. signed.Note.Signatures.Where(s => s.KeyId != own.KeyId).Select(s => s.Name)]));
    }
}

/// <summary>Who reads the ledger: whoever holds a duty over the operation, and the house itself at its own command line.</summary>
internal static class LedgerReaders
{
    public static Refusal DutyMissing => new Refusal("ledger.duty-missing", Principle.DataProtection).MendedBy(Mender.Administrator, MendPage.Staff);

    public static bool May(AccessContext who) => who.Actor.Kind == ActorKind.House || who.Actor.Duties.Count > 0;
}
