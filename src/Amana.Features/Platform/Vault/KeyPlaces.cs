using System.Collections.Concurrent;
using Amana.Domain.Principles;

namespace Amana.Features.Platform.Vault;

/// <summary>How near to the data the key of all keys lies (SEC-2). It matters only where the key lies bare: under a passphrase, in shares or with another engine, the file alone opens nothing. Of a database on a server
/// of its own it is not known on which disk it is.</summary>
public static class KeyPlaces
{
    private static readonly ConcurrentDictionary<(string Data, string Keys), KeyPlace> Known = new();

    public static KeyPlace Of(Store store, Keyring keyring) =>
        keyring.Content.Root.Form != SealedRoot.Bare || store.Kind != StoreKind.Sqlite ? KeyPlace.Apart
        : Known.GetOrAdd((Path.GetFullPath(store.DataDirectory), Path.GetDirectoryName(Path.GetFullPath(store.KeyringFile))!), static at => Between(at.Data, at.Keys));

    private static KeyPlace Between(string data, string keys) =>
        Below(keys, data) || Below(data, keys) ? KeyPlace.SameFolder : VolumeOf(keys) == VolumeOf(data) ? KeyPlace.SameVolume : KeyPlace.Apart;

    private static bool Below(string folder, string above) =>
        (folder + Path.DirectorySeparatorChar).StartsWith(above.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The place in the tree where the volume begins that holds the folder.</summary>
    private static string VolumeOf(string folder) =>
        DriveInfo.GetDrives().Select(d => d.Name).Where(mount => Below(folder, mount)).MaxBy(mount => mount.Length) ?? "";
}
