using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Amana.Web.Tests;

/// <summary>A browser that keeps its cookies and sends forms with their token, as a person does.</summary>
internal sealed class Visitor(Host host)
{
    private readonly HttpClient _client = Make(host);

    public Task<HttpResponseMessage> Get(string address) => _client.GetAsync(address);

    /// <summary>Opens the page, fills its form and sends it.</summary>
    public async Task<HttpResponseMessage> Send(string page, Dictionary<string, string> fields, string? to = null)
    {
        var html = await _client.GetStringAsync(page);
        var token = Regex.Match(html, "name=\"form-token\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        return await _client.PostAsync(to ?? page, new FormUrlEncodedContent(new Dictionary<string, string>(fields) { ["form-token"] = token }));
    }

    public Task<HttpResponseMessage> SignIn(string email, string password) =>
        Send("/accounts/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = password });

    private static HttpClient Make(Host host)
    {
        var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return client;
    }
}

public sealed class A_new_house : IAsyncDisposable
{
    private const string Email = "amina@relief.example";
    private const string Password = "nine quiet rivers run north";
    private readonly ProductionHost _host = new();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Makes_its_first_administrator_once()
    {
        var visitor = new Visitor(_host);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/first-run")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await FirstRun(visitor)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/first-run")).StatusCode);
    }

    [Fact]
    public async Task Names_every_gap_of_the_first_run_at_once()
    {
        var answer = await new Visitor(_host).Send("/first-run", new() { ["Input.Kind"] = "NationalNgo", ["Input.Country"] = "Atlantis", ["Input.Password"] = "short" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await Host.Read(answer);
        foreach (var field in new[] { "Input_Operation", "Input_Country", "Input_Name", "Input_Email", "Input_Password" })
            Assert.NotNull(page.QuerySelector($"#{field}[aria-invalid]"));
    }

    [Fact]
    public async Task Lets_its_administrator_in_and_out()
    {
        var visitor = new Visitor(_host);
        await FirstRun(visitor);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.Get("/set-up/staff")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignIn(Email, Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/set-up/staff")).StatusCode);
        Assert.NotNull((await Host.Read(await visitor.Get("/home"))).QuerySelector(".next a.btn[href='/set-up/staff']")); // nobody else works here yet
        await visitor.Send("/accounts/sign-out", []);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.Get("/set-up/staff")).StatusCode);
    }

    [Fact]
    public async Task Answers_a_wrong_password_and_an_unknown_address_alike()
    {
        var visitor = new Visitor(_host);
        await FirstRun(visitor);
        var wrong = await visitor.SignIn(Email, "nine quiet rivers run south");
        var unknown = await visitor.SignIn("nobody@relief.example", Password);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (wrong.StatusCode, unknown.StatusCode));
        Assert.Equal(await Summary(wrong), await Summary(unknown));
    }

    [Fact]
    public async Task Locks_an_account_after_five_failures_even_for_the_right_password()
    {
        var visitor = new Visitor(_host);
        await FirstRun(visitor);
        for (var i = 0; i < 5; i++)
            await visitor.SignIn(Email, "nine quiet rivers run south");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SignIn(Email, Password)).StatusCode);
    }

    [Fact]
    public async Task Asks_a_new_colleague_for_a_password_of_their_own_first()
    {
        var (administrator, colleague) = (new Visitor(_host), new Visitor(_host));
        await FirstRun(administrator);
        await administrator.SignIn(Email, Password);
        var form = await Host.Read(await administrator.Get("/set-up/staff"));
        var organisation = form.QuerySelector("#Input_Organisation option:last-child")!.GetAttribute("value")!;
        var added = await Host.Read(await administrator.Send("/set-up/staff", new() { ["Input.Name"] = "Noor Haddad", ["Input.Email"] = "noor@relief.example", ["Input.Organisation"] = organisation }));
        var once = added.QuerySelector("strong.code")!.TextContent;

        await colleague.SignIn("noor@relief.example", once);
        Assert.Equal("/accounts/my-account", (await colleague.Get("/activities")).Headers.Location?.ToString());
        await colleague.Send("/accounts/my-account", new() { ["Input.Present"] = once, ["Input.Password"] = "four calm wells at dawn" }, "/accounts/my-account?handler=Password");
        Assert.NotEqual(HttpStatusCode.Redirect, (await colleague.Get("/accounts/sign-out")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.Get("/set-up/staff")).StatusCode); // holds no duty
    }

    [Fact]
    public async Task Ends_another_browsers_session_at_once()
    {
        var (here, there) = (new Visitor(_host), new Visitor(_host));
        await FirstRun(here);
        await here.SignIn(Email, Password);
        await there.SignIn(Email, Password);
        var page = await Host.Read(await here.Get("/accounts/my-account"));
        var other = page.QuerySelector("input[name=id]")!.GetAttribute("value")!;
        await here.Send("/accounts/my-account", new() { ["id"] = other }, "/accounts/my-account?handler=End");
        Assert.Equal(HttpStatusCode.Redirect, (await there.Get("/accounts/my-account")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.Get("/accounts/my-account")).StatusCode);
    }

    private static Task<HttpResponseMessage> FirstRun(Visitor visitor) => visitor.Send("/first-run", new()
    {
        ["Input.Operation"] = "Made-up operation", ["Input.Country"] = "XX", ["Input.Organisation"] = "Relief made up", ["Input.ShortName"] = "REL", ["Input.Kind"] = "NationalNgo",
        ["Input.Accepts"] = "true", ["Input.Name"] = "Amina Diallo", ["Input.Email"] = Email, ["Input.Password"] = Password,
    });

    private static async Task<string> Summary(HttpResponseMessage answer) => (await Host.Read(answer)).QuerySelector(".errors")!.TextContent;
}

public sealed class The_host_choices
{
    [Theory]
    [InlineData("--urls http://0.0.0.0:5080", "only addresses of this machine")]
    [InlineData("--urls http://relief.example", "only addresses of this machine")]
    [InlineData("--urls http://127.0.0.1:1;http://0.0.0.0:2", "only addresses of this machine")]
    [InlineData("--urls", "needs a value")]
    [InlineData("--data", "needs a value")]
    [InlineData("--data --demo", "needs a value")]
    [InlineData("--store nonsense", "no")]
    [InlineData("--sing", "is not an option")]
    [InlineData("loudly", "is not understood")]
    [InlineData("--demo --demo", "given twice")]
    public void Refuse_what_is_wrong_in_a_plain_line(string line, string words)
    {
        Assert.False(Hosting.HostChoices.TryRead(line.Split(' '), out _, out var problem));
        Assert.Contains(words, problem);
    }

    [Theory]
    [InlineData("--urls http://127.0.0.1:5080")]
    [InlineData("--urls http://[::1]:5080")]
    [InlineData("--urls=https://localhost:5443 --data x --demo")]
    [InlineData("--store Host=db;Database=amana --keyring /k")]
    public void Take_what_is_right(string line) => Assert.True(Hosting.HostChoices.TryRead(line.Split(' '), out _, out _));
}
