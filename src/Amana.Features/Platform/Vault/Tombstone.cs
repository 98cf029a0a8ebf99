namespace Amana.Features.Platform.Vault;

/// <summary>That somebody, or an activity, was erased: a keyed hash of a random id, and the epoch that ended with it. Whoever restores an older copy erases them from it again by it;
/// nobody else learns anything from it.</summary>
public sealed class Tombstone
{
    private Tombstone() { }

    public Tombstone(byte[] mark, int endedEpoch) => (Mark, EndedEpoch) = (mark, endedEpoch);

    public byte[] Mark { get; private set; } = [];
    public int EndedEpoch { get; private set; }
}
