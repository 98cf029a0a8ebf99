using System.Collections.Concurrent;

namespace Amana.Features.Accounts;

/// <summary>Counts failed sign-ins by network address in this process: after 20 within 15 minutes the address must wait. Accounts are counted in the store besides.</summary>
public sealed class SignInAttempts(TimeProvider clock)
{
    /// <summary>Failures of one address before it must wait.</summary>
    public const int PerAddress = 20;

    private const int MostAddresses = 50_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Since)> _failures = new(StringComparer.Ordinal);

    public bool MustWait(string address) =>
        _failures.TryGetValue(address, out var failed) && failed.Count >= PerAddress && clock.GetUtcNow() - failed.Since < Window;

    public void Failed(string address)
    {
        var now = clock.GetUtcNow();
        if (_failures.Count > MostAddresses)
            foreach (var old in _failures.Where(f => now - f.Value.Since >= Window).Select(f => f.Key).ToList())
                _failures.TryRemove(old, out _);
        _failures.AddOrUpdate(address, (1, now), (_, f) => now - f.Since >= Window ? (1, now) : (f.Count + 1, f.Since));
    }

    public void Succeeded(string address) => _failures.TryRemove(address, out _);
}
