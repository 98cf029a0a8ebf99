using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Amana.Features.Platform;

/// <summary>What somebody outside answered; status 0 when nobody did, or when the address may not be asked.</summary>
public sealed record OutsideAnswer(int Status, string Text);

/// <summary>The only way by which the house asks an address outside. https alone; the name is resolved here and must not lead into this machine or its network, unless whoever runs the
/// server named the host in AMANA_INNER_HOSTS; the address that was checked is the one that is connected to; no redirect is followed, nothing is sent along, and a long answer is cut off.</summary>
public sealed class OutsideDoor : IDisposable
{
    private const int LongestAnswer = 65536;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpClient _client;
    private readonly HashSet<string> _inner;

    /// <summary>The same way out for what the framework asks by itself: a provider of sign-ins.</summary>
    /// <param name="innerHosts">Hosts of the own network that may be asked.</param>
    public static HttpMessageHandler Handler(IEnumerable<string> innerHosts)
    {
        var inner = new HashSet<string>(innerHosts, StringComparer.OrdinalIgnoreCase);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = Patience, PooledConnectionLifetime = TimeSpan.FromMinutes(1), MaxResponseHeadersLength = 16,
            ConnectCallback = (context, cancellationToken) => Connect(inner, context, cancellationToken), ActivityHeadersPropagator = null,
        };
    }

    /// <param name="innerHosts">Hosts of the own network that may be asked, and over plain http.</param>
    /// <param name="instead">Stands in for the network in tests.</param>
    public OutsideDoor(IEnumerable<string>? innerHosts = null, HttpMessageHandler? instead = null)
    {
        _inner = new HashSet<string>(innerHosts ?? [], StringComparer.OrdinalIgnoreCase);
        _client = new HttpClient(instead ?? Handler(_inner)) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <summary>Hosts that whoever runs the server allows besides.</summary>
    public static IEnumerable<string> InnerHosts =>
        (Environment.GetEnvironmentVariable("AMANA_INNER_HOSTS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>An address that could be asked: https or http, no user, no query; none otherwise. Whether it may be asked is decided when it is.</summary>
    public static Uri? Address(string text) =>
        Uri.TryCreate(text.Trim().TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri is { UserInfo: "", Query: "", Fragment: "" } && text.Length <= 400 ? uri : null;

    /// <summary>True for an address of the open internet: not this machine, not a private, link-local, shared, multicast or reserved network (RFC 6890).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return b[0] is not (0 or 10 or 127) && b[0] < 224 && !(b[0] == 100 && b[1] is >= 64 and < 128) && !(b[0] == 169 && b[1] == 254) && !(b[0] == 172 && b[1] is >= 16 and < 32)
                && !(b[0] == 192 && b[1] == 168) && !(b[0] == 192 && b[1] == 0 && b[2] is 0 or 2) && !(b[0] == 198 && b[1] is 18 or 19) && !(b[0] == 198 && b[1] == 51 && b[2] == 100) && !(b[0] == 203 && b[1] == 0 && b[2] == 113);
        // Global unicast is 2000::/3; of it not documentation, not Teredo, not 6to4, which carry other addresses inside.
        return (b[0] & 0xE0) == 0x20 && !(b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0D && b[3] == 0xB8) && !(b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0) && !(b[0] == 0x20 && b[1] == 0x02);
    }

    /// <summary>Posts a text below an address.</summary>
    public async Task<OutsideAnswer> Post(string address, string path, string text, CancellationToken cancellationToken)
    {
        if (Address(address) is not { } root || (root.Scheme != "https" && !_inner.Contains(root.Host)))
            return new OutsideAnswer(0, "");
        try
        {
            using var content = new StringContent(text, Encoding.UTF8, MediaTypeHeaderValue.Parse("text/plain"));
            using var answer = await _client.PostAsync(new Uri(root, path), content, cancellationToken);
            return new OutsideAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new OutsideAnswer(0, "");
        }
    }

    public void Dispose() => _client.Dispose();

    private static async ValueTask<Stream> Connect(HashSet<string> inner, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var found = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = inner.Contains(host) ? found : found.Where(IsPublic).ToArray();
        if (allowed.Length == 0 || allowed.Length < found.Length) // a name that leads here and elsewhere is no honest one
            throw new HttpRequestException("The address leads into the inside.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
