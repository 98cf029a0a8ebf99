using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Amana.TransparencyLog;

/// <summary>
/// A tree head of a log as C2SP tlog-checkpoint writes it: origin, size, root and, if need be, extension lines (opaque, not audited).
/// </summary>
public sealed record Checkpoint
{
    /// <summary>Refuses, as a bug of the caller, lines that the text form cannot carry.</summary>
    public Checkpoint(string origin, long size, TreeHash root, IReadOnlyList<string>? extensions = null)
    {
        if (!IsLine(origin))
            throw new ArgumentException("An origin is one line that is not empty.", nameof(origin));
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (extensions is not null && !extensions.All(IsLine))
            throw new ArgumentException("An extension is one line that is not empty.", nameof(extensions));
        Origin = origin;
        Size = size;
        Root = root;
        Extensions = extensions ?? [];
    }

    /// <summary>The log's identity.</summary>
    public string Origin { get; }

    /// <summary>Entries in the tree.</summary>
    public long Size { get; }

    public TreeHash Root { get; }

    public IReadOnlyList<string> Extensions { get; }

    /// <summary>The note text that is signed.</summary>
    public string Text => string.Join('\n', [Origin, Size.ToString(CultureInfo.InvariantCulture), Root.ToBase64(), .. Extensions]) + "\n";

    /// <summary>Signs this checkpoint with each key in turn.</summary>
    public SignedCheckpoint SignedBy(params ReadOnlySpan<NoteSigner> signers) => new(this, SignedNote.Sign(Text, signers));

    /// <summary>Reads a note text; refuses leading zeroes, empty lines and a root that is not 32 bytes in canonical base64.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint, out string problem)
    {
        checkpoint = null;
        problem = "A checkpoint's text is an origin, a decimal size, a base64 root and extension lines, none of them empty.";
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length != 0 || !lines[..^1].All(IsLine))
            return false;
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || !string.Equals(size.ToString(CultureInfo.InvariantCulture), lines[1], StringComparison.Ordinal))
            return false;
        if (!TreeHash.TryFromBase64(lines[2], out var root))
            return false;
        checkpoint = new Checkpoint(lines[0], size, root, lines[3..^1]);
        problem = string.Empty;
        return true;
    }

    public bool Equals(Checkpoint? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.Ordinal);

    private static bool IsLine(string line) => line.Length > 0 && !line.Any(c => c < ' ');
}

/// <summary>A checkpoint with the signatures that stand under it. Reading one does not vouch for it; <see cref="Examine"/> does.</summary>
public sealed class SignedCheckpoint
{
    internal SignedCheckpoint(Checkpoint checkpoint, SignedNote note)
    {
        Checkpoint = checkpoint;
        Note = note;
    }

    public Checkpoint Checkpoint { get; }

    public SignedNote Note { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out SignedCheckpoint? signed, out string problem)
    {
        signed = null;
        if (!SignedNote.TryParse(text, out var note, out problem) || !Checkpoint.TryParse(note.Text, out var checkpoint, out problem))
            return false;
        signed = new SignedCheckpoint(checkpoint, note);
        return true;
    }

    /// <summary>Which of these keys signed it.</summary>
    public NoteExamination Examine(IEnumerable<NoteVerifier> verifiers) => Note.Examine(verifiers);

    /// <summary>Adds a signature, as a witness does after it has checked that the log only grew.</summary>
    public SignedCheckpoint SignedAlsoBy(NoteSigner signer) => new(Checkpoint, Note.SignedAlsoBy(signer));

    /// <summary>Adds a signature that came from elsewhere, such as a witness's cosignature; it is not examined here.</summary>
    public SignedCheckpoint With(NoteSignature signature) => new(Checkpoint, Note.With(signature));

    /// <summary>The file's text.</summary>
    public override string ToString() => Note.ToString();
}
