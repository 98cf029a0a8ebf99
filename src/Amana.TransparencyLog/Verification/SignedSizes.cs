namespace Amana.TransparencyLog.Verification;

/// <summary>Sorts the checkpoints found into those that bind the log and those that prove nothing.</summary>
internal sealed class SignedSizes
{
    private readonly List<Checkpoint> genuine = [];
    private readonly List<(Checkpoint? Checkpoint, string Why)> rejected = [];

    internal SignedSizes(Evidence evidence)
    {
        foreach (var text in evidence.Checkpoints)
        {
            if (!SignedCheckpoint.TryParse(text, out var signed, out var problem))
                rejected.Add((null, problem));
            else if (evidence.Origin is { } origin && !string.Equals(origin, signed.Checkpoint.Origin, StringComparison.Ordinal))
                rejected.Add((signed.Checkpoint, "It is of another log."));
            else
                Sort(signed, signed.Examine(evidence.Verifiers));
        }

        genuine.Sort((a, b) => a.Size.CompareTo(b.Size));
    }

    internal IReadOnlyList<Checkpoint> Genuine => genuine;

    internal int Rejected => rejected.Count;

    /// <summary>Two genuine checkpoints of one size with different roots, or of different origins, are a verdict in themselves.</summary>
    internal Verdict.Broken? Contradiction()
    {
        for (var i = 1; i < genuine.Count; i++)
        {
            var (a, b) = (genuine[i - 1], genuine[i]);
            if (!string.Equals(a.Origin, b.Origin, StringComparison.Ordinal))
                return new(0, LastOf(b), Damage.CheckpointsContradict, $"Checkpoints of two logs are mixed: {a.Origin} and {b.Origin}.");
            if (a.Size == b.Size && a.Root != b.Root)
                return new(Before(a.Size), LastOf(b), Damage.CheckpointsContradict, $"Two signed checkpoints give different roots for the size {a.Size}.");
        }

        return null;
    }

    /// <summary>The verdict about the first rejected checkpoint, when the log itself gave no reason for complaint.</summary>
    internal Verdict.Broken? Forgery(long logSize)
    {
        if (rejected.Count == 0)
            return null;
        var (checkpoint, why) = rejected[0];
        if (checkpoint is null)
            return new(0, Math.Max(0, logSize - 1), Damage.CheckpointForged, $"A checkpoint cannot be read. {why}");
        var first = Before(checkpoint.Size);
        return new(first, Math.Max(first, LastOf(checkpoint)), Damage.CheckpointForged, $"The checkpoint of size {checkpoint.Size} proves nothing. {why}");
    }

    private void Sort(SignedCheckpoint signed, NoteExamination examination)
    {
        if (examination.Genuine)
            genuine.Add(signed.Checkpoint);
        else
            rejected.Add((signed.Checkpoint, examination.Forged.Count > 0 ? "The signature is not that of the key it names." : "No trusted key has signed it."));
    }

    private static long LastOf(Checkpoint checkpoint) => Math.Max(0, checkpoint.Size - 1);

    private long Before(long size) => genuine.Where(c => c.Size < size).Select(c => c.Size).DefaultIfEmpty(0).Max();
}
