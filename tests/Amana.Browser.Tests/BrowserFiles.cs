using System.Text;

namespace Amana.Browser.Tests;

/// <summary>What a browser has written to its folder, as whoever takes the device finds it.</summary>
internal static class BrowserFiles
{
    /// <summary>Files in which the words stand as they are, in either of the encodings that browsers write.</summary>
    public static IReadOnlyList<string> Holding(string folder, string words) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).LinkTarget is null && Holds(f, Encoding.UTF8.GetBytes(words), Encoding.Unicode.GetBytes(words)))];

    private static bool Holds(string file, params byte[][] words)
    {
        try
        {
            var content = File.ReadAllBytes(file);
            return words.Any(w => content.AsSpan().IndexOf(w) >= 0);
        }
        catch (IOException)
        {
            return false; // a socket or lock of the browser
        }
    }
}
