using System.Security.Cryptography;
using Amana.Domain.Shared;

namespace Amana.Features.Platform;

/// <summary>New identifiers: UUID version 7 inside (RFC 9562), random codes outside.</summary>
public static class Ids
{
    /// <summary>Letters and digits that are not mistaken for one another when read aloud or from a worn slip (Crockford's base 32).</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static T New<T>(TimeProvider clock) where T : struct, ITypedId<T> => T.From(NewGuid(clock));

    public static Guid NewGuid(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow());

    /// <summary>A random code of the length: 5 bits a character.</summary>
    public static string RandomCode(int length) => RandomNumberGenerator.GetString(Alphabet, length);

    /// <summary>Writes bytes as a code, 5 bits a character, most significant first.</summary>
    public static string CodeOf(ReadOnlySpan<byte> bytes, int length)
    {
        var code = new char[length];
        for (var i = 0; i < length; i++)
        {
            var bit = i * 5;
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            code[i] = Alphabet[(pair >> (11 - bit % 8)) & 31];
        }

        return new string(code);
    }

    /// <summary>The bytes that <see cref="CodeOf"/> wrote as a code; false when a letter is none of the alphabet or bits are over that are not zero.</summary>
    public static bool TryBytesOf(string code, int size, out byte[] bytes)
    {
        bytes = new byte[size];
        if (code.Length * 5 < size * 8 || code.Length * 5 >= size * 8 + 5)
            return false;
        for (var i = 0; i < code.Length * 5; i++)
        {
            var value = Alphabet.IndexOf(code[i / 5], StringComparison.Ordinal);
            if (value < 0 || (i >= size * 8 && (value >> (4 - i % 5) & 1) != 0))
                return false;
            if (i < size * 8)
                bytes[i / 8] |= (byte)((value >> (4 - i % 5) & 1) << (7 - i % 8));
        }

        return true;
    }

    /// <summary>What a person typed, as the code it stands for: capitals, without separators, with O, I and L read as 0, 1 and 1.</summary>
    public static string Normalise(string typed) => string.Concat(typed.ToUpperInvariant()
        .Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c }).Where(c => Alphabet.Contains(c, StringComparison.Ordinal)));
}

/// <summary>The clock as the house keeps it: UTC, cut to milliseconds, so that what is read back equals what was written on every database.</summary>
public static class Clock
{
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}
