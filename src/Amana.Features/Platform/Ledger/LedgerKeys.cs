using System.Text.Json;
using Amana.TransparencyLog;

namespace Amana.Features.Platform.Ledger;

/// <summary>Which keys verify a ledger that changed its signing key: the one that is trusted, and those that the history under its own checkpoints hands over to or from.</summary>
internal static class LedgerKeys
{
    /// <param name="trusted">The key known from elsewhere, or the one the export names.</param>
    /// <param name="alsoNamed">Further keys that are taken at the export's word, where nothing better is at hand.</param>
    /// <param name="entries">The entries. Whether they are genuine is for the verifier to find out: a forged handing-over does not fit the trusted key's checkpoint.</param>
    /// <param name="checkpoints">All checkpoints at hand.</param>
    public static IReadOnlyList<NoteVerifier> Trusted(NoteVerifier trusted, IEnumerable<string> alsoNamed, IReadOnlyList<StoredEntry> entries, IReadOnlyList<string> checkpoints)
    {
        var keys = new List<NoteVerifier> { trusted };
        foreach (var named in alsoNamed)
            Add(keys, named);
        var handed = entries.Select(e => (e.Position, Keys: KeysIn(e.Entry))).Where(h => h.Keys.Count > 0).ToList();
        for (var known = 0; known != keys.Count;)
        {
            known = keys.Count;
            var signed = checkpoints.Select(text => SignedCheckpoint.TryParse(text, out var read, out _) && read.Examine(keys).Genuine ? read.Checkpoint.Size : 0).DefaultIfEmpty().Max();
            foreach (var key in handed.Where(h => h.Position < signed).SelectMany(h => h.Keys))
                Add(keys, key);
        }

        return keys;
    }

    private static void Add(List<NoteVerifier> keys, string text)
    {
        if (NoteVerifier.TryParse(text, out var key, out _) && key.Name == keys[0].Name && keys.TrueForAll(k => k.ToString() != text))
            keys.Add(key);
    }

    private static List<string> KeysIn(ReadOnlyMemory<byte> entry)
    {
        try
        {
            using var json = JsonDocument.Parse(entry);
            return json.RootElement.TryGetProperty("kind", out var kind) && kind.GetString() == "LedgerKeyReplaced"
                ? [.. new[] { "x-key", "x-former" }.Select(n => json.RootElement.TryGetProperty(n, out var key) ? key.GetString() : null).OfType<string>()] : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
