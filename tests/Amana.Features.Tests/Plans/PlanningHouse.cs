using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Plans;

/// <summary>A made-up house with two organisations, an activity, its lead, a focal point, a colleague and somebody from elsewhere.</summary>
internal sealed class PlanningHouse(TestHouse house) : IAsyncDisposable
{
    public static readonly OrganisationId Us = new(Guid.Parse("0193b000-0000-7000-8000-0000000000a1"));
    public static readonly OrganisationId Partner = new(Guid.Parse("0193b000-0000-7000-8000-0000000000a2"));
    public static readonly ActivityId Activity = new(Guid.Parse("0193b000-0000-7000-8000-000000000001"));

    public AccessContext Lead { get; } = Staff(1, Us);
    public AccessContext FocalPoint { get; } = Staff(2, Us, Duty.DataProtectionFocalPoint);
    public AccessContext Colleague { get; } = Staff(3, Us);
    public AccessContext Stranger { get; } = Staff(4, Partner);
    public DateOnly Today => house.Clock.Today();

    public static async Task<PlanningHouse> Open(StoreKind store)
    {
        var planning = new PlanningHouse(await TestHouse.Open(store));
        await planning.Fill();
        return planning;
    }

    /// <summary>Lets a use case act in a scope of its own, as one request does.</summary>
    public Task<T> Do<TUseCase, T>(Func<TUseCase, Task<T>> act) where TUseCase : notnull => house.Do(services => act(services.GetRequiredService<TUseCase>()));

    /// <summary>Time passes.</summary>
    public Task Wait(TimeSpan time)
    {
        house.Clock.Move(time);
        return Task.CompletedTask;
    }

    /// <summary>Changes what is kept, past the use cases.</summary>
    public Task Change(Func<AmanaDb, Task> change) => house.Do(async services =>
    {
        await change(services.GetRequiredService<AmanaDb>());
        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("MadeUp"));
    });

    public Task<ActivitySnapshot> State() => house.Do(async services => (await services.GetRequiredService<ActivityReader>().Snapshot(Activity, CancellationToken.None))!);

    public RiskContent Risks(int residual = 2) => new()
    {
        Tolerance = 6, ReviewOn = Today.AddDays(60), OpinionOfPeople = "Women asked for quieter places.",
        Risks =
        [
            new AssessedRisk { Code = "R1", Text = "Seen talking to us", Stage = RiskStage.Collection, Likelihood = 3, Severity = 3, Mitigation = "Quiet hours", OwnerId = Lead.Actor.StaffId, ResidualLikelihood = residual, ResidualSeverity = 3 },
            new AssessedRisk { Code = "R2", Text = "A phone is lost", Stage = RiskStage.Storage, Likelihood = 2, Severity = 3, Mitigation = "Locked phones", OwnerId = Lead.Actor.StaffId, ResidualLikelihood = 1, ResidualSeverity = 3 },
        ],
    };

    public ValueTask DisposeAsync() => house.DisposeAsync();

    private Task Fill() => house.Do(async services =>
    {
        var db = services.GetRequiredService<AmanaDb>();
        var now = house.Clock.Now();
        db.Add(HumanitarianOperation.Start(Allowed(AccountRules.Start(new StartOperation(new OperationId(Guid.CreateVersion7()), "River response", "XX"), false, now))));
        db.Add(Organisation.Admit(Allowed(AccountRules.Admit(new AdmitOrganisation(Us, "River Aid", "RA", OrganisationKind.NationalNgo, true), [], now))));
        db.Add(Organisation.Admit(Allowed(AccountRules.Admit(new AdmitOrganisation(Partner, "Hill Aid", "HA", OrganisationKind.NationalNgo, false), [], now))));
        foreach (var who in new[] { Lead, FocalPoint, Colleague, Stranger })
            db.Add(StaffMember.Join(Allowed(AccountRules.Join(new AddStaff(who.Actor.StaffId!.Value, who.Actor.OrganisationId!.Value, "Made-up person", $"p{who.Actor.StaffId.Value.Value:N}@example.org", who.Actor.Duties), false))));
        db.Add(Domain.Activities.Activity.Start(Allowed(ActivityRules.Start(
            new StartActivity(Activity, "Monitoring in the river camps", MatrixCategory.ProtectionMonitoring, new Place("XX0101", "River district"), [PopulationGroup.Women], new Period(Today, Today.AddDays(90)), Us, ["en"], SensitivityLevel.Confidential),
            1, Lead.Actor.StaffId!.Value, now))));
        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("MadeUp"));
    });

    private static T Allowed<T>(Decision<T> decision) => Assert.IsType<Decision<T>.Allowed>(decision).Change;

    private static AccessContext Staff(int n, OrganisationId organisation, params Duty[] duties) =>
        new(new Actor(ActorKind.Staff, new StaffId(Guid.Parse($"0193b000-0000-7000-8000-00000000010{n}")), organisation, duties));
}
