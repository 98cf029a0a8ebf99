using System.Globalization;

namespace Amana.TransparencyLog.Verification;

/// <summary>
/// The verifier's own reader of leaf hashes in a tile folder. How far the folder reaches is fixed when reading begins, so that a log
/// which grows meanwhile is not taken for a shortened one.
/// </summary>
internal sealed class TileLeaves
{
    private readonly Dictionary<long, string> files = [];
    private long loaded = -1;
    private byte[] tile = [];

    internal TileLeaves(string folder)
    {
        var level0 = Path.Combine(folder, "tile", "0");
        if (!Directory.Exists(level0))
            return;
        var widest = new Dictionary<long, int>();
        foreach (var file in Directory.EnumerateFiles(level0, "*", SearchOption.AllDirectories))
        {
            if (!TryLocate(Path.GetRelativePath(level0, file), out var index, out var width) || widest.GetValueOrDefault(index) >= width)
                continue;
            widest[index] = width;
            files[index] = file;
            Size = Math.Max(Size, (index * 256) + width);
        }
    }

    /// <summary>One more than the last position that the folder has a place for.</summary>
    internal long Size { get; }

    /// <summary>The leaf hash at a position; null if the folder lacks it.</summary>
    internal TreeHash? At(long position)
    {
        if (position / 256 != loaded)
        {
            loaded = position / 256;
            tile = files.TryGetValue(loaded, out var file) ? Load(file) : [];
        }

        var offset = (int)(position % 256) * 32;
        return offset + 32 <= tile.Length ? new TreeHash(tile.AsSpan(offset, 32)) : null;
    }

    /// <summary>A partial tile may give way to its full one at any moment.</summary>
    private static byte[] Load(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            var full = Path.GetDirectoryName(file)!;
            return full.EndsWith(".p", StringComparison.Ordinal) && File.Exists(full[..^2]) ? File.ReadAllBytes(full[..^2]) : [];
        }
    }

    private static bool TryLocate(string path, out long index, out int width)
    {
        (index, width) = (0, 256);
        var parts = path.Split('/', '\\');
        if (parts.Length >= 2 && parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or > 255)
                return false;
            parts = [.. parts[..^2], parts[^2][..^2]];
        }

        for (var i = 0; i < parts.Length; i++)
        {
            var digits = i < parts.Length - 1 ? parts[i].TrimStart('x') : parts[i];
            if (digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var three))
                return false;
            index = (index * 1000) + three;
        }

        return true;
    }
}
