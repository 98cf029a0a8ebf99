using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Accounts;

public sealed class A_one_time_code
{
    /// <summary>RFC 6238, appendix B, the SHA-1 column.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Is_what_the_standard_says(long seconds, string code) =>
        Assert.Equal(code, OneTimeCodes.CodeAt(Encoding.ASCII.GetBytes("12345678901234567890"), seconds / OneTimeCodes.Period, 8));

    [Fact]
    public async Task Is_taken_a_step_early_or_late_and_not_two()
    {
        await using var house = await StaffedHouse.Open(StoreKind.Sqlite);
        await house.House.Do(services =>
        {
            var codes = services.GetRequiredService<OneTimeCodes>();
            var (owner, salt, now) = (Guid.NewGuid(), OneTimeCodes.NewSalt(), house.House.Clock.GetUtcNow());
            var step = now.ToUnixTimeSeconds() / OneTimeCodes.Period;
            string At(long s) => OneTimeCodes.CodeAt(codes.Secret(owner, salt), s, OneTimeCodes.Digits);
            Assert.Equal([null, step - 1, step, step + 1, null], new[] { -2, -1, 0, 1, 2 }.Select(d => codes.StepOf(owner, salt, At(step + d), now, 0)));
            Assert.Null(codes.StepOf(owner, salt, At(step), now, after: step)); // taken before
            Assert.Null(codes.StepOf(Guid.NewGuid(), salt, At(step), now, 0)); // another's secret
            Assert.Equal(step, codes.StepOf(owner, salt, At(step).Insert(3, " "), now, 0));
            return Task.CompletedTask;
        });
    }
}

public sealed class A_sign_in_with_a_second_factor
{
    [Theory, OnEveryStore]
    public async Task Opens_nothing_until_the_code_comes(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        await house.WithOneTimeCodes();
        var begun = (await house.SignIn()).Result;
        Assert.True(begun.Awaits);
        Assert.Null(await house.Session(begun.Token));
        var finished = (await house.Finish(begun.Token, await house.AppCode(begun.StaffId))).Result;
        Assert.NotNull(await house.Session(finished.Token));
        Assert.Null(await house.Session(begun.Token)); // the token of the first step never becomes a session's
    }

    [Theory, OnEveryStore]
    public async Task Takes_a_code_once(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        await house.WithOneTimeCodes();
        var code = await house.AppCode((await house.Me()).Actor.StaffId!.Value);
        Assert.True((await house.Finish((await house.SignIn()).Result.Token, code)).IsDone);
        Assert.Equal("sign-in.code-wrong", (await house.Finish((await house.SignIn()).Result.Token, code)).Refusals.Single().Slug);
    }

    [Theory, OnEveryStore]
    public async Task Takes_each_recovery_code_once(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        var recovery = await house.WithOneTimeCodes();
        Assert.Equal(10, recovery.Distinct().Count());
        Assert.True((await house.Finish((await house.SignIn()).Result.Token, recovery[3].ToLowerInvariant().Insert(4, "-"))).IsDone);
        Assert.False((await house.Finish((await house.SignIn()).Result.Token, recovery[3])).IsDone);
        Assert.True((await house.Finish((await house.SignIn()).Result.Token, recovery[4])).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Ends_after_five_wrong_codes_or_five_minutes(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        await house.WithOneTimeCodes();
        var me = (await house.Me()).Actor.StaffId!.Value;
        var guessed = (await house.SignIn()).Result.Token;
        for (var i = 0; i < 5; i++)
            Assert.Equal("sign-in.code-wrong", (await house.Finish(guessed, "000000")).Refusals.Single().Slug);
        Assert.Equal("sign-in.second-step-over", (await house.Finish(guessed, await house.AppCode(me))).Refusals.Single().Slug);
        house.House.Clock.Move(TimeSpan.FromMinutes(16)); // the lock on the account is over
        var late = (await house.SignIn()).Result.Token;
        house.House.Clock.Move(StaffSession.Waits);
        Assert.Equal("sign-in.second-step-over", (await house.Finish(late, await house.AppCode(me))).Refusals.Single().Slug);
    }

    [Theory, OnEveryStore]
    public async Task Counts_wrong_codes_over_several_sign_ins(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        await house.WithOneTimeCodes();
        for (var i = 0; i < 5; i++)
            await house.Finish((await house.SignIn()).Result.Token, "000000"); // the right password in between forgets nothing
        Assert.False((await house.SignIn()).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Leaves_nothing_in_the_store_that_makes_codes(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        var recovery = await house.WithOneTimeCodes();
        await house.House.Do(async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            var factor = await db.Set<OneTimeFactor>().SingleAsync();
            var secret = services.GetRequiredService<OneTimeCodes>().Secret(factor.StaffId.Value, factor.Salt);
            Assert.NotEqual(secret[..16], factor.Salt);
            Assert.All(await db.Set<RecoveryCode>().ToListAsync(), c => Assert.DoesNotContain(recovery, r => c.Hash.Contains(r, StringComparison.OrdinalIgnoreCase)));
        });
    }

    [Theory, OnEveryStore]
    public async Task Stands_in_ones_own_history_without_an_address(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        await house.WithOneTimeCodes();
        await house.SignIn("wrong password by far");
        await house.Finish((await house.SignIn()).Result.Token, "000000");
        await house.Finish((await house.SignIn()).Result.Token, await house.AppCode((await house.Me()).Actor.StaffId!.Value));
        var me = await house.Me();
        var history = await house.House.Do(s => s.GetRequiredService<OwnSignInHistory>().Read(me, CancellationToken.None));
        Assert.Equal([SignInResult.Succeeded, SignInResult.WrongCode, SignInResult.WrongPassword], history.OrderByDescending(h => h.At).Select(h => h.Result).OrderBy(r => r == SignInResult.Succeeded ? 0 : r == SignInResult.WrongCode ? 1 : 2));
        Assert.All(history, h => Assert.Equal((4, "Firefox, Android"), (h.Place.Length, h.Device)));
    }
}

public sealed class The_second_factor_that_an_operation_asks_for
{
    private static readonly DateTimeOffset Made = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Is_asked_of_duty_holders_after_a_time_of_grace_unless_it_says_otherwise()
    {
        Assert.False(SignInRules.Factor(new SignInPolicy(), [Duty.Administrator], Made, has: false, Made.AddDays(13)).Missing);
        Assert.True(SignInRules.Factor(new SignInPolicy(), [Duty.Administrator], Made, has: false, Made.AddDays(14)).Missing);
        Assert.False(SignInRules.Factor(new SignInPolicy(), [Duty.Administrator], Made, has: true, Made.AddDays(14)).Missing);
        Assert.Null(SignInRules.Factor(new SignInPolicy(), [], Made, has: false, Made.AddDays(140)).DueOn);
        Assert.False(SignInRules.Factor(new SignInPolicy { SecondFactor = SecondFactorFor.Nobody }, [Duty.Administrator], Made, has: false, Made.AddDays(140)).Missing);
    }

    [Fact]
    public void Gives_those_who_are_newly_asked_the_whole_time_of_grace()
    {
        var set = (Decision<SignInPolicySet>.Allowed)SignInRules.Set(new SignInPolicy { SecondFactor = SecondFactorFor.Everybody }, new SignInPolicy(), Made.AddDays(100));
        Assert.False(SignInRules.Factor(set.Change.Policy, [], Made, has: false, Made.AddDays(113)).Missing);
        Assert.True(SignInRules.Factor(set.Change.Policy, [], Made, has: false, Made.AddDays(114)).Missing);
        Assert.NotEmpty(SignInRules.Set(new SignInPolicy { GraceDays = 61, UnusedDays = 3 }, new SignInPolicy(), Made).Refusals);
    }

    [Theory, OnEveryStore]
    public async Task Closes_everything_else_when_it_is_overdue(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        Assert.False((await house.Session((await house.SignIn()).Result.Token))!.MustAddFactor);
        house.House.Clock.Move(TimeSpan.FromDays(14));
        Assert.True((await house.Session((await house.SignIn()).Result.Token))!.MustAddFactor);
        await house.WithOneTimeCodes();
        var begun = (await house.SignIn()).Result;
        var finished = (await house.Finish(begun.Token, await house.AppCode(begun.StaffId))).Result;
        Assert.False((await house.Session(finished.Token))!.MustAddFactor);
    }
}

public sealed class A_proof_before_a_grave_act
{
    [Theory, OnEveryStore]
    public async Task Is_the_code_for_whoever_has_codes_and_the_password_for_others(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        var me = await house.Me();
        async Task<Outcome<Nothing>> Prove(string token, Proof proof)
        {
            var id = (await house.Session(token))!.Id;
            return await house.Do<ProveWhoYouAre, Nothing>(p => p.Handle(me, id, proof, CancellationToken.None));
        }

        var session = (await house.SignIn()).Result.Token;
        house.House.Clock.Move(TimeSpan.FromMinutes(6));
        Assert.True((await Prove(session, new Proof(Password: StaffedHouse.Password))).IsDone);
        Assert.Equal(house.House.Clock.Now(), (await house.Session(session))!.ProvedAt);

        await house.WithOneTimeCodes();
        Assert.False((await Prove(session, new Proof(Password: StaffedHouse.Password))).IsDone); // the password alone is no longer enough
        Assert.True((await Prove(session, new Proof(Code: await house.AppCode(me.Actor.StaffId!.Value)))).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Ends_the_session_after_five_wrong_answers_and_unlocks_it_after_a_right_one(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        var me = await house.Me();
        var token = (await house.SignIn()).Result.Token;
        var id = (await house.Session(token))!.Id;
        await house.Do<LockSession, Nothing>(l => l.Handle(me, id, CancellationToken.None));
        Assert.True((await house.Session(token))!.Locked);
        await house.Do<ProveWhoYouAre, Nothing>(p => p.Handle(me, id, new Proof(Password: StaffedHouse.Password), CancellationToken.None));
        Assert.False((await house.Session(token))!.Locked);
        for (var i = 0; i < 5; i++)
            Assert.False((await house.Do<ProveWhoYouAre, Nothing>(p => p.Handle(me, id, new Proof(Password: "not it at all"), CancellationToken.None))).IsDone);
        Assert.Null(await house.Session(token));
    }
}
