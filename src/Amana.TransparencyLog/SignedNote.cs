using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Amana.TransparencyLog;

/// <summary>One signature line of a note: who claims to have signed, with which key, and the signature's bytes.</summary>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature);

/// <summary>
/// A text with the signatures of one or more keys, in the form of C2SP signed-note v1.0.0. Reading a note does not vouch for it:
/// nothing in it may be believed before <see cref="Examine"/> has found a signature of a key that the reader trusts.
/// </summary>
public sealed class SignedNote
{
    /// <summary>Longest note read, in UTF-16 code units.</summary>
    public const int LongestText = 1 << 20;

    /// <summary>Most signatures read (the specification asks for at least 16).</summary>
    public const int MostSignatures = 64;

    private const string Dash = "\u2014 ";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>The signed text with its final newline.</summary>
    public string Text { get; }

    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Signs a text, which must end in a newline and hold no other control character.</summary>
    public static SignedNote Sign(string text, params ReadOnlySpan<NoteSigner> signers)
    {
        if (!IsText(text))
            throw new ArgumentException("A note's text ends in a newline and holds no other control character.", nameof(text));
        var note = new SignedNote(text, []);
        foreach (var signer in signers)
            note = note.SignedAlsoBy(signer);
        return note;
    }

    /// <summary>The same note with one more signature; a signature of the same key is replaced.</summary>
    public SignedNote SignedAlsoBy(NoteSigner signer)
    {
        var signature = new NoteSignature(signer.Name, signer.KeyId, signer.Sign(Utf8.GetBytes(Text)));
        return new SignedNote(Text, [.. Signatures.Where(s => !IsOf(s, signer.Verifier)), signature]);
    }

    /// <summary>The same note with a signature that came from elsewhere, such as a witness's; one of the same key is replaced. It is not examined here.</summary>
    public SignedNote With(NoteSignature signature) =>
        new(Text, [.. Signatures.Where(s => s.KeyId != signature.KeyId || !string.Equals(s.Name, signature.Name, StringComparison.Ordinal)), signature]);

    /// <summary>Reads signature lines alone, as a witness answers them; none when one of them is not well formed.</summary>
    public static IReadOnlyList<NoteSignature> ReadSignatures(string lines)
    {
        var read = new List<NoteSignature>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (read.Count == MostSignatures || !TryParseLine(line, out var signature))
                return [];
            read.Add(signature);
        }

        return read;
    }

    /// <summary>A signature as its line of a note.</summary>
    public static string LineOf(NoteSignature signature)
    {
        var bytes = new byte[4 + signature.Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
        signature.Signature.Span.CopyTo(bytes.AsSpan(4));
        return $"{Dash}{signature.Name} {Convert.ToBase64String(bytes)}\n";
    }

    /// <summary>Reads a note. Refuses what the specification does not allow, and more or longer than the limits above.</summary>
    public static bool TryParse(string note, [NotNullWhen(true)] out SignedNote? parsed, out string problem)
    {
        parsed = null;
        if (note.Length > LongestText)
            return Refuse("The note is too long.", out problem);
        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !note.EndsWith('\n') || !IsText(note))
            return Refuse("A note is a text, an empty line and signature lines, each ended by a newline.", out problem);
        var lines = note[(blank + 2)..].Split('\n');
        if (lines.Length < 2 || lines.Length - 1 > MostSignatures)
            return Refuse("A note carries at least one signature and no more than the limit.", out problem);
        var signatures = new List<NoteSignature>();
        foreach (var line in lines[..^1])
        {
            if (!TryParseLine(line, out var signature))
                return Refuse("A signature line reads: em dash, space, name, space, base64 of key id and signature.", out problem);
            signatures.Add(signature);
        }

        parsed = new SignedNote(note[..(blank + 1)], signatures);
        problem = string.Empty;
        return true;
    }

    /// <summary>Looks for signatures of these keys. Signatures of other keys are passed over, as the specification asks.</summary>
    public NoteExamination Examine(IEnumerable<NoteVerifier> verifiers)
    {
        var text = Utf8.GetBytes(Text);
        var signedBy = new List<NoteVerifier>();
        var forged = new List<NoteVerifier>();
        foreach (var verifier in verifiers)
        {
            var own = Signatures.Where(s => IsOf(s, verifier)).ToList();
            if (own.Any(s => !verifier.Verify(text, s.Signature.Span)))
                forged.Add(verifier);
            else if (own.Count > 0)
                signedBy.Add(verifier);
        }

        return new NoteExamination(signedBy, forged);
    }

    /// <summary>The note as written to a file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Text).Append('\n');
        foreach (var s in Signatures)
            text.Append(LineOf(s));

        return text.ToString();
    }

    private static bool TryParseLine(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(Dash, StringComparison.Ordinal))
            return false;
        var parts = line[Dash.Length..].Split(' ');
        if (parts.Length != 2 || !NoteKeys.IsName(parts[0]))
            return false;
        var bytes = new byte[parts[1].Length];
        if (!Convert.TryFromBase64String(parts[1], bytes, out var written) || written < 5
            || !string.Equals(Convert.ToBase64String(bytes, 0, written), parts[1], StringComparison.Ordinal))
            return false;
        signature = new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4, written - 4));
        return true;
    }

    private static bool IsOf(NoteSignature signature, NoteVerifier verifier) =>
        signature.KeyId == verifier.KeyId && string.Equals(signature.Name, verifier.Name, StringComparison.Ordinal);

    private static bool IsText(string text)
    {
        if (!text.EndsWith('\n') || text.Any(c => c < ' ' && c != '\n'))
            return false;
        try
        {
            return Utf8.GetByteCount(text) > 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static bool Refuse(string why, out string problem)
    {
        problem = why;
        return false;
    }
}

/// <summary>
/// Which of the trusted keys signed a note, and under whose name and key id a signature stands that is not theirs.
/// A note is genuine when at least one trusted key signed it and none is forged.
/// </summary>
public sealed record NoteExamination(IReadOnlyList<NoteVerifier> SignedBy, IReadOnlyList<NoteVerifier> Forged)
{
    public bool Genuine => SignedBy.Count > 0 && Forged.Count == 0;
}
