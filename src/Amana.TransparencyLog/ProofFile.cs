using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amana.TransparencyLog;

/// <summary>
/// Evidence that a person or a donor can take away and check without the log: an entry, its place, its audit path and a signed checkpoint,
/// in one JSON file. It holds the entry's bytes as they are; who may see them is for the giver to decide.
/// </summary>
public sealed class ProofFile
{
    /// <summary>Longest file read, in UTF-16 code units.</summary>
    public const int LongestText = 32 << 20;

    private const string Format = "transparency-log-proof/1";
    private const int DeepestPath = 63;
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ProofFile(byte[] entry, long index, IReadOnlyList<TreeHash> path, SignedCheckpoint checkpoint)
    {
        Entry = entry;
        Index = index;
        Path = path;
        Checkpoint = checkpoint;
    }

    /// <summary>The entry as it was logged.</summary>
    public byte[] Entry { get; }

    /// <summary>Its position, counted from 0.</summary>
    public long Index { get; }

    /// <summary>The tree's size, which is the checkpoint's.</summary>
    public long Size => Checkpoint.Checkpoint.Size;

    /// <summary>The audit path, leaf's sibling first.</summary>
    public IReadOnlyList<TreeHash> Path { get; }

    public SignedCheckpoint Checkpoint { get; }

    /// <summary>Takes the proof from a tree that reaches at least to the checkpoint's size.</summary>
    public static ProofFile Of(byte[] entry, long index, ITreeNodes tree, SignedCheckpoint checkpoint) =>
        new(entry, index, tree.InclusionProof(index, checkpoint.Checkpoint.Size), checkpoint);

    /// <summary>
    /// Whether one of these keys signed a checkpoint (of this origin, if given) whose tree holds this entry at this position. Otherwise
    /// <paramref name="problem"/> says in a plain sentence what fails.
    /// </summary>
    public bool Holds(IEnumerable<NoteVerifier> verifiers, out string problem, string? origin = null)
    {
        problem = string.Empty;
        if (origin is not null && !string.Equals(origin, Checkpoint.Checkpoint.Origin, StringComparison.Ordinal))
            problem = "The checkpoint is of another log.";
        else if (Checkpoint.Examine(verifiers) is var examination && !examination.Genuine)
            problem = examination.Forged.Count > 0 ? "The checkpoint's signature is not that of the key it names." : "No trusted key has signed the checkpoint.";
        else if (!Proof.IncludesEntry(Entry, Index, Size, Path, Checkpoint.Checkpoint.Root))
            problem = "The entry is not at this position of the signed log, or not with these bytes.";
        return problem.Length == 0;
    }

    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("entry", Convert.ToBase64String(Entry));
            json.WriteNumber("index", Index);
            json.WriteNumber("size", Size);
            json.WriteStartArray("path");
            foreach (var hash in Path)
                json.WriteStringValue(hash.ToBase64());
            json.WriteEndArray();
            json.WriteString("checkpoint", Checkpoint.ToString());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads a proof file; reading it does not vouch for it, <see cref="Holds"/> does. Refuses members that it does not know.</summary>
    public static bool TryParse(string json, [NotNullWhen(true)] out ProofFile? proof, out string problem)
    {
        proof = null;
        problem = "This is not a proof file.";
        if (json.Length > LongestText)
            return false;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 3, AllowDuplicateProperties = false });
            proof = Read(document.RootElement, out problem);
            return proof is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static ProofFile? Read(JsonElement root, out string problem)
    {
        problem = "This is not a proof file.";
        if (root.GetPropertyCount() != 6 || root.GetProperty("format").GetString() != Format)
            return null;
        var path = new List<TreeHash>();
        foreach (var item in root.GetProperty("path").EnumerateArray())
        {
            if (path.Count == DeepestPath || !TreeHash.TryFromBase64(item.GetString() ?? string.Empty, out var hash))
                return null;
            path.Add(hash);
        }

        if (!SignedCheckpoint.TryParse(root.GetProperty("checkpoint").GetString() ?? string.Empty, out var checkpoint, out problem))
            return null;
        if (root.GetProperty("size").GetInt64() != checkpoint.Checkpoint.Size)
        {
            problem = "The size is not that of the checkpoint.";
            return null;
        }

        return new ProofFile(root.GetProperty("entry").GetBytesFromBase64(), root.GetProperty("index").GetInt64(), path, checkpoint);
    }
}
