using System.Net;
using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Testing;
using Amana.Web.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Amana.Web.Tests.Outside;

/// <summary>A staffed host that knows a made-up provider. Its clock stands still until a test moves it.</summary>
public sealed class OutsideDesk : StaffDesk, IAsyncLifetime
{
    private static readonly HttpClient Browser_ = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public MadeUpProvider Provider { get; private set; } = null!;

    public MovableClock Clock { get; } = new();

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        Provider = await MadeUpProvider.Start();
        Clock.MoveTo(TimeProvider.System.GetUtcNow());
        await InitializeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock))
            .AddOutsideSignIn(new OutsideProvider(Provider.Address, MadeUpProvider.Client, new Sensitive<string>(MadeUpProvider.Secret), "Made-up ID", [], "groups", ["127.0.0.1"])));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>Goes to the provider from a way of ours and comes back; the address at which the provider answers.</summary>
    public static async Task<string> Ask(Desk desk, string way)
    {
        using var leaves = await desk.Get(way);
        Assert.Equal(HttpStatusCode.Redirect, leaves.StatusCode);
        using var returns = await Browser_.GetAsync(leaves.Headers.Location);
        return returns.Headers.Location!.PathAndQuery;
    }

    /// <summary>There and back: where the browser is led in the end.</summary>
    public static async Task<string> Through(Desk desk, string way = "/accounts/outside/begin")
    {
        using var answer = await desk.Get(await Ask(desk, way));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    public async Task<T> Do<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public Task<StaffMember?> Staff(string mail) => Do(s => s.GetRequiredService<AmanaDb>().Set<StaffMember>().AsNoTracking().FirstOrDefaultAsync(m => m.Email == mail));

    /// <summary>An administrator says that a domain or group leads to the second organisation.</summary>
    public async Task Map(string value, bool makesAccounts, OutsideClaim claim = OutsideClaim.MailDomain)
    {
        var admin = await SignedIn("admin");
        var organisation = (await admin.Read("/set-up/outside-sign-in")).QuerySelectorAll("#Input_Organisation option").Single(o => o.TextContent.Contains("Hill Aid", StringComparison.Ordinal)).GetAttribute("value")!;
        using var added = await admin.Post("/set-up/outside-sign-in", "/set-up/outside-sign-in",
            [("Input.Claim", claim.ToString()), ("Input.Value", value), ("Input.Organisation", organisation), .. makesAccounts ? new[] { ("Input.MakesAccounts", "true") } : []]);
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
    }

    public async Task<string> Ledger() => string.Join('\n', await Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().AsNoTracking().OrderBy(e => e.Id).Select(e => e.Canonical).ToListAsync()));
}

public sealed class A_sign_in_from_outside : IAsyncLifetime
{
    private readonly OutsideDesk _host = new();

    public ValueTask InitializeAsync() => ((IAsyncLifetime)_host).InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Makes_an_account_without_duty_or_role_where_an_administrator_allowed_it_and_opens_it_again()
    {
        await _host.Map("@Hill.example", makesAccounts: true);
        var browser = _host.NewDesk();
        Assert.Contains("Made-up ID", (await browser.Read("/accounts/sign-in")).QuerySelector("a[href^='/accounts/outside/begin']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/activities", await OutsideDesk.Through(browser, "/accounts/outside/begin?to=%2Factivities"));
        Assert.Equal("S256", _host.Provider.Asked["code_challenge_method"]);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/home")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/set-up/staff")).StatusCode);
        var made = await _host.Staff("newcomer@hill.example");
        Assert.Empty(made!.Duties);
        _host.Provider.Says = _host.Provider.Says with { Mail = "married@hill.example" }; // the address may change; who they are does not
        Assert.Equal("/home", await OutsideDesk.Through(_host.NewDesk()));
        Assert.Null(await _host.Staff("married@hill.example"));
        var ledger = await _host.Ledger();
        Assert.Contains("OutsideIdentityLinked", ledger, StringComparison.Ordinal);
        Assert.DoesNotContain("newcomer", ledger, StringComparison.OrdinalIgnoreCase); // neither address nor name
        Assert.DoesNotContain("hill.example", ledger, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Is_refused_in_plain_words_for_every_answer_that_is_not_right()
    {
        await _host.Map("hill.example", makesAccounts: true);
        await _host.Map("staff of the hill", makesAccounts: true, OutsideClaim.Group);
        var good = _host.Provider.Says;
        foreach (var (said, slug) in new[]
        {
            (good with { Nonce = "another" }, "sign-in.outside-failed"),
            (good with { Audience = "another-client" }, "sign-in.outside-failed"),
            (good with { Age = TimeSpan.FromMinutes(7) }, "sign-in.outside-failed"), // it was good for five
            (good with { Issuer = "https://elsewhere.example" }, "sign-in.outside-failed"),
            (good with { ForeignKey = true }, "sign-in.outside-failed"),
            (good with { Verified = false }, "sign-in.outside-unverified"),
            (good with { Verified = false, Groups = ["staff of the hill"] }, "sign-in.outside-unverified"),
            (good with { Mail = "newcomer@elsewhere.example" }, "sign-in.outside-unmapped"),
            (good with { Mail = "newcomer@hill.example.evil.example" }, "sign-in.outside-unmapped"),
            (good with { Mail = "newcomer@elsewhere.example", Groups = ["Staff of the hill"] }, "sign-in.outside-unmapped"),
        })
        {
            _host.Provider.Says = said;
            var browser = _host.NewDesk();
            Assert.Equal("/accounts/sign-in?refused=" + slug, await OutsideDesk.Through(browser));
            using var page = await browser.Get("/accounts/sign-in?refused=" + slug);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
            Assert.True((await Host.Read(page)).QuerySelector(".errors")!.TextContent.Length > 40);
            Assert.Equal(HttpStatusCode.Redirect, (await browser.Get("/home")).StatusCode);
        }

        Assert.Null(await _host.Staff("newcomer@hill.example"));
        Assert.Contains("sign-in.outside-failed", await _host.Ledger(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_taken_once_and_in_the_browser_alone_that_asked()
    {
        await _host.Map("hill.example", makesAccounts: true);
        var (here, there) = (_host.NewDesk(), _host.NewDesk());
        var answer = await OutsideDesk.Ask(here, "/accounts/outside/begin");
        using (var elsewhere = await there.Get(answer))
            Assert.Equal("/accounts/sign-in?refused=sign-in.outside-failed", elsewhere.Headers.Location!.OriginalString);
        using (var first = await here.Get(answer))
            Assert.Equal("/home", first.Headers.Location!.OriginalString);
        using var replayed = await here.Get(answer);
        Assert.Equal("/accounts/sign-in?refused=sign-in.outside-failed", replayed.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Is_asked_for_a_second_factor_here_unless_the_provider_says_that_one_was_shown()
    {
        await _host.Map("hill.example", makesAccounts: true);
        _host.Provider.Says = new Said("6", "careful@hill.example");
        var desk = _host.NewDesk();
        Assert.Equal("/home", await OutsideDesk.Through(desk));
        using (await desk.Post("/accounts/factors", "/accounts/factors?handler=BeginCodes")) { }
        var secret = (await desk.Read("/accounts/factors")).QuerySelector("bdi.code")!.TextContent;
        using (await desk.Post("/accounts/factors", "/accounts/factors?handler=ConfirmCodes", ("Input.Code", SecondFactors.CodeOf(secret, _host.Clock.GetUtcNow())))) { }
        _host.Clock.Move(TimeSpan.FromSeconds(30));
        var browser = _host.NewDesk();
        Assert.Equal("/accounts/second-step", await OutsideDesk.Through(browser));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get("/home")).StatusCode);
        using (await browser.Post("/accounts/second-step", "/accounts/second-step", ("Input.Code", SecondFactors.CodeOf(secret, _host.Clock.GetUtcNow())))) { }
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/home")).StatusCode);
        _host.Clock.Move(TimeSpan.FromMinutes(6));
        Assert.Equal("/accounts/outside?refused=proof.outside-old", await OutsideDesk.Through(browser, "/accounts/outside/prove")); // the provider's clock says six minutes ago
        _host.Provider.Says = _host.Provider.Says with { AuthenticatedBefore = -TimeSpan.FromMinutes(6) };
        Assert.Equal("/accounts/outside?refused=proof.outside-weak", await OutsideDesk.Through(browser, "/accounts/outside/prove"));
        _host.Provider.Says = _host.Provider.Says with { Amr = ["pwd", "mfa"] };
        Assert.Equal("/home", await OutsideDesk.Through(_host.NewDesk()));
    }

    [Fact]
    public async Task Opens_no_account_by_its_address_and_none_that_was_closed()
    {
        await _host.Map("example.org", makesAccounts: true);
        await _host.Map("hill.example", makesAccounts: true);
        _host.Provider.Says = new Said("2", "stranger@example.org");
        Assert.Equal("/accounts/sign-in?refused=sign-in.outside-address-taken", await OutsideDesk.Through(_host.NewDesk()));
        _host.Provider.Says = new Said("3", "leaver@hill.example");
        var browser = _host.NewDesk();
        Assert.Equal("/home", await OutsideDesk.Through(browser));
        var leaver = await _host.Staff("leaver@hill.example");
        var admin = await _host.Do(s => s.GetRequiredService<HouseReader>().ActingAs("admin@example.org", CancellationToken.None));
        Assert.True((await _host.Do(s => s.GetRequiredService<DeactivateStaff>().Handle(admin!, leaver!.Id, CancellationToken.None))).IsDone);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get("/home")).StatusCode);
        Assert.Equal("/accounts/sign-in?refused=sign-in.outside-left", await OutsideDesk.Through(browser));
    }

    [Fact]
    public async Task Links_an_account_only_when_its_owner_says_so_and_then_counts_as_a_fresh_proof()
    {
        await _host.Map("hill.example", makesAccounts: false);
        _host.Provider.Says = new Said("4", "stranger@hill.example");
        Assert.Equal("/accounts/sign-in?refused=sign-in.outside-not-linked", await OutsideDesk.Through(_host.NewDesk()));
        var desk = await _host.SignedIn("stranger");
        Assert.Equal("/accounts/outside", await OutsideDesk.Through(desk, "/accounts/outside/show"));
        Assert.Equal("/accounts/sign-in?refused=sign-in.outside-not-linked", await OutsideDesk.Through(_host.NewDesk())); // shown, and not yet linked
        using (var linked = await desk.Post("/accounts/outside", "/accounts/outside?handler=Link"))
            Assert.Equal("/accounts/outside?done=outside-linked", linked.Headers.Location!.OriginalString);
        var browser = _host.NewDesk();
        Assert.Equal("/home", await OutsideDesk.Through(browser));

        _host.Clock.Move(TimeSpan.FromMinutes(6));
        using (var asked = await browser.Post("/accounts/outside", "/accounts/outside?handler=Unlink"))
            Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode); // the page that asks for a proof
        _host.Provider.Says = _host.Provider.Says with { AuthenticatedBefore = TimeSpan.FromMinutes(30) };
        Assert.Equal("/accounts/outside?refused=proof.outside-old", await OutsideDesk.Through(browser, "/accounts/outside/prove"));
        Assert.Equal(("login", "0"), (_host.Provider.Asked["prompt"].ToString(), _host.Provider.Asked["max_age"].ToString()));
        _host.Provider.Says = new Said("5", "other@hill.example");
        Assert.Equal("/accounts/outside?refused=proof.outside-other", await OutsideDesk.Through(browser, "/accounts/outside/prove"));
        _host.Provider.Says = new Said("4", "stranger@hill.example") { AuthenticatedBefore = -TimeSpan.FromMinutes(6) };
        Assert.Equal("/accounts/outside?proved=true", await OutsideDesk.Through(browser, "/accounts/outside/prove"));
        using var unlinked = await browser.Post("/accounts/outside", "/accounts/outside?handler=Unlink");
        Assert.Equal("/accounts/outside?done=outside-unlinked", unlinked.Headers.Location!.OriginalString);
        _host.Provider.Says = new Said("4", "stranger@hill.example");
        Assert.Equal("/accounts/sign-in?refused=sign-in.outside-not-linked", await OutsideDesk.Through(_host.NewDesk()));
    }
}

public sealed class A_provider_of_sign_ins
{
    [Theory]
    [InlineData("AUTHORITY=http://id.example", "https")]
    [InlineData("AUTHORITY=id.example", "not an address")]
    [InlineData("AUTHORITY=https://id.example", "AMANA_OPENID_CLIENT")]
    [InlineData("AUTHORITY=https://id.example CLIENT=a", "AMANA_OPENID_SECRET_FILE")]
    [InlineData("AUTHORITY=https://id.example CLIENT=a SECRET_FILE=/nowhere/at/all", "AMANA_OPENID_SECRET_FILE")]
    [InlineData("CLIENT=a SECRET=b", "AMANA_OPENID_AUTHORITY")]
    public void Is_refused_in_a_plain_line_when_half_of_it_is_there(string given, string words)
    {
        Assert.False(OutsideProvider.TryRead(Of(given), out _, out var problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_read_from_the_environment_and_keeps_its_secret_to_itself()
    {
        Assert.True(OutsideProvider.TryRead(Of("AUTHORITY=https://id.example/ CLIENT=a SECRET=quiet"), out var provider, out _));
        Assert.Equal(("https://id.example", "id.example"), (provider.Authority, provider.Name));
        Assert.DoesNotContain("quiet", provider.ToString(), StringComparison.Ordinal);
        Assert.True(OutsideProvider.TryRead(static _ => null, out var none, out _));
        Assert.False(none.IsThere);
    }

    private static Func<string, string?> Of(string given)
    {
        var known = given.Split(' ').Select(p => p.Split('=', 2)).ToDictionary(p => "AMANA_OPENID_" + p[0], p => p[1], StringComparer.Ordinal);
        return name => known.GetValueOrDefault(name);
    }
}
