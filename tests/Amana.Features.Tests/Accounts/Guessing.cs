using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Accounts;

public sealed class Somebody_who_guesses
{
    [Theory, OnEveryStore]
    public async Task Is_locked_out_while_the_owner_gets_in_from_a_known_browser(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        var known = (await house.SignIn()).Result.KnownBrowser;
        Assert.NotNull(known);
        for (var i = 0; i < 7; i++)
            await house.SignIn("guess number " + i, address: "198.51.100." + i);
        Assert.False((await house.SignIn(address: "198.51.100.200")).IsDone); // the right password from a browser that nobody knows
        var owner = await FromKnown(house, known, StaffedHouse.Password);
        Assert.True(owner.IsDone);
        Assert.Null(owner.Result.KnownBrowser); // known already
    }

    [Theory, OnEveryStore]
    public async Task Gets_five_guesses_from_a_stolen_known_browser(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        var known = (await house.SignIn()).Result.KnownBrowser;
        for (var i = 0; i < 5; i++)
            Assert.False((await FromKnown(house, known, "guess number " + i)).IsDone);
        for (var i = 0; i < 5; i++)
            await house.SignIn("guess number " + i, address: "198.51.100." + i);
        Assert.False((await FromKnown(house, known, StaffedHouse.Password)).IsDone); // it counts as unknown now, and the account is locked
        house.House.Clock.Move(TimeSpan.FromMinutes(15));
        Assert.True((await house.SignIn()).IsDone);
    }

    /// <summary>Credential stuffing: many names from many addresses, each but once.</summary>
    [Fact]
    public async Task Over_many_names_and_addresses_has_to_wait_and_known_browsers_do_not()
    {
        var attempts = new SignInAttempts(new MovableClock());
        for (var i = 0; i < SignInAttempts.Altogether; i++)
            attempts.Failed($"203.0.{i / 250}.{i % 250}");
        Assert.True(attempts.MustWait("192.0.2.1"));

        await using var house = await StaffedHouse.Open(StoreKind.Sqlite);
        var known = (await house.SignIn()).Result.KnownBrowser;
        await house.House.Do(s =>
        {
            for (var i = 0; i < SignInAttempts.Altogether; i++)
                s.GetRequiredService<SignInAttempts>().Failed($"203.0.{i / 250}.{i % 250}");
            return Task.CompletedTask;
        });
        Assert.False((await house.SignIn(address: "192.0.2.99")).IsDone);
        Assert.True((await FromKnown(house, known, StaffedHouse.Password)).IsDone);
        house.House.Clock.Move(TimeSpan.FromMinutes(16));
        Assert.True((await house.SignIn(address: "192.0.2.99")).IsDone);
    }

    [Fact]
    public void From_one_line_is_one_address_however_many_it_has()
    {
        var attempts = new SignInAttempts(new MovableClock());
        for (var i = 0; i < SignInAttempts.PerAddress; i++)
            attempts.Failed($"2001:db8:1:2:{i:x}::1");
        Assert.True(attempts.MustWait("2001:db8:1:2:ffff::9"));
        Assert.False(attempts.MustWait("2001:db8:1:3::1"));
    }

    private static Task<Outcome<SessionBegun>> FromKnown(StaffedHouse house, string? known, string password) =>
        house.Do<SignIn, SessionBegun>(s => s.Handle(AccessContext.House, new Credentials(StaffedHouse.Email, password, "192.0.2.7", "", known), CancellationToken.None));
}

public sealed class A_token_for_a_program
{
    [Theory, OnEveryStore]
    public async Task Acts_for_its_holder_until_it_ends_is_revoked_or_they_leave(StoreKind store)
    {
        await using var house = await Activities.Planning.Begin(store);
        var shown = (await Issue(house, house.Lead, 30)).Result;
        var program = (await Find(house, shown.Token))!;
        Assert.Equal(house.Lead.Actor.StaffId, program.Actor.StaffId);
        Assert.StartsWith("program:", program.LedgerName, StringComparison.Ordinal);
        Assert.True((await house.Ask<Door, Outcome<ActivitySnapshot>>(d => d.ForReading(program, house.Activity, default))).IsDone);
        Assert.Equal("token.use-not-given", Assert.Single((await house.Ask<Door, Outcome<ActivitySnapshot>>(d => d.ForPlanning(program, house.Activity, default))).Refusals).Slug);
        Assert.Null(await Find(house, shown.Token + "x"));
        house.House.Clock.Move(TimeSpan.FromDays(30));
        Assert.Null(await Find(house, shown.Token));

        var other = (await Issue(house, house.Lead, 30)).Result;
        Assert.Equal("token.not-found", Assert.Single((await house.Do<RevokeApiToken, Nothing>(r => r.Handle(house.Stranger, other.Id, default))).Refusals).Slug);
        Assert.True((await house.Do<RevokeApiToken, Nothing>(r => r.Handle(house.Lead, other.Id, default))).IsDone);
        Assert.Null(await Find(house, other.Token));
    }

    [Theory, OnEveryStore]
    public async Task Reaches_no_activity_that_its_holder_does_not(StoreKind store)
    {
        await using var house = await Activities.Planning.Begin(store);
        Assert.Equal("token.no-activity", Assert.Single((await Issue(house, house.Stranger, 30)).Refusals).Slug);
        var program = (await Find(house, (await Issue(house, house.FocalPoint, 30)).Result.Token))!;
        Assert.Empty(program.Actor.Duties); // duties over the operation do not go with it
    }

    private static Task<Outcome<ShownApiToken>> Issue(Activities.Planning house, AccessContext who, int days) =>
        house.Do<IssueApiTokenForMe, ShownApiToken>(i => i.Handle(who, new WantedApiToken("weekly figures", [1], [TokenUse.Read], days), default));

    private static Task<AccessContext?> Find(Activities.Planning house, string token) => house.Ask<ApiTokenReader, AccessContext?>(r => r.Find(token, default));
}
