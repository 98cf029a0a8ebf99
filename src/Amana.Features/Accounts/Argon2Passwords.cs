using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using NSec.Cryptography;

namespace Amana.Features.Accounts;

/// <summary>Password hashes by Argon2id (RFC 9106 §4, second recommended option: 64 MiB, 3 passes), with one lane, as the library has it. The hash carries its
/// parameters in the usual text form, so that they can be raised: an older hash is renewed at the next sign-in.</summary>
public sealed class Argon2Passwords : IPasswordHasher<Account>, IDisposable
{
    private const int Memory = 65536;
    private const int Passes = 3;
    private const int HashSize = 32;
    private const int LargestMemory = 1 << 20;

    // Each hash takes 64 MiB: so many at once, and the rest wait.
    private readonly Semaphore _turns = new(4, 4);
    private readonly ConcurrentDictionary<int, string> _nobodys = new();

    public string HashPassword(Account user, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return Write(Memory, Passes, salt, Derive(password, salt, Memory, Passes));
    }

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        if (!TryRead(hashedPassword, out var memory, out var passes, out var salt, out var hash))
            return PasswordVerificationResult.Failed;
        if (!CryptographicOperations.FixedTimeEquals(Derive(providedPassword, salt, memory, passes), hash))
            return PasswordVerificationResult.Failed;
        return (memory, passes) == (Memory, Passes) ? PasswordVerificationResult.Success : PasswordVerificationResult.SuccessRehashNeeded;
    }

    /// <summary>Takes as long as a verification and always fails: for accounts that are not there.</summary>
    public void VerifyNobody(string password) =>
        VerifyHashedPassword(new Account(), _nobodys.GetOrAdd(0, _ => HashPassword(new Account(), Convert.ToHexString(RandomNumberGenerator.GetBytes(16)))), password);

    public void Dispose() => _turns.Dispose();

    private byte[] Derive(string password, byte[] salt, int memory, int passes)
    {
        var argon = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memory, NumberOfPasses = passes });
        _turns.WaitOne();
        try
        {
            return argon.DeriveBytes(Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC)), salt, HashSize);
        }
        finally
        {
            _turns.Release();
        }
    }

    private static string Write(int memory, int passes, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={memory},t={passes},p=1${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private static bool TryRead(string text, out int memory, out int passes, out byte[] salt, out byte[] hash)
    {
        (memory, passes, salt, hash) = (0, 0, [], []);
        var parts = text.Split('$');
        if (parts is not ["", "argon2id", "v=19", var parameters, var saltText, var hashText] || parameters.Split(',') is not [['m', '=', .. var m], ['t', '=', .. var t], "p=1"])
            return false;
        if (!int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out memory) || !int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out passes))
            return false;
        (salt, hash) = (Convert.FromBase64String(saltText), Convert.FromBase64String(hashText));
        return memory is >= 8 and <= LargestMemory && passes is >= 1 and <= 100 && salt.Length == 16 && hash.Length == HashSize;
    }
}
