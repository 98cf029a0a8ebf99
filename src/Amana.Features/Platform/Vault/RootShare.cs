using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Amana.Features.Platform.Vault;

/// <summary>One custodian's share of the root key, as printable text: letters that are not mistaken for one another, in groups of five, with a checksum that finds every slip of
/// the pen. A share alone tells nothing of the key.</summary>
public sealed class RootShare
{
    private const byte Version = 1;
    private const int SetSize = 4;
    private const int CheckSize = 4;
    private const int KeySize = 32;
    private const int Size = 4 + SetSize + KeySize + CheckSize;
    private const int Letters = (Size * 8 + 4) / 5;
    private readonly byte[] _bytes;

    private RootShare(byte[] bytes) => _bytes = bytes;

    /// <summary>How many shares join to the key.</summary>
    public int Need => _bytes[1];

    public int Of => _bytes[2];

    /// <summary>Number of this share, from 1.</summary>
    public int Number => _bytes[3];

    /// <summary>Which splitting it is from; shares of different splittings do not join.</summary>
    public string SetName => Convert.ToHexString(_bytes, 4, SetSize);

    private byte[] Part => _bytes[(4 + SetSize)..(4 + SetSize + KeySize)];

    /// <summary>Reads what a custodian typed or scanned. Small and capital letters, spaces, dashes and line ends do not matter.</summary>
    public static bool TryParse(string typed, [NotNullWhen(true)] out RootShare? share, out string problem)
    {
        share = null;
        var code = Ids.Normalise(typed.Trim().StartsWith("AMANA", StringComparison.OrdinalIgnoreCase) ? typed[(typed.IndexOf(':', StringComparison.Ordinal) + 1)..] : typed);
        if (code.Length != Letters || !Ids.TryBytesOf(code, Size, out var bytes))
            return Not($"A share has {Letters} letters and digits; this has {code.Length}.", out problem);
        if (bytes[0] != Version || !Check(bytes).SequenceEqual(bytes.AsSpan(Size - CheckSize)))
            return Not("A letter of the share is wrong: its checksum does not fit.", out problem);
        if (bytes[1] < 2 || bytes[1] > bytes[2] || bytes[3] < 1 || bytes[3] > bytes[2])
            return Not("This is no share of a root key.", out problem);
        (share, problem) = (new RootShare(bytes), "");
        return true;
    }

    /// <summary>As custodians keep it: one line that says which share it is, and the code.</summary>
    public override string ToString() =>
        $"AMANA SHARE {Number} OF {Of}, {Need} NEEDED, SET {SetName}: {string.Join('-', Ids.CodeOf(_bytes, Letters).Chunk(5).Select(c => new string(c)))}";

    internal static IReadOnlyList<RootShare> Split(byte[] root, int need, int of)
    {
        var set = RandomNumberGenerator.GetBytes(SetSize);
        return [.. Shamir.Split(root, need, of).Select((part, i) =>
        {
            byte[] bytes = [Version, (byte)need, (byte)of, (byte)(i + 1), .. set, .. part, .. new byte[CheckSize]];
            Check(bytes).CopyTo(bytes.AsSpan(Size - CheckSize));
            return new RootShare(bytes);
        })];
    }

    /// <summary>Joins shares; none with the problem in words when they do not belong together or are too few.</summary>
    internal static byte[]? Join(IReadOnlyList<RootShare> shares, out string problem)
    {
        var distinct = shares.DistinctBy(s => s.Number).ToList();
        if (distinct.Select(s => s.SetName).Distinct(StringComparer.Ordinal).Count() > 1)
            return None("The shares are of different splittings and do not join.", out problem);
        if (distinct.Count == 0 || distinct.Count < distinct[0].Need)
            return None($"{(distinct.Count == 0 ? 2 : distinct[0].Need)} different shares are needed; {distinct.Count} given.", out problem);
        problem = "";
        return Shamir.Join([.. distinct.Take(distinct[0].Need).Select(s => ((byte)s.Number, s.Part))]);
    }

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes[..(Size - CheckSize)]).AsSpan(0, CheckSize);

    private static bool Not(string words, out string problem)
    {
        problem = words;
        return false;
    }

    private static byte[]? None(string words, out string problem)
    {
        problem = words;
        return null;
    }
}
