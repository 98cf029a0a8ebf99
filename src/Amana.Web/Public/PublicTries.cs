using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Amana.Web.Public;

/// <summary>Limits tries of the public pages in memory: thirty a minute from one address, which a whole site may share, two hundred a minute in all; a code has sixty bits. Addresses are forgotten with the minute and written nowhere.</summary>
public sealed class PublicTries(TimeProvider clock, int perAddress = PublicTries.PerAddress, int inAll = PublicTries.InAll)
{
    public const int PerAddress = 30;
    public const int InAll = 200;

    private readonly Lock _turning = new();
    private volatile Minute _minute = new(0);

    /// <summary>Counts a try; false when there were too many in this minute.</summary>
    public bool Allow(IPAddress? address)
    {
        var minute = Current();
        return minute.ByAddress.AddOrUpdate(Of(address), 1, static (_, n) => n + 1) <= perAddress && Interlocked.Increment(ref minute.All) <= inAll;
    }

    private Minute Current()
    {
        var now = clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        lock (_turning)
            return _minute.Number == now ? _minute : _minute = new Minute(now);
    }

    // One subscriber of IPv6 holds at least a /64, so its parts count together.
    private static string Of(IPAddress? address)
    {
        if (address is null)
            return "local";
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, 8)) : plain.ToString();
    }

    private sealed class Minute(long number)
    {
        public int All;

        public long Number { get; } = number;
        public ConcurrentDictionary<string, int> ByAddress { get; } = new(StringComparer.Ordinal);
    }
}
