using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Amana.TransparencyLog;

/// <summary>What a log sends a witness (C2SP tlog-witness, add-checkpoint): the size that the witness is thought to know, the proof that the log only added since, and the new checkpoint.</summary>
public sealed record WitnessRequest(long Old, IReadOnlyList<TreeHash> Proof, SignedCheckpoint Checkpoint)
{
    /// <summary>Longest request read, in UTF-16 code units.</summary>
    public const int LongestText = 16384;

    private const int LongestProof = 63;

    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {Old}\n");
        foreach (var hash in Proof)
            text.Append(hash.ToBase64()).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <summary>Reads a request; reading vouches for nothing in it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out WitnessRequest? request)
    {
        request = null;
        var blank = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (text.Length > LongestText || blank < 0)
            return false;
        var lines = text[..blank].Split('\n');
        if (!lines[0].StartsWith("old ", StringComparison.Ordinal) || !long.TryParse(lines[0].AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var old) || lines.Length - 1 > LongestProof)
            return false;
        var proof = new List<TreeHash>();
        foreach (var line in lines.Skip(1))
        {
            if (!TreeHash.TryFromBase64(line, out var hash))
                return false;
            proof.Add(hash);
        }

        if (!SignedCheckpoint.TryParse(text[(blank + 2)..], out var checkpoint, out _))
            return false;
        request = new WitnessRequest(old, proof, checkpoint);
        return true;
    }
}
