namespace Amana.Testing;

/// <summary>Reads the files of a house that is at work, as a thief of its disk would.</summary>
public static class HouseFiles
{
    private const int Passes = 100;

    /// <summary>The files below a folder of which this holds. What is just being written, or was given its name meanwhile, is waited for: then everything is read anew, so that nothing is passed over.</summary>
    public static IReadOnlyList<string> Where(string folder, Func<byte[], bool> holds)
    {
        for (var pass = 1; ; pass++)
        {
            try
            {
                return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => holds(Read(f)))];
            }
            catch (IOException) when (pass < Passes)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
