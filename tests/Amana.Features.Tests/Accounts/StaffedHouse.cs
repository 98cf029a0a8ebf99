using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Accounts;

/// <summary>A house with an operation and one made-up administrator who signs in.</summary>
internal sealed class StaffedHouse : IAsyncDisposable
{
    public const string Email = "amina@relief.example";
    public const string Password = "nine quiet rivers run north";

    private StaffedHouse(TestHouse house) => House = house;

    public TestHouse House { get; }

    public static async Task<StaffedHouse> Open(StoreKind store)
    {
        var staffed = new StaffedHouse(await TestHouse.Open(store));
        var run = new FirstRun("River operation", "XX", "River Aid made up", "RIVER", OrganisationKind.NationalNgo, AcceptsPrinciples: true, "Amina, made up", Email, Password);
        Assert.True((await staffed.Do<StartHouse, StaffId>(start => start.Handle(AccessContext.House, run, CancellationToken.None))).IsDone);
        return staffed;
    }

    public Task<Outcome<T>> Do<TUseCase, T>(Func<TUseCase, Task<Outcome<T>>> act) where TUseCase : notnull => House.Do(s => act(s.GetRequiredService<TUseCase>()));

    public Task<Outcome<SessionBegun>> SignIn(string password = Password, string address = "192.0.2.7", string email = Email) =>
        Do<SignIn, SessionBegun>(s => s.Handle(AccessContext.House, new Credentials(email, password, address, "Firefox, Android"), CancellationToken.None));

    public Task<Outcome<SessionBegun>> Finish(string token, string code) =>
        Do<FinishSignIn, SessionBegun>(f => f.Handle(AccessContext.House, token, code, new Credentials("", "", "192.0.2.7", "Firefox, Android"), CancellationToken.None));

    public Task<AccessContext> Me(string email = Email) => House.Do(async s => (await s.GetRequiredService<HouseReader>().ActingAs(email, CancellationToken.None))!);

    public Task<LiveSession?> Session(string token) => House.Do(s => s.GetRequiredService<SessionReader>().Find(token, CancellationToken.None));

    /// <summary>The code that an app with the secret shows now.</summary>
    public Task<string> AppCode(StaffId staff) => House.Do(async s =>
    {
        var factor = await s.GetRequiredService<AmanaDb>().Set<OneTimeFactor>().AsNoTracking().SingleAsync(f => f.StaffId == staff);
        return OneTimeCodes.CodeAt(s.GetRequiredService<OneTimeCodes>().Secret(staff.Value, factor.Salt), House.Clock.GetUtcNow().ToUnixTimeSeconds() / OneTimeCodes.Period, OneTimeCodes.Digits);
    });

    /// <summary>Sets up one-time codes for the administrator; their recovery codes.</summary>
    public async Task<IReadOnlyList<string>> WithOneTimeCodes()
    {
        var me = await Me();
        Assert.True((await Do<BeginOneTimeCodes, Nothing>(b => b.Handle(me, CancellationToken.None))).IsDone);
        var code = await AppCode(me.Actor.StaffId!.Value);
        var confirmed = await Do<ConfirmOneTimeCodes, Features.Accounts.RecoveryCodes>(c => c.Handle(me, code, CancellationToken.None));
        House.Clock.Move(TimeSpan.FromSeconds(OneTimeCodes.Period));
        return confirmed.Result.Codes;
    }

    public ValueTask DisposeAsync() => House.DisposeAsync();
}
