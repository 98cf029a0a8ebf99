using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Amana.Features.Platform.Vault;

/// <summary>Where a transit engine (OpenBao, HashiCorp Vault) keeps the root key: address, mount and the key's name there. No secret.</summary>
public sealed record TransitPlace(string Address, string Mount, string Key)
{
    /// <summary>Why it is no place to send keys to; none when it is one: https, or this machine; no path, user or query.</summary>
    public string? Unfit() =>
        !Uri.TryCreate(Address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri is not { PathAndQuery: "/", UserInfo: "", Fragment: "" } ? $"{Address} is no address such as https://vault.example:8200."
        : uri.Scheme == "http" && !uri.IsLoopback ? "Keys go over https only, or over http on this machine."
        : !IsName(Mount) || !IsName(Key) ? "Mount and key are names of letters, digits, '-' and '_'."
        : null;

    private static bool IsName(string name) => name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

/// <summary>A root key that never comes here: keys are wrapped and unwrapped by the transit engine, with their use as associated data. One that cannot be reached within ten seconds is a house that cannot be opened, and says so.</summary>
internal sealed class TransitRoot : RootKey
{
    private const int LongestAnswer = 1 << 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpClient _client;
    private readonly TransitPlace _place;
    private readonly string _token;

    public TransitRoot(TransitPlace place, string? token)
    {
        if (place.Unfit() is { } unfit)
            throw new KeyringLockedException(unfit);
        if (string.IsNullOrWhiteSpace(token))
            throw new KeyringLockedException($"The root key is kept by the transit engine at {place.Address}; its token belongs into AMANA_TRANSIT_TOKEN.");
        (_place, _token) = (place, token.Trim());
        // No redirects and no proxy: what is sent here goes to this address or nowhere.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = Connect })
        {
            BaseAddress = new Uri(place.Address), Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    /// <summary>What the keyring says instead of a root.</summary>
    public SealedRoot Seal => new(SealedRoot.Transit, [], JsonSerializer.SerializeToUtf8Bytes(_place));

    public static TransitRoot Of(SealedRoot root, string? token) =>
        new(JsonSerializer.Deserialize<TransitPlace>(root.Key) ?? throw new KeyringLockedException("The keyring names no transit engine."), token);

    public override byte[] Wrap(ReadOnlySpan<byte> key, string use) =>
        Encoding.UTF8.GetBytes(Ask("encrypt", new { plaintext = Convert.ToBase64String(key), associated_data = Bound(use) }, "ciphertext"));

    public override byte[] Unwrap(ReadOnlySpan<byte> box, string use) =>
        Convert.FromBase64String(Ask("decrypt", new { ciphertext = Encoding.UTF8.GetString(box), associated_data = Bound(use) }, "plaintext"));

    public override void Dispose() => _client.Dispose();

    private static string Bound(string use) => Convert.ToBase64String(Encoding.UTF8.GetBytes("amana/keyring/" + use));

    private string Ask(string verb, object question, string wanted)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{_place.Mount}/{verb}/{_place.Key}") { Content = JsonContent.Create(question) };
            request.Headers.Add("X-Vault-Token", _token);
            using var answer = _client.Send(request);
            if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
                throw new KeyringLockedException($"The transit engine at {_place.Address} refuses the token, or the token may not use the key '{_place.Key}'.");
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                throw new KeyringLockedException($"The transit engine at {_place.Address} is sealed. Unseal it, then start again.");
            if (!answer.IsSuccessStatusCode)
                throw new System.Security.Cryptography.CryptographicException($"The transit engine answered {(int)answer.StatusCode}.");
            using var json = JsonDocument.Parse(answer.Content.ReadAsStream());
            return json.RootElement.GetProperty("data").GetProperty(wanted).GetString() ?? throw new JsonException();
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            throw new KeyringLockedException($"The transit engine at {_place.Address} cannot be reached. The house opens once it can; nothing is lost.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new KeyringLockedException($"What answers at {_place.Address} is no transit engine.");
        }
    }

    /// <summary>Connects to an address that was looked at: never to link-local ones, where clouds keep their metadata.</summary>
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var fit = addresses.Where(a => !IsLinkLocal(a.IsIPv4MappedToIPv6 ? a.MapToIPv4() : a)).ToArray();
        if (fit.Length == 0)
            throw new HttpRequestException("No address to connect to.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(fit, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || address.IsIPv6Multicast || (address.AddressFamily == AddressFamily.InterNetwork && (address.GetAddressBytes() is [169, 254, ..] or [0, ..] or [>= 224, ..]));
}
