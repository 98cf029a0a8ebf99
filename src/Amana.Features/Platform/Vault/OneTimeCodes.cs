using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Features.Platform.Vault;

/// <summary>Time-based one-time codes (TOTP, RFC 6238: SHA-1, 30 seconds, six digits, as every authenticator app has them). The secret is derived under the keyring from
/// its owner and a random salt, so none is kept: the store alone makes no code.</summary>
public sealed class OneTimeCodes(Keyring keyring)
{
    /// <summary>Seconds for which a code is shown.</summary>
    public const int Period = 30;

    public const int Digits = 6;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A salt for a new secret.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(16);

    /// <summary>The secret as apps take it by hand (RFC 4648, base 32).</summary>
    public string SecretText(Guid owner, byte[] salt)
    {
        var secret = Secret(owner, salt);
        var text = new StringBuilder();
        for (var bit = 0; bit < secret.Length * 8; bit += 5)
        {
            var pair = (secret[bit / 8] << 8) | (bit / 8 + 1 < secret.Length ? secret[bit / 8 + 1] : 0);
            text.Append(Base32[(pair >> (11 - bit % 8)) & 31]);
        }

        return text.ToString();
    }

    /// <summary>The step of time that the code belongs to: the present one, or one before or after it, for a clock that is a little off. Only steps after
    /// <paramref name="after"/> count, so that no code is taken twice. None when the code is wrong.</summary>
    public long? StepOf(Guid owner, byte[] salt, string code, DateTimeOffset now, long after)
    {
        var typed = Encoding.ASCII.GetBytes(string.Concat(code.Where(char.IsAsciiDigit)));
        var secret = Secret(owner, salt);
        var present = now.ToUnixTimeSeconds() / Period;
        long? found = null;
        for (var step = present - 1; step <= present + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(CodeAt(secret, step, Digits))) && step > after)
                found = step;
        return found;
    }

    /// <summary>The code of a step (RFC 4226, 5.3, with the step as counter).</summary>
    public static string CodeAt(byte[] secret, long step, int digits)
    {
        Span<byte> counter = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // HMAC-SHA-1 is what authenticator apps have; its use in HMAC is sound
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 15;
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset, 4)) & int.MaxValue;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    internal byte[] Secret(Guid owner, byte[] salt) => HMACSHA256.HashData(keyring.Derive("one-time-codes"), (byte[])[.. owner.ToByteArray(), .. salt])[..20];
}
