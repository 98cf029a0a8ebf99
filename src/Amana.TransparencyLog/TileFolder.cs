using System.Globalization;

namespace Amana.TransparencyLog;

/// <summary>
/// The hashes of a log kept as C2SP tlog-tiles below a folder, outside the database that they bear witness to. A tile once written is
/// never changed: an attempt to write another hash at a known position is refused, which is how a file-drop witness notices a rewritten log.
/// One writer at a time.
/// </summary>
public sealed class TileFolder(string root)
{
    /// <summary>The folder that holds <c>tile/</c>.</summary>
    public string Root { get; } = root;

    /// <summary>
    /// Adds leaf hashes behind the first <paramref name="size"/> and writes every tile that this completes or begins. Writing the same hashes
    /// again changes nothing. Refuses, writing nothing, when the folder does not hold the first <paramref name="size"/> hashes or holds others than these.
    /// </summary>
    public bool TryAppend(long size, IReadOnlyList<TreeHash> leaves, out string problem)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var planned = new List<(Tile Tile, byte[] Hashes)>();
        if (!TryPlan(size, leaves, planned, out problem))
            return false;
        foreach (var (tile, hashes) in planned)
        {
            var known = Longest(tile.Level, tile.Index) ?? [];
            var common = Math.Min(known.Length, hashes.Length);
            var same = known.AsSpan(0, common).CommonPrefixLength(hashes.AsSpan(0, common));
            if (same < common)
            {
                var at = (tile.Index * Tile.FullWidth) + (same / TreeHash.Length);
                problem = string.Create(CultureInfo.InvariantCulture, $"Level {tile.Level} of the tiles holds another hash at {at}: the log was rewritten.");
                return false;
            }
        }

        foreach (var (tile, hashes) in planned)
            Write(tile, hashes);
        return true;
    }

    /// <summary>The tree of the first <paramref name="size"/> entries, for roots and proofs. Tiles are read when they are needed.</summary>
    public TileTree At(long size) => new(this, size);

    /// <summary>
    /// The tile's bytes: hashes one after the other. A partial tile that was cleared away is cut from the full one. Null if neither is there
    /// or its length is wrong.
    /// </summary>
    public byte[]? Read(Tile tile)
    {
        var wanted = tile.Width * TreeHash.Length;
        var bytes = ReadFile(tile) ?? (tile.IsFull ? null : ReadFile(tile with { Width = Tile.FullWidth }));
        return bytes is null || bytes.Length < wanted ? null : bytes[..wanted];
    }

    private bool TryPlan(long size, IReadOnlyList<TreeHash> leaves, List<(Tile Tile, byte[] Hashes)> planned, out string problem)
    {
        problem = string.Empty;
        var (hashes, start) = (leaves, size);
        for (var level = 0; hashes.Count > 0; level++, start /= Tile.FullWidth)
        {
            var held = (int)(start % Tile.FullWidth);
            var row = new List<TreeHash>(held + hashes.Count);
            if (held > 0)
            {
                var tile = new Tile(level, start / Tile.FullWidth, held);
                if (Read(tile) is not { } bytes)
                {
                    problem = string.Create(CultureInfo.InvariantCulture, $"The folder does not hold the first {size} hashes: {tile.Path} is missing.");
                    return false;
                }

                for (var i = 0; i < held; i++)
                    row.Add(new TreeHash(bytes.AsSpan(i * TreeHash.Length, TreeHash.Length)));
            }

            row.AddRange(hashes);
            hashes = PlanRow(level, start / Tile.FullWidth, row, planned);
        }

        return true;
    }

    private static List<TreeHash> PlanRow(int level, long firstTile, List<TreeHash> row, List<(Tile Tile, byte[] Hashes)> planned)
    {
        var parents = new List<TreeHash>();
        for (var from = 0; from < row.Count; from += Tile.FullWidth)
        {
            var tile = new Tile(level, firstTile + (from / Tile.FullWidth), Math.Min(Tile.FullWidth, row.Count - from));
            var bytes = new byte[tile.Width * TreeHash.Length];
            var range = new CompactRange();
            for (var i = 0; i < tile.Width; i++)
            {
                row[from + i].CopyTo(bytes.AsSpan(i * TreeHash.Length));
                range.Append(row[from + i]);
            }

            planned.Add((tile, bytes));
            if (tile.IsFull)
                parents.Add(range.Root());
        }

        return parents;
    }

    private byte[]? Longest(int level, long index)
    {
        var full = new Tile(level, index, Tile.FullWidth);
        if (ReadFile(full) is { } bytes)
            return bytes;
        var partials = Path.Combine(Root, full.Path) + ".p";
        if (!Directory.Exists(partials))
            return null;
        var widest = Directory.EnumerateFiles(partials)
            .Select(f => int.TryParse(Path.GetFileName(f), NumberStyles.None, CultureInfo.InvariantCulture, out var width) ? width : 0)
            .DefaultIfEmpty(0).Max();
        return widest == 0 ? null : ReadFile(full with { Width = widest });
    }

    private byte[]? ReadFile(Tile tile)
    {
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(Root, tile.Path));
            return bytes.Length == tile.Width * TreeHash.Length ? bytes : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void Write(Tile tile, byte[] hashes)
    {
        var path = Path.Combine(Root, tile.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path) || new FileInfo(path).Length != hashes.Length)
            SafeFile.Write(path, hashes);
        if (tile.IsFull && Directory.Exists(path + ".p"))
            Directory.Delete(path + ".p", recursive: true);
    }
}

/// <summary>A tree whose hashes are read from tiles. Not for use by several threads at once.</summary>
public sealed class TileTree : ITreeNodes
{
    private const int Remembered = 256;
    private readonly TileFolder folder;
    private readonly Dictionary<(int Level, long Index), byte[]> tiles = [];

    internal TileTree(TileFolder folder, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        this.folder = folder;
        Size = size;
    }

    public long Size { get; }

    /// <summary>The root over all of <see cref="Size"/>.</summary>
    public TreeHash Root() => this.Root(Size);

    /// <summary>As promised by <see cref="ITreeNodes"/>; throws <see cref="InvalidDataException"/> when the tile is missing or short.</summary>
    public TreeHash Node(int level, long index)
    {
        var (tileLevel, above) = (level / 8, level % 8);
        var first = index << above;
        var bytes = Load(tileLevel, first / Tile.FullWidth);
        var row = new TreeHash[1 << above];
        for (var i = 0; i < row.Length; i++)
            row[i] = new TreeHash(bytes.AsSpan((int)((first + i) % Tile.FullWidth) * TreeHash.Length, TreeHash.Length));
        for (var width = row.Length; width > 1; width /= 2)
            for (var i = 0; i < width / 2; i++)
                row[i] = TreeHash.OfNode(row[2 * i], row[(2 * i) + 1]);
        return row[0];
    }

    private byte[] Load(int level, long index)
    {
        if (tiles.TryGetValue((level, index), out var known))
            return known;
        var hashes = Size >> (8 * level);
        var tile = new Tile(level, index, (int)Math.Min(Tile.FullWidth, hashes - (index * Tile.FullWidth)));
        var bytes = folder.Read(tile) ?? throw new InvalidDataException($"The tile {tile.Path} is missing or has the wrong length.");
        if (tiles.Count >= Remembered)
            tiles.Clear();
        tiles[(level, index)] = bytes;
        return bytes;
    }
}
