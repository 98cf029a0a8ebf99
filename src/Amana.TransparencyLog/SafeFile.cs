namespace Amana.TransparencyLog;

/// <summary>Writes a file whole or not at all: beside its place, flushed to the disk, then moved in.</summary>
internal static class SafeFile
{
    internal static void Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
