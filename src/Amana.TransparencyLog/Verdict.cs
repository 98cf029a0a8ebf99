namespace Amana.TransparencyLog;

/// <summary>An entry as the log's store holds it: its place, its bytes and the leaf hash that was kept with it.</summary>
public readonly record struct StoredEntry(long Position, ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> LeafHash);

/// <summary>
/// What a log is measured against. <see cref="Checkpoints"/> are note texts as found, trusted or not; only those signed by one of
/// <see cref="Verifiers"/> (and for <see cref="Origin"/>, if given) count. Tiles are believed only where they lead to a signed root.
/// </summary>
/// <param name="Checkpoints">Signed notes in any order.</param>
/// <param name="Verifiers">The keys that the reader trusts: the log's, its witnesses'.</param>
/// <param name="Origin">The origin line that checkpoints must carry.</param>
/// <param name="TileFolder">A folder that holds <c>tile/0/…</c>, kept apart from the log.</param>
public sealed record Evidence(
    IReadOnlyList<string> Checkpoints,
    IReadOnlyList<NoteVerifier> Verifiers,
    string? Origin = null,
    string? TileFolder = null);

/// <summary>What was done to a log.</summary>
public enum Damage
{
    /// <summary>The entry's bytes are not those that were logged.</summary>
    EntryAltered,

    /// <summary>The entry's bytes are right, but the leaf hash stored with it is not.</summary>
    LeafHashAltered,

    /// <summary>Entries are missing from the middle.</summary>
    Dropped,

    /// <summary>Entries stand there that were never logged, or one stands twice.</summary>
    Inserted,

    /// <summary>Two entries changed places.</summary>
    Swapped,

    /// <summary>Without tiles: somewhere in the range entries were altered, dropped, inserted or swapped.</summary>
    RangeAltered,

    /// <summary>The log ends before the last signed size.</summary>
    Truncated,

    /// <summary>The log ends exactly at an earlier checkpoint although a later one was signed.</summary>
    RolledBack,

    /// <summary>A checkpoint is unreadable, of another log, or not signed by a trusted key.</summary>
    CheckpointForged,

    /// <summary>Two checkpoints signed by trusted keys give different roots for one size: the log showed two faces.</summary>
    CheckpointsContradict,

    /// <summary>The log agrees with its checkpoints, but the tile folder does not.</summary>
    TilesAltered,
}

/// <summary>The result of verifying a log.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>
    /// Every entry is as it was logged, as far as <see cref="SignedSize"/>: the size of the greatest genuine checkpoint. What lies
    /// beyond (<see cref="Size"/> − <see cref="SignedSize"/> entries) is consistent in itself, but nobody has signed for it yet.
    /// </summary>
    public sealed record Verified(long Size, TreeHash Root, long SignedSize) : Verdict;

    /// <summary>
    /// The first bad entry lies between <see cref="FirstBadPosition"/> and <see cref="LastSuspectPosition"/>, both included; they are
    /// equal where the evidence allows to name it exactly. <see cref="Explanation"/> says it in a plain sentence.
    /// </summary>
    public sealed record Broken(long FirstBadPosition, long LastSuspectPosition, Damage What, string Explanation) : Verdict
    {
        public bool IsExact => FirstBadPosition == LastSuspectPosition;
    }
}
