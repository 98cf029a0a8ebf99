using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amana.Features.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>Clients that cannot put a token into the address (RFC 7616 Digest, RFC 7617 Basic).</summary>
[Collection(DemoCollection.Name)]
public class A_phone_with_a_password(DemoHost host)
{
    private const string Target = "/v1/projects/1/formList?formID=border_monitoring,x";

    [Fact]
    public async Task Answers_the_challenge_and_is_let_in()
    {
        var credentials = await Credentials();
        using var answer = await Ask(Digest(credentials, await Nonce(), Target));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("X-OpenRosa-Version", answer.Headers.Select(h => h.Key));
    }

    [Fact]
    public async Task Is_not_let_in_with_another_password_another_address_or_a_challenge_of_its_own()
    {
        var credentials = await Credentials();
        var nonce = await Nonce();
        foreach (var wrong in new[]
        {
            Digest(credentials with { Password = "guess" }, nonce, Target), Digest(credentials with { UserName = "phone-00000000" }, nonce, Target),
            Digest(credentials, nonce, "/v1/projects/2/formList"), Digest(credentials, new string('0', 48), Target), "Digest username=\"x\"", "Digest", "Bearer abc",
        })
        {
            using var answer = await Ask(wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.NotEmpty(answer.Headers.WwwAuthenticate);
        }
    }

    [Fact]
    public async Task Answers_a_challenge_once_each_time_with_a_new_count()
    {
        var (credentials, nonce) = (await Credentials(), await Nonce());
        using var first = await Ask(Digest(credentials, nonce, Target));
        using var second = await Ask(Digest(credentials, nonce, Target, count: "00000002"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        using var overheard = await Ask(Digest(credentials, nonce, Target));
        Assert.Equal(HttpStatusCode.Unauthorized, overheard.StatusCode);
        Assert.Contains("stale=true", overheard.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal); // a phone answers anew by itself
    }

    [Theory]
    [InlineData("qop=auth", "qop=auth-int")]
    [InlineData("qop=auth, ", "")]
    [InlineData("realm=\"amana\"", "realm=\"other\"")]
    [InlineData("algorithm=MD5", "algorithm=SHA-256")]
    [InlineData("nc=00000001", "nc=1")]
    [InlineData("cnonce=\"0a4f113b\"", "cnonce=\"\"")]
    [InlineData("nonce=\"", "nonce=\"ff")]
    [InlineData("username=\"", "username=\"\\")]
    [InlineData("response=\"", "response=\"\", response=\"")]
    [InlineData("Digest ", "Digest ,,,=,\",")]
    public async Task Is_not_let_in_by_an_answer_of_another_kind_or_a_broken_one(string right, string wrong)
    {
        var (credentials, nonce) = (await Credentials(), await Nonce());
        var header = Digest(credentials, nonce, Target).Replace(right, wrong, StringComparison.Ordinal);
        using var answer = await Ask(header);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        using var spelt = await Ask(Digest(credentials, nonce, Target, count: "0000000a").Replace("Digest username", "dIgEsT UserName", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, spelt.StatusCode); // names of schemes and parts are the same in any letters
    }

    [Fact]
    public async Task Sends_a_plain_password_over_https_alone()
    {
        var credentials = await Credentials();
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.UserName}:{credentials.Password}"));
        using var plain = await Ask(basic);
        Assert.Equal(HttpStatusCode.Unauthorized, plain.StatusCode);
        Assert.DoesNotContain(plain.Headers.WwwAuthenticate, h => h.Scheme == "Basic");
        using var safe = await Ask(basic, https: true);
        Assert.Equal(HttpStatusCode.OK, safe.StatusCode);
        using var wrong = await Ask("Basic " + Convert.ToBase64String("phone-x:y"u8), https: true);
        Assert.Contains(wrong.Headers.WwwAuthenticate, h => h.Scheme == "Basic");
    }

    [Fact]
    public async Task Ends_with_its_token()
    {
        var phone = await host.Phone(1);
        var credentials = await host.Do(s => Task.FromResult(s.GetRequiredService<PhonePasswords>().Of(phone.Id)));
        await host.Must(async s => await s.GetRequiredService<RevokePhoneToken>().Handle(host.As("im"), await host.Activity(1), phone.Id, CancellationToken.None));
        using var answer = await Ask(Digest(credentials, await Nonce(), Target));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<PhoneCredentials> Credentials()
    {
        var phone = await host.Phone(1);
        return await host.Do(s => Task.FromResult(s.GetRequiredService<PhonePasswords>().Of(phone.Id)));
    }

    private async Task<string> Nonce()
    {
        using var challenge = await Ask(null);
        var digest = challenge.Headers.WwwAuthenticate.Single(h => h.Scheme == "Digest").Parameter!;
        return digest.Split("nonce=\"")[1].Split('"')[0];
    }

    private async Task<HttpResponseMessage> Ask(string? authorization, bool https = false)
    {
        using var client = host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri(https ? "https://localhost" : "http://localhost") });
        using var request = new HttpRequestMessage(HttpMethod.Get, Target);
        request.Headers.Add("X-OpenRosa-Version", "1.0");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await client.SendAsync(request);
    }

    /// <summary>A second, plain implementation of the client's side.</summary>
    private static string Digest(PhoneCredentials c, string nonce, string uri, string count = "00000001")
    {
        var response = Md5($"{Md5($"{c.UserName}:amana:{c.Password}")}:{nonce}:{count}:0a4f113b:auth:{Md5("GET:" + uri)}");
        return $"Digest username=\"{c.UserName}\", realm=\"amana\", nonce=\"{nonce}\", uri=\"{uri}\", qop=auth, nc={count}, cnonce=\"0a4f113b\", response=\"{response}\", algorithm=MD5";
    }

#pragma warning disable CA5351 // Digest as RFC 7616 has it for old clients
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
