using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Participation;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Activities;

/// <summary>A house with two organisations, made-up staff, and one activity in Assess, on which the use cases of planning are tried.</summary>
internal sealed class Planning : IAsyncDisposable
{
    private Planning(TestHouse house) => House = house;

    public TestHouse House { get; }
    public OrganisationId Us { get; private set; }
    public OrganisationId Them { get; private set; }
    public AccessContext Lead { get; private set; } = null!;
    public AccessContext Officer { get; private set; } = null!;
    public AccessContext InformationOfficer { get; private set; } = null!;
    public AccessContext FocalPoint { get; private set; } = null!;
    public AccessContext Coordinator { get; private set; } = null!;
    public AccessContext Stranger { get; private set; } = null!;
    public ActivityId Activity { get; private set; }
    public DateOnly Today => House.Clock.Today();

    public static async Task<Planning> Begin(StoreKind store)
    {
        var planning = new Planning(await TestHouse.Open(store));
        await planning.House.Do(planning.MakeStaff);
        var command = planning.AnActivity("Monitoring of the river paths");
        Assert.True((await planning.Do<BeginActivity, int>(u => u.Handle(planning.Lead, command, default))).IsDone);
        planning.Activity = command.Id;
        return planning;
    }

    /// <summary>Acts with a use case in a scope of its own.</summary>
    public Task<Outcome<T>> Do<TUseCase, T>(Func<TUseCase, Task<Outcome<T>>> act) where TUseCase : notnull =>
        House.Do(services => act(services.GetRequiredService<TUseCase>()));

    /// <summary>What a query answers.</summary>
    public Task<T> Ask<TQuery, T>(Func<TQuery, Task<T>> ask) where TQuery : notnull => House.Do(services => ask(services.GetRequiredService<TQuery>()));

    public Task<ActivitySnapshot> Snapshot() => Ask<ActivityReader, ActivitySnapshot>(async r => (await r.Snapshot(Activity, default))!);

    public Task<List<LedgerEntry>> Ledger() => Ask<AmanaDb, List<LedgerEntry>>(db => db.Set<LedgerEntry>().AsNoTracking().OrderBy(e => e.Id).ToListAsync());

    public Task<Outcome<Nothing>> Enter(PimStep step, AccessContext? who = null) => Do<EnterStep, Nothing>(u => u.Handle(who ?? Lead, Activity, step, default));

    public StartActivity AnActivity(string title, OrganisationId? organisation = null) => new(
        Ids.New<ActivityId>(House.Clock), title, MatrixCategory.ProtectionMonitoring, new Place("XX0101", "River district"), [PopulationGroup.Women, PopulationGroup.Girls],
        new Period(Today, Today.AddDays(120)), organisation ?? Us, ["en", "ar"], SensitivityLevel.Confidential);

    public Task<Outcome<Nothing>> Consult(PimStep step, params PopulationGroup[] groups) => Do<HoldConsultation, Nothing>(u => u.Handle(Lead, Activity,
        new RecordConsultation(Ids.New<ConsultationId>(House.Clock), step, Today, groups, ConsultationMethod.FocusGroup, 9, "Not at the wells", "Interviews at home"), default));

    /// <summary>Applies what the rules of subjects that are tested elsewhere decided.</summary>
    public Task Commit(Func<AmanaDb, Task> change) => House.Do(async services =>
    {
        await change(services.GetRequiredService<AmanaDb>());
        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("PlanMadeUp", Activity));
    });

    /// <summary>The change of a decision that must have allowed it.</summary>
    public static T Allowed<T>(Decision<T> decision) => decision is Decision<T>.Allowed allowed
        ? allowed.Change
        : throw new InvalidOperationException("Refused: " + string.Join(", ", decision.Refusals.Select(r => r.Slug)));

    public ValueTask DisposeAsync() => House.DisposeAsync();

    private async Task MakeStaff(IServiceProvider services)
    {
        var db = services.GetRequiredService<AmanaDb>();
        db.Add(HumanitarianOperation.Start(Allowed(AccountRules.Start(new StartOperation(Ids.New<OperationId>(House.Clock), "River operation", "XX"), alreadyStarted: false, House.Clock.Now()))));
        Us = Admit(db, "River Aid made up", "RIVER");
        Them = Admit(db, "Hill Aid made up", "HILL");
        (Lead, Officer, InformationOfficer) = (Join(db, "lead", Us), Join(db, "officer", Us), Join(db, "information", Us));
        (FocalPoint, Coordinator) = (Join(db, "focal", Us, Duty.DataProtectionFocalPoint), Join(db, "coordinator", Us, Duty.Coordinator));
        Stranger = Join(db, "stranger", Them);
        foreach (var who in new[] { Officer, InformationOfficer })
            foreach (var need in new[] { TeamRole.ProtectionOfficer, TeamRole.InformationManagementOfficer }.SelectMany(RoleProfiles.Required))
                db.Add(CompetencyEvidence.Of(Allowed(CompetencyRules.Evidence(new EvidenceCompetency(Ids.New<EvidenceId>(House.Clock), who.Actor.StaffId!.Value, need.Key, need.Value,
                    "Observed in the field", Today.AddDays(-100), Today.AddDays(300)), FocalPoint.Actor.StaffId!.Value))));
        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("StaffMadeUp"));
    }

    private OrganisationId Admit(AmanaDb db, string name, string shortName)
    {
        var admitted = Allowed(AccountRules.Admit(new AdmitOrganisation(Ids.New<OrganisationId>(House.Clock), name, shortName, OrganisationKind.NationalNgo, AcceptsPrinciples: true), [], House.Clock.Now()));
        db.Add(Organisation.Admit(admitted));
        return admitted.Id;
    }

    private AccessContext Join(AmanaDb db, string name, OrganisationId organisation, params Duty[] duties)
    {
        var joined = Allowed(AccountRules.Join(new AddStaff(Ids.New<StaffId>(House.Clock), organisation, "Made-up " + name, name + "@example.org", duties), emailTaken: false));
        db.Add(StaffMember.Join(joined));
        return new AccessContext(new Actor(ActorKind.Staff, joined.Id, organisation, duties));
    }
}
