using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

/// <summary>The transit engine is a small one of the tests' own on this machine, which speaks the same API.</summary>
public sealed class A_root_key_kept_elsewhere
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Wraps_everything_and_never_comes_here()
    {
        using var engine = new TransitEngine();
        await using var house = await TestHouse.Open(StoreKind.Sqlite, s => s.Opened("right"));
        var people = await house.AddPeople(2);
        await house.Do(s => s.GetRequiredService<KeyActs>().MoveRoot(AccessContext.House, engine.Place, "right", None));
        await house.Do(s => s.GetRequiredService<KeyActs>().ReplaceEpoch(AccessContext.House, None));
        var file = await File.ReadAllTextAsync(house.Store.KeyringFile);
        Assert.Contains("transit", file, StringComparison.Ordinal);
        Assert.DoesNotContain("\"bare\"", file, StringComparison.Ordinal);
        await house.Reopen();
        Assert.Equal(Sealed.NameOf(1), await house.ReadName(people[1]));
        Assert.True(engine.Asked > 3);

        engine.Status = 403;
        Assert.Contains("refuses the token", Assert.Throws<KeyringLockedException>(() => Keyring.OpenWith(house.Store, new RootOpener(null, "right"))).Message, StringComparison.Ordinal);
        engine.Status = 503;
        Assert.Contains("is sealed", Assert.Throws<KeyringLockedException>(() => Keyring.OpenWith(house.Store, new RootOpener(null, "right"))).Message, StringComparison.Ordinal);
        engine.Status = 302; // it would send keys elsewhere
        Assert.ThrowsAny<CryptographicException>(() => Keyring.OpenWith(house.Store, new RootOpener(null, "right")));
        Assert.Contains("AMANA_TRANSIT_TOKEN", Assert.Throws<KeyringLockedException>(() => Keyring.OpenWith(house.Store, new RootOpener(null, null))).Message, StringComparison.Ordinal);
        engine.Status = 200;
        await house.Do(s => s.GetRequiredService<KeyActs>().ReplaceRoot(AccessContext.House, null, None)); // back into the keyring
        engine.Dispose();
        await house.Reopen();
        Assert.Equal(Sealed.NameOf(0), await house.ReadName(people[0]));
    }

    [Fact]
    public async Task That_cannot_be_reached_is_said_plainly()
    {
        using var engine = new TransitEngine();
        await using var house = await TestHouse.Open(StoreKind.Sqlite, s => s.Opened("right"));
        await house.Do(s => s.GetRequiredService<KeyActs>().MoveRoot(AccessContext.House, engine.Place, "right", None));
        engine.Dispose();
        Assert.Contains("cannot be reached", Assert.Throws<KeyringLockedException>(() => Keyring.OpenWith(house.Store, new RootOpener(null, "right"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://vault.example:8200")]
    [InlineData("https://user@vault.example")]
    [InlineData("https://vault.example/v1/else")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1")]
    public void Is_not_sent_to_an_unfit_address(string address) => Assert.NotNull(new TransitPlace(address, "transit", "amana").Unfit());

    [Fact]
    public void Is_not_sent_where_clouds_keep_their_metadata()
    {
        using var root = new TransitRoot(new TransitPlace("https://169.254.169.254", "transit", "amana"), "token");
        Assert.Contains("cannot be reached", Assert.Throws<KeyringLockedException>(() => root.Wrap([1], "epoch")).Message, StringComparison.Ordinal);
        Assert.NotNull(new TransitPlace("https://vault.example", "../sys", "amana").Unfit());
    }

    /// <summary>Encrypts and decrypts as a transit engine does, associated data included.</summary>
    private sealed class TransitEngine : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

        public TransitEngine()
        {
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Place = new TransitPlace($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}", "transit", "amana");
            }

            _listener.Prefixes.Add(Place.Address + "/");
            _listener.Start();
            _ = Task.Run(Serve);
        }

        public TransitPlace Place { get; }
        public int Status { get; set; } = 200;
        public int Asked { get; private set; }

        public void Dispose() => _listener.Close();

        private async Task Serve()
        {
            while (_listener.IsListening)
            {
                try
                {
                    await Answer(await _listener.GetContextAsync());
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }

        private async Task Answer(HttpListenerContext context)
        {
            Asked++;
            context.Response.StatusCode = context.Request.Headers["X-Vault-Token"] == "right" ? Status : 403;
            using var question = await JsonDocument.ParseAsync(context.Request.InputStream);
            string Of(string name) => question.RootElement.GetProperty(name).GetString()!;
            var answer = "{}";
            if (context.Response.StatusCode == 302)
                context.Response.RedirectLocation = "http://127.0.0.1:9/";
            if (context.Response.StatusCode == 200)
                answer = context.Request.RawUrl switch
                {
                    "/v1/transit/encrypt/amana" => JsonSerializer.Serialize(new { data = new { ciphertext = "vault:v1:" + Convert.ToBase64String(Box.Seal(_key, Convert.FromBase64String(Of("plaintext")), Of("associated_data"), 0)) } }),
                    "/v1/transit/decrypt/amana" => JsonSerializer.Serialize(new { data = new { plaintext = Convert.ToBase64String(Box.Open(_key, Convert.FromBase64String(Of("ciphertext")["vault:v1:".Length..]), Of("associated_data"))) } }),
                    _ => throw new InvalidOperationException(context.Request.RawUrl),
                };
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            context.Response.Close();
        }
    }
}

internal static class OpenedWith
{
    /// <summary>The house's keyring opened with a token, as from the environment.</summary>
    public static void Opened(this IServiceCollection services, string token) =>
        services.AddSingleton(s => Keyring.OpenWith(s.GetRequiredService<Store>(), new RootOpener(null, token)));
}
