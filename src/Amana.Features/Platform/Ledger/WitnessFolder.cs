using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Ledger;

/// <summary>The file drop: one witness that lies outside the database. Other witnesses copy from here.</summary>
public static class WitnessFolder
{
    /// <summary>Keeps the leaf hashes of newly placed entries in tiles (C2SP tlog-tiles), so that the first bad entry can be named even where the database was rewritten.
    /// A folder that fell behind, after a crash or when it was emptied, is caught up; one that holds another history is left as the witness it is.</summary>
    public static async Task Append(AmanaDb db, Store store, long first, IReadOnlyList<TreeHash> placed, CancellationToken cancellationToken)
    {
        if (placed.Count == 0)
            return;
        var tiles = new TileFolder(store.WitnessDirectory);
        if (tiles.TryAppend(first, placed, out _))
            return;
        var all = await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Position != null).OrderBy(e => e.Position).Select(e => e.LeafHash).ToListAsync(cancellationToken);
        tiles.TryAppend(0, [.. all.Select(h => new TreeHash(h))], out _);
    }

    public static async Task Drop(Store store, SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(store.WitnessDirectory, "checkpoints");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, checkpoint.Checkpoint.Size.ToString("D12", System.Globalization.CultureInfo.InvariantCulture) + ".txt");
        await File.WriteAllTextAsync(file + ".part", checkpoint.ToString(), cancellationToken);
        File.Move(file + ".part", file, overwrite: true);
    }
}
