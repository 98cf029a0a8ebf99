namespace Amana.TransparencyLog.Verification;

/// <summary>
/// Three accounts of the same entries walk side by side: what their bytes say, what the stored leaf hashes say and what the tiles say. Only where
/// one departs from the bytes does it need a tree of its own. Which account is true is decided at the next signed root.
/// </summary>
internal sealed class Lineup
{
    private const int Kept = 1_000_000;
    private readonly List<TreeHash> bytesAfter = [];
    private readonly List<TreeHash> tilesAfter = [];
    private readonly ShadowTree bytes = new();
    private ShadowTree? stored;
    private ShadowTree? tiles;
    private bool tilesLost;

    internal long Count => bytes.Count;

    /// <summary>Tile hashes taken: more than <see cref="Count"/> once the tiles went on alone.</summary>
    internal long TileCount => (tiles ?? bytes).Count;

    /// <summary>Where the stored leaf hashes first depart from the bytes.</summary>
    internal long? FirstStored { get; private set; }

    /// <summary>Where the tiles first depart from the bytes.</summary>
    internal long? FirstTile { get; private set; }

    internal TreeHash Root() => bytes.Root();

    internal bool BytesLeadTo(TreeHash root) => bytes.Root() == root;

    internal bool StoredLeadsTo(TreeHash root) => stored?.Root() == root;

    internal bool TilesLeadTo(TreeHash root) => !tilesLost && (tiles ?? bytes).Root() == root;

    internal void Take(TreeHash byBytes, TreeHash byStored, TreeHash? byTile)
    {
        if (byStored != byBytes && stored is null)
        {
            FirstStored = Count;
            stored = bytes.Copy();
        }

        if (byTile is null)
        {
            tilesLost = true;
        }
        else if (byTile != byBytes && tiles is null && !tilesLost)
        {
            FirstTile = Count;
            tiles = bytes.Copy();
        }

        stored?.Append(byStored);
        TakeTile(byTile);
        if (FirstTile is not null && bytesAfter.Count < Kept)
            bytesAfter.Add(byBytes);
        bytes.Append(byBytes);
    }

    /// <summary>Lets the tiles go on by themselves, behind the end of the log.</summary>
    internal void TakeTileBeyond(TreeHash? byTile)
    {
        if (byTile is null)
            tilesLost = true;
        tiles ??= bytes.Copy();
        TakeTile(byTile);
    }

    /// <summary>After the bytes were proven: what the tiles said before no longer matters.</summary>
    internal void TrustBytes()
    {
        (tiles, FirstTile, tilesLost) = (null, null, false);
        bytesAfter.Clear();
        tilesAfter.Clear();
    }

    /// <summary>Tells from the proven tiles what happened at <see cref="FirstTile"/>, and with how many entries.</summary>
    internal (Damage What, long Count) WhatTilesTell()
    {
        if (bytesAfter.Count == 0 || tilesAfter.Count == 0)
            return (Damage.EntryAltered, 1);
        var later = tilesAfter.IndexOf(bytesAfter[0]);
        if (later > 0)
            return later < bytesAfter.Count && bytesAfter[later] == tilesAfter[0] ? (Damage.Swapped, later) : (Damage.Dropped, later);
        var pushed = bytesAfter.IndexOf(tilesAfter[0]);
        return pushed > 0 ? (Damage.Inserted, pushed) : (Damage.EntryAltered, 1);
    }

    private void TakeTile(TreeHash? byTile)
    {
        if (tilesLost || byTile is not { } hash)
            return;
        tiles?.Append(hash);
        if (FirstTile is not null && tilesAfter.Count < Kept)
            tilesAfter.Add(hash);
    }
}
