namespace Amana.Features.Platform.Vault;

/// <summary>Brings a keyring back from a copy of the key store: with the custodians' shares, or with the passphrase where the copy holds a sealed root.</summary>
public static class JoinedRoot
{
    /// <summary>Writes a keyring into an empty place. None with the problem in words when the shares do not join, or do not fit this keyring.</summary>
    /// <param name="copy">The copy of the key store.</param>
    /// <param name="shares">The custodians' shares as typed; none to use the passphrase.</param>
    /// <param name="to">Where the keyring belongs. One that is there already is never overwritten, unless it is a copy without its root.</param>
    /// <param name="passphrase">Seals the root in the new keyring, or opens it; none leaves it bare.</param>
    /// <param name="problem">What is wrong, in words.</param>
    public static Keyring? Restore(KeyStore copy, IReadOnlyList<string> shares, Store to, string? passphrase, out string problem)
    {
        ArgumentNullException.ThrowIfNull(copy);
        if (File.Exists(to.KeyringFile) && KeyringFile.Read(to.KeyringFile).Root.Form != SealedRoot.LeftOut)
            return None($"There is a keyring {to.KeyringFile} already; it is not overwritten.", out problem);
        var seal = copy.Keyring.Root;
        if (seal.Form is not (SealedRoot.Transit or SealedRoot.Passphrase) || shares.Count > 0)
        {
            if (Join(shares, copy.Keyring, out problem) is not { } root)
                return null;
            seal = RootSeal.Seal(root, passphrase);
        }

        var directory = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(to.KeyringFile))!);
        if (!OperatingSystem.IsWindows())
            directory.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        (copy.Keyring with { Root = seal }).WriteTo(to.KeyringFile);
        problem = "";
        return Keyring.OpenOrMake(to, passphrase);
    }

    /// <summary>The root that shares join to, if it opens this keyring.</summary>
    internal static byte[]? Join(IReadOnlyList<string> typed, KeyringFile keyring, out string problem)
    {
        var shares = new List<RootShare>();
        foreach (var text in typed)
        {
            if (!RootShare.TryParse(text, out var share, out var wrong))
                return None<byte[]>($"Share {shares.Count + 1} of those given: {wrong}", out problem);
            shares.Add(share);
        }

        if (RootShare.Join(shares, out problem) is not { } root)
            return null;
        try
        {
            using var held = new HeldRoot([.. root]);
            held.Unwrap(keyring.IndexRoot, "index");
            return root;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return None<byte[]>("The shares join, but to another root key than this keyring's: the root was replaced since they were made, or they are of another house.", out problem);
        }
    }

    private static Keyring? None(string words, out string problem) => None<Keyring>(words, out problem);

    private static T? None<T>(string words, out string problem) where T : class
    {
        problem = words;
        return null;
    }
}
