namespace Amana.Features.Platform.Vault;

/// <summary>A place where a copy of the key store is kept, apart from the data: another disk, a stick in a safe. An erasure is complete only when every target holds the new epoch,
/// since an old copy of the keys with an old copy of the data would bring the erased back.</summary>
public sealed class KeyTarget
{
    private KeyTarget() { }

    public KeyTarget(Guid id, string name, string directory, DateTimeOffset at) => (Id, Name, Directory, RegisteredAt) = (id, name, directory, at);

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public string Directory { get; private set; } = "";
    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>The epoch that its copy was seen to hold; none before the first writing.</summary>
    public int? ConfirmedEpoch { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    internal void Confirm(int epoch, DateTimeOffset at) => (ConfirmedEpoch, ConfirmedAt) = (epoch, at);
}
