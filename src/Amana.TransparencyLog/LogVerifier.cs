using Amana.TransparencyLog.Verification;

namespace Amana.TransparencyLog;

/// <summary>
/// Verifies a whole log, entry by entry in the order of positions, against signed checkpoints and, if there are any, tiles. It hashes, builds
/// the tree and reads the tiles with code of its own, so that a fault in the appending side cannot hide itself. Memory does not grow with the log.
/// </summary>
/// <remarks>
/// Read the checkpoints and create the verifier before reading the entries: then a log that grows meanwhile raises no false alarm.
/// With tiles the first bad entry is named exactly; with checkpoints only it is named exactly when its stored leaf hash disagrees,
/// else as the range since the last checkpoint that still held.
/// </remarks>
public sealed class LogVerifier
{
    private const int LookAhead = 1024;
    private readonly SignedSizes signed;
    private readonly Queue<Checkpoint> ahead;
    private readonly TileLeaves? tiles;
    private readonly Lineup lineup = new();
    private Verdict.Broken? broken;
    private Verdict.Broken? tileDamage;
    private long proven;
    private long? tilesDecideAt;

    /// <summary>Reads checkpoints and takes stock of the tile folder.</summary>
    public LogVerifier(Evidence evidence)
    {
        signed = new SignedSizes(evidence);
        broken = signed.Contradiction();
        ahead = new Queue<Checkpoint>(signed.Genuine);
        tiles = evidence.TileFolder is { } folder ? new TileLeaves(folder) : null;
        CloseDueCheckpoints();
    }

    /// <summary>Verifies a log held in memory or streamed from a store.</summary>
    public static Verdict Verify(IEnumerable<StoredEntry> entries, Evidence evidence)
    {
        var verifier = new LogVerifier(evidence);
        foreach (var entry in entries)
        {
            if (!verifier.Take(entry.Position, entry.Entry.Span, entry.LeafHash.Span))
                break;
        }

        return verifier.Finish();
    }

    /// <summary>As <see cref="Verify"/>, for entries that come asynchronously.</summary>
    public static async Task<Verdict> VerifyAsync(IAsyncEnumerable<StoredEntry> entries, Evidence evidence, CancellationToken cancel = default)
    {
        var verifier = new LogVerifier(evidence);
        await foreach (var entry in entries.WithCancellation(cancel))
        {
            if (!verifier.Take(entry.Position, entry.Entry.Span, entry.LeafHash.Span))
                break;
        }

        return verifier.Finish();
    }

    /// <summary>Takes the next entry. False means that the verdict is already certain and no more entries are needed.</summary>
    public bool Take(long position, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> storedLeafHash)
    {
        if (broken is not null)
            return false;
        if (position != lineup.Count)
        {
            broken = tilesDecideAt is null ? OutOfPlace(position) : ByTiles();
            return false;
        }

        var hash = ShadowTree.Leaf(entry);
        var stored = storedLeafHash.Length == TreeHash.Length ? new TreeHash(storedLeafHash) : default;
        lineup.Take(hash, stored, TileAt(position));
        if (tilesDecideAt is null)
            CloseDueCheckpoints();
        else if (lineup.Count >= tilesDecideAt)
            broken = ByTiles();
        return broken is null;
    }

    /// <summary>The verdict, after the last entry.</summary>
    public Verdict Finish()
    {
        broken ??= tilesDecideAt is not null ? ByTiles() : ahead.Count > 0 ? TooShort(ahead.Peek()) : Tail();
        if (broken is { } found)
            return signed.Rejected == 0 ? found : found with { Explanation = $"{found.Explanation} Besides, {signed.Rejected} checkpoint(s) prove nothing." };
        return signed.Forgery(lineup.Count) ?? tileDamage ?? (Verdict)new Verdict.Verified(lineup.Count, lineup.Root(), proven);
    }

    private TreeHash? TileAt(long position)
    {
        if (tiles?.At(position) is { } hash)
            return hash;
        if (tiles is not null && position < tiles.Size)
            tileDamage ??= new(position, position, Damage.TilesAltered, $"The tile folder has lost the hash of entry {position}.");
        return null;
    }

    private void CloseDueCheckpoints()
    {
        while (broken is null && tilesDecideAt is null && ahead.TryPeek(out var next) && next.Size == lineup.Count)
        {
            ahead.Dequeue();
            broken = Close(next);
            if (broken is null && tilesDecideAt is null)
                proven = next.Size;
        }
    }

    private Verdict.Broken? Close(Checkpoint checkpoint)
    {
        var size = checkpoint.Size;
        if (lineup.BytesLeadTo(checkpoint.Root))
        {
            if (lineup.FirstStored is { } wrong)
                return new(wrong, wrong, Damage.LeafHashAltered, $"The leaf hash stored with entry {wrong} was altered; the entry itself is as it was signed.");
            if (lineup.FirstTile is { } tile)
                tileDamage ??= new(tile, tile, Damage.TilesAltered, $"The log agrees with its signed checkpoints, but the tile folder has another hash for entry {tile}.");
            lineup.TrustBytes();
            return null;
        }

        if (lineup.TilesLeadTo(checkpoint.Root))
        {
            // That something is wrong is certain, and where; a few entries more tell what was done.
            tilesDecideAt = size + LookAhead;
            return null;
        }

        if (lineup.StoredLeadsTo(checkpoint.Root) && lineup.FirstStored is { } altered)
            return new(altered, altered, Damage.EntryAltered, $"The bytes of entry {altered} are not those that were logged.");
        var last = Math.Min(lineup.FirstStored ?? long.MaxValue, Math.Max(0, size - 1));
        return new(proven, Math.Max(proven, last), Damage.RangeAltered, $"The entries do not lead to the root signed for size {size}; those up to {proven} still did. Between them an entry was altered, dropped, inserted or swapped.");
    }

    /// <summary>The tiles have been proven by a signed root, so where they depart from the log the log is wrong.</summary>
    private Verdict.Broken ByTiles()
    {
        var first = lineup.FirstTile ?? lineup.Count;
        ExtendTiles(lineup.TileCount + LookAhead);
        if (lineup.FirstStored is { } stored && stored < first)
            return new(stored, stored, Damage.LeafHashAltered, $"The leaf hash stored with entry {stored} was altered.");
        var (what, count) = lineup.WhatTilesTell();
        var explanation = what switch
        {
            Damage.Dropped => $"{count} entry(ies) were dropped from position {first} on.",
            Damage.Inserted => $"{count} entry(ies) that were never logged stand from position {first} on.",
            Damage.Swapped => $"The entries {first} and {first + count} have changed places.",
            _ => $"Entry {first} is not the one that was logged.",
        };
        return new(first, first, what, explanation);
    }

    /// <summary>
    /// What is wrong with the place is certain; whether an entry before it, since the last proven size, is bad as well only tiles can tell.
    /// </summary>
    private Verdict.Broken OutOfPlace(long position)
    {
        var expected = lineup.Count;
        var (at, what, explanation) = position > expected
            ? (expected, Damage.Dropped, $"The entries {expected} to {position - 1} are missing.")
            : (Math.Max(0, position), Damage.Inserted, $"Position {position} stands twice or out of order.");
        if (!ahead.TryPeek(out var next))
            return Unsigned() ?? new(at, at, what, explanation);
        ExtendTiles(next.Size);
        if (lineup.TilesLeadTo(next.Root))
            return Math.Min(lineup.FirstTile ?? at, lineup.FirstStored ?? at) < at ? ByTiles() : new(at, at, what, explanation);
        var last = Math.Min(at, lineup.FirstStored ?? at);
        return new(Math.Min(proven, last), last, what, explanation);
    }

    /// <summary>The log has ended before a signed size; tiles, if they lead to the signed root, tell where it first departed from the truth.</summary>
    private Verdict.Broken TooShort(Checkpoint next)
    {
        var (size, count) = (next.Size, lineup.Count);
        ExtendTiles(size);
        var tilesReach = tiles is not null && tiles.Size >= size;
        if (tilesReach && lineup.TilesLeadTo(next.Root) && (lineup.FirstTile ?? lineup.FirstStored) is not null)
            return ByTiles();
        if (count == proven)
            return new(count, count, Damage.RolledBack, $"The log ends at the checkpoint of size {count}, but size {size} was signed: it was rolled back.");
        if (tilesReach && lineup.TilesLeadTo(next.Root))
            return new(count, count, Damage.Truncated, $"The log has {count} entries, but {size} were signed: its tail was cut off.");
        return new(proven, Math.Min(lineup.FirstStored ?? count, count), Damage.Truncated, $"The log has {count} entries, but {size} were signed; it is proven up to {proven}.");
    }

    /// <summary>Lets the tiles go on by themselves behind the end of the log.</summary>
    private void ExtendTiles(long until)
    {
        for (var position = lineup.TileCount; tiles is not null && position < Math.Min(until, tiles.Size); position++)
            lineup.TakeTileBeyond(tiles.At(position));
    }

    private Verdict.Broken? Tail() => Unsigned() ?? (tiles is not null && tiles.Size > lineup.Count
        ? new(lineup.Count, lineup.Count, Damage.Truncated, $"The log has {lineup.Count} entries, but the tile folder knows {tiles.Size}: its tail was cut off.")
        : null);

    /// <summary>Entries behind the last signed size: nobody has signed for them, so any disagreement is reported as it is.</summary>
    private Verdict.Broken? Unsigned()
    {
        if (lineup.FirstStored is { } stored && stored <= (lineup.FirstTile ?? long.MaxValue))
            return new(stored, stored, Damage.EntryAltered, $"The bytes of entry {stored} and the leaf hash stored with it disagree.");
        if (lineup.FirstTile is not { } first)
            return null;
        var (what, _) = lineup.WhatTilesTell();
        return new(first, first, what, $"Log and tiles disagree from entry {first} on; no checkpoint covers it yet.");
    }
}
