using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Amana.Features.Accounts;

/// <summary>Counts failed sign-ins in this process: after 20 of one network address within 15 minutes it must wait, and after 300 of all together everybody whose browser is not known.
/// IPv6 addresses count by their /64, which one line has to itself. Accounts are counted in the store besides.</summary>
public sealed class SignInAttempts(TimeProvider clock)
{
    /// <summary>Failures of one address before it must wait.</summary>
    public const int PerAddress = 20;

    /// <summary>Failures of all addresses together before unknown browsers must wait.</summary>
    public const int Altogether = 300;

    private const string All = "*";
    private const int MostAddresses = 50_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Since)> _failures = new(StringComparer.Ordinal);

    public bool MustWait(string address) => Count(Line(address)) >= PerAddress || Count(All) >= Altogether;

    public void Failed(string address)
    {
        var now = clock.GetUtcNow();
        if (_failures.Count > MostAddresses)
            foreach (var old in _failures.Where(f => now - f.Value.Since >= Window).Select(f => f.Key).ToList())
                _failures.TryRemove(old, out _);
        foreach (var line in (string[])[Line(address), All])
            _failures.AddOrUpdate(line, (1, now), (_, f) => now - f.Since >= Window ? (1, now) : (f.Count + 1, f.Since));
    }

    public void Succeeded(string address) => _failures.TryRemove(Line(address), out _);

    private int Count(string line) => _failures.TryGetValue(line, out var failed) && clock.GetUtcNow() - failed.Since < Window ? failed.Count : 0;

    private static string Line(string address) =>
        IPAddress.TryParse(address, out var ip) && ip is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? Convert.ToHexString(ip.GetAddressBytes()[..8]) : address;
}
