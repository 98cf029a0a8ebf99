using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Amana.Web.Tests.Outside;

/// <summary>What the made-up provider says in its next token.</summary>
public sealed record Said(string Subject, string Mail)
{
    public bool Verified { get; init; } = true;
    public string Name { get; init; } = "Made-up newcomer";
    public string[] Groups { get; init; } = [];
    public string[] Amr { get; init; } = ["pwd"];
    public string? Nonce { get; init; }
    public string? Audience { get; init; }
    public string? Issuer { get; init; }
    public bool ForeignKey { get; init; }
    public TimeSpan Age { get; init; } = TimeSpan.Zero;
    public TimeSpan AuthenticatedBefore { get; init; } = TimeSpan.Zero;
}

/// <summary>A small provider of sign-ins of our own on this machine: discovery, keys, authorize, token. It checks client, code and PKCE as a real one does, and then says what a test tells it to say.</summary>
public sealed class MadeUpProvider : IAsyncDisposable
{
    public const string Client = "amana-made-up";
    public const string Secret = "made-up secret of a client";
    private readonly RSA _key = RSA.Create(2048);
    private readonly RSA _foreign = RSA.Create(2048);
    private readonly Dictionary<string, (string Nonce, string Challenge)> _codes = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private MadeUpProvider(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    public Said Says { get; set; } = new("1", "newcomer@hill.example");

    /// <summary>The last query that asked somebody to sign in.</summary>
    public IQueryCollection Asked { get; private set; } = QueryCollection.Empty;

    public static async Task<MadeUpProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new MadeUpProvider(builder.Build());
        provider.Map();
        await provider._app.StartAsync();
        provider.Address = provider._app.Urls.Single();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
        _foreign.Dispose();
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = Address, authorization_endpoint = Address + "/authorize", token_endpoint = Address + "/token", jwks_uri = Address + "/keys",
            response_types_supported = new[] { "code" }, subject_types_supported = new[] { "public" }, id_token_signing_alg_values_supported = new[] { "RS256" },
        });
        _app.MapGet("/keys", () =>
        {
            var known = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.ExportParameters(false)) { KeyId = "one" });
            return new { keys = new[] { new { kty = known.Kty, use = "sig", alg = "RS256", kid = known.Kid, n = known.N, e = known.E } } };
        });
        _app.MapGet("/authorize", (HttpRequest request) =>
        {
            Asked = request.Query;
            var code = Guid.NewGuid().ToString("N");
            _codes[code] = (Asked["nonce"].ToString(), Asked["code_challenge"].ToString());
            return Results.Redirect($"{Asked["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(Asked["state"].ToString())}");
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var known = _codes.Remove(form["code"].ToString(), out var asked);
            var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            return known && challenge == asked.Challenge && form["client_id"] == Client && form["client_secret"] == Secret
                ? Results.Json(new { access_token = "made-up", token_type = "Bearer", expires_in = 300, id_token = Token(asked.Nonce) })
                : Results.BadRequest(new { error = "invalid_grant" });
        });
    }

    private string Token(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow() - Says.Age;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Says.Issuer ?? Address, Audience = Says.Audience ?? Client, IssuedAt = now.UtcDateTime, NotBefore = now.UtcDateTime, Expires = now.AddMinutes(5).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = Says.Subject, ["email"] = Says.Mail, ["email_verified"] = Says.Verified, ["name"] = Says.Name, ["groups"] = Says.Groups, ["amr"] = Says.Amr,
                ["nonce"] = Says.Nonce ?? nonce, ["auth_time"] = (now - Says.AuthenticatedBefore).ToUnixTimeSeconds(),
            },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(Says.ForeignKey ? _foreign : _key) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
        });
    }
}
