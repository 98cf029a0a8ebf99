using System.Globalization;
using System.Text;

namespace Amana.TransparencyLog;

/// <summary>
/// Where a file-drop witness keeps checkpoints: the newest as <c>checkpoint</c> (C2SP tlog-tiles) and every one it ever got under
/// <c>checkpoints/</c>, named by size and root, so that two contradicting ones both stay as evidence.
/// </summary>
public sealed class CheckpointFolder(string root)
{
    private string Latest => Path.Combine(root, "checkpoint");

    private string History => Path.Combine(root, "checkpoints");

    /// <summary>Keeps a checkpoint; writing the same one with more signatures replaces the file.</summary>
    public void Write(SignedCheckpoint signed)
    {
        Directory.CreateDirectory(History);
        var name = signed.Checkpoint.Size.ToString("D12", CultureInfo.InvariantCulture) + "-" + signed.Checkpoint.Root.ToString()[..16];
        var text = Encoding.UTF8.GetBytes(signed.ToString());
        SafeFile.Write(Path.Combine(History, name), text);
        SafeFile.Write(Latest, text);
    }

    /// <summary>The newest checkpoint's text, unexamined; null if there is none.</summary>
    public string? ReadLatest() => File.Exists(Latest) ? File.ReadAllText(Latest, Encoding.UTF8) : null;

    /// <summary>All checkpoint texts, unexamined, smallest size first; what <see cref="Evidence"/> takes.</summary>
    public IReadOnlyList<string> ReadAll()
    {
        var texts = Directory.Exists(History)
            ? Directory.GetFiles(History).Where(f => !f.EndsWith(".new", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => File.ReadAllText(f, Encoding.UTF8)).ToList()
            : [];
        if (ReadLatest() is { } latest && !texts.Contains(latest, StringComparer.Ordinal))
            texts.Add(latest);
        return texts;
    }
}
