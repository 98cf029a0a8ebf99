using System.Globalization;

namespace Amana.TransparencyLog;

/// <summary>
/// The coordinates of a tile of C2SP tlog-tiles: up to 256 consecutive hashes of complete subtrees of 256^level entries.
/// A width below 256 makes it a partial tile.
/// </summary>
public readonly record struct Tile(int Level, long Index, int Width)
{
    /// <summary>Hashes in a full tile; the height is 8.</summary>
    public const int FullWidth = 256;

    public bool IsFull => Width == FullWidth;

    /// <summary>The path below the log's folder, as <c>tile/0/x001/067</c> or <c>tile/0/x001/067.p/5</c>.</summary>
    public string Path => IsFull ? FullPath(Level, Index) : FullPath(Level, Index) + ".p/" + Width.ToString(CultureInfo.InvariantCulture);

    /// <summary>All tiles that a tree of this size consists of, level by level.</summary>
    public static IEnumerable<Tile> Of(long size)
    {
        for (var (level, hashes) = (0, size); hashes > 0; level++, hashes /= FullWidth)
        {
            for (var index = 0L; index < hashes / FullWidth; index++)
                yield return new Tile(level, index, FullWidth);
            if (hashes % FullWidth != 0)
                yield return new Tile(level, hashes / FullWidth, (int)(hashes % FullWidth));
        }
    }

    private static string FullPath(int level, long index)
    {
        var path = (index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (var rest = index / 1000; rest > 0; rest /= 1000)
            path = "x" + (rest % 1000).ToString("D3", CultureInfo.InvariantCulture) + "/" + path;
        return "tile/" + level.ToString(CultureInfo.InvariantCulture) + "/" + path;
    }
}
