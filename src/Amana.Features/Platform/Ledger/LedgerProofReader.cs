using System.Text;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Ledger;

/// <summary>Takes proofs out of the ledger (RFC 6962 §2.1.1): an entry, its path in the tree and a signed checkpoint over it, for anybody to check with the ledger's public
/// key alone. Gives none for an entry that no checkpoint covers yet.</summary>
public sealed class LedgerProofReader(AmanaDb db, Store store)
{
    /// <summary>The entry of this id, or at this position written as a number; none where there is none.</summary>
    public async Task<LedgerEntry?> Find(string which, CancellationToken cancellationToken)
    {
        var entries = db.Set<LedgerEntry>().AsNoTracking();
        if (long.TryParse(which, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var position))
            return await entries.FirstOrDefaultAsync(e => e.Position == position, cancellationToken);
        return Guid.TryParse(which, out var id) ? await entries.FirstOrDefaultAsync(e => e.Id == id, cancellationToken) : null;
    }

    /// <summary>The proof of the entry under the first checkpoint that covers it.</summary>
    public async Task<ProofFile?> Of(LedgerEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Position is not { } position)
            return null;
        var text = await db.Set<LedgerCheckpoint>().AsNoTracking().Where(c => c.Size > position).OrderBy(c => c.Size).Select(c => c.Text).FirstOrDefaultAsync(cancellationToken);
        if (text is null || !SignedCheckpoint.TryParse(text, out var signed, out _))
            return null;
        var bytes = Encoding.UTF8.GetBytes(entry.Canonical);
        return FromTiles(bytes, position, signed) ?? ProofFile.Of(bytes, position, await Tree(signed.Checkpoint.Size, cancellationToken), signed);
    }

    /// <summary>The proof that the ledger of <paramref name="later"/> entries only added to that of <paramref name="earlier"/> (RFC 6962 §2.1.2).</summary>
    public async Task<IReadOnlyList<TreeHash>> Consistency(long earlier, Checkpoint later, CancellationToken cancellationToken)
    {
        try
        {
            var tiles = new TileFolder(store.WitnessDirectory).At(later.Size);
            if (tiles.Root() == later.Root)
                return tiles.ConsistencyProof(earlier, later.Size);
        }
        catch (InvalidDataException)
        {
            // The folder was emptied or fell behind: the store has the hashes.
        }

        return (await Tree(later.Size, cancellationToken)).ConsistencyProof(earlier, later.Size);
    }

    // A few tiles instead of all hashes; believed only where they lead to the signed root.
    private ProofFile? FromTiles(byte[] entry, long position, SignedCheckpoint signed)
    {
        try
        {
            var proof = ProofFile.Of(entry, position, new TileFolder(store.WitnessDirectory).At(signed.Checkpoint.Size), signed);
            return Proof.IncludesEntry(entry, position, proof.Size, proof.Path, signed.Checkpoint.Root) ? proof : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async Task<MerkleTree> Tree(long size, CancellationToken cancellationToken)
    {
        var leaves = await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Position < size).OrderBy(e => e.Position).Select(e => e.LeafHash).ToListAsync(cancellationToken);
        return new MerkleTree(leaves.Select(l => new TreeHash(l)));
    }
}
