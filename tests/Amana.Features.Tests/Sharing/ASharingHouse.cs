using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.People;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Records;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Sharing;

/// <summary>One made-up person as a record holds them.</summary>
internal sealed record MadeUp(string Sex, int Age, string Shelter, bool Sharing = true, bool Withdrawn = false);

/// <summary>A house with one activity that collects, a partner with an agreement in force, and made-up records.</summary>
internal sealed class ASharingHouse : IAsyncDisposable
{
    public static readonly ActivityId Activity = new(Guid.Parse("0195b000-0000-7000-8000-000000000001"));
    public static readonly OrganisationId Us = new(Guid.Parse("0195b000-0000-7000-8000-0000000000a1"));
    public static readonly OrganisationId Partner = new(Guid.Parse("0195b000-0000-7000-8000-0000000000a2"));
    public static readonly AgreementId Agreement = new(Guid.Parse("0195b000-0000-7000-8000-0000000000b1"));
    private static readonly StaffId Author = Staff(1);
    private static readonly StaffId Approver = Staff(2);
    private static readonly StaffId Lead = Staff(3);

    private ASharingHouse(TestHouse house) => House = house;

    public TestHouse House { get; }
    public static AccessContext TheAuthor { get; } = Acting(Author).Citing("N1");
    public static AccessContext TheApprover { get; } = Acting(Approver).Citing("N1");

    public static async Task<ASharingHouse> Open(StoreKind store, IReadOnlyList<MadeUp> people, Action<IServiceCollection>? also = null)
    {
        var sharing = new ASharingHouse(await TestHouse.Open(store, also));
        await sharing.House.Do(services => Plan(services, sharing.House.Clock.Now()));
        await sharing.House.Do(services => ApproveRisks(services, sharing.House.Clock.Now()));
        await sharing.House.Do(services => Fill(services, people, sharing.House.Clock));
        return sharing;
    }

    public Task<T> Do<TUseCase, T>(Func<TUseCase, Task<T>> act) where TUseCase : notnull => House.Do(services => act(services.GetRequiredService<TUseCase>()));

    public static ReleaseNote Note { get; } = new("People in the river camps who said yes to sharing", "Every tenth tent, women heard apart", "Eighty of two hundred tents that were planned", "People outside the camps are missed");

    public static ReleaseDraft Draft(params string[] columns) => new(Agreement, [.. columns.Select(c => "/data/" + c)], []);

    /// <summary>More people come.</summary>
    public Task Add(IReadOnlyList<MadeUp> people) => House.Do(services => Fill(services, people, House.Clock));

    /// <summary>A wish for a copy that opens with a password, for thirty days.</summary>
    public static CopyWish ACopy(ASharingHouse house) =>
        new(new ReleaseCopyId(Guid.CreateVersion7()), CopyProtection.Password, null, DateOnly.FromDateTime(house.House.Clock.Now().UtcDateTime).AddDays(30));

    public ValueTask DisposeAsync() => House.DisposeAsync();

    private static async Task Plan(IServiceProvider services, DateTimeOffset now)
    {
        var db = services.GetRequiredService<AmanaDb>();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        db.Add(HumanitarianOperation.Start(Allowed(AccountRules.Start(new StartOperation(new OperationId(Guid.CreateVersion7()), "River response", "XX"), false, now))));
        var partner = Organisation.Admit(Allowed(AccountRules.Admit(new AdmitOrganisation(Partner, "Made-up partner", "PARTNER", OrganisationKind.NationalNgo, true), [], now)));
        db.AddRange(Organisation.Admit(Allowed(AccountRules.Admit(new AdmitOrganisation(Us, "Made-up us", "US", OrganisationKind.NationalNgo, true), [], now))), partner);
        var activity = Domain.Activities.Activity.Start(Allowed(ActivityRules.Start(new StartActivity(Activity, "Shelter in the river camps", MatrixCategory.ProtectionMonitoring,
            new Place("XX0101", "River district"), [PopulationGroup.Women], new Period(today.AddDays(-30), today.AddDays(90)), Us, ["en"], SensitivityLevel.Confidential), 1, Lead, now)));
        activity.Apply(Allowed(ActivityRules.Enter(activity, PimStep.Design, new GateAnswer(true, [], []), now)));
        activity.Apply(Allowed(ActivityRules.Enter(activity, PimStep.Implement, new GateAnswer(true, [], []), now)));
        db.Add(activity);
        var purpose = PurposeStatement.Of(Allowed(PurposeRules.State(activity, Purpose(today), Lead, now)));
        purpose.Apply(Allowed(PurposeRules.Weigh(purpose, "Worth it", new Dictionary<string, string>(), Approver, now)));
        purpose.Apply(Allowed(PurposeRules.Publish(activity, purpose, now)));
        db.Add(purpose);
        var form = FormVersion.Of(Allowed(FormRules.Upload(activity, new FormVersionId(Guid.CreateVersion7()), new ReadForm("shelter", "1", "Shelter", [1], "shelter.xlsx", "<h:html/>", "00", ["en"], Elements(), []), [], Author, now)));
        form.Apply(Allowed(FormRules.Publish(form, purpose, now)));
        db.Add(form);
        AddSeat(db, activity, Author, TeamRole.InformationManagementOfficer, now);
        AddSeat(db, activity, Approver, TeamRole.ProtectionOfficer, now);
        db.Add(Agreed.Between(Agreement, Us, partner, "Sharing on shelter", new Period(today.AddDays(-10), today.AddDays(60)), now));
        db.Add(SharingPlan.Of(Allowed(SharingRules.Plan(activity, [new PlannedRecipient(Partner, "Records", SharingDetail.DeidentifiedRecords, Agreement)], null, Author, now))));
        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("MadeUp", Activity));
    }

    private static async Task ApproveRisks(IServiceProvider services, DateTimeOffset now)
    {
        var s = (await services.GetRequiredService<ActivityReader>().Snapshot(Activity, CancellationToken.None))!;
        var content = new RiskContent
        {
            Tolerance = 6, ReviewOn = s.Today.AddDays(60), OpinionOfPeople = "Do not write down names of camps",
            Risks = [.. Enum.GetValues<RiskStage>().Select((stage, i) => new AssessedRisk
            {
                Code = "R" + (i + 1), Text = "Somebody is seen", Stage = stage, Likelihood = 3, Severity = 3, Mitigation = "Talk in private", OwnerId = Approver, ResidualLikelihood = 2, ResidualSeverity = 2,
            })],
        };
        var assessment = RiskAssessment.Of(Allowed(RiskRules.Assess(s.Activity, content, Author, now, 365)));
        assessment.Apply(Allowed(RiskRules.Approve(s.Activity, assessment, s.RiskScope(), Approver, now)));
        services.GetRequiredService<AmanaDb>().Add(assessment);
        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("MadeUp", Activity));
    }

    private static async Task Fill(IServiceProvider services, IReadOnlyList<MadeUp> people, TimeProvider clock)
    {
        var (db, safe) = (services.GetRequiredService<AmanaDb>(), services.GetRequiredService<Safe>());
        var activity = await db.Set<Activity>().SingleAsync();
        var form = await db.Set<FormVersion>().SingleAsync();
        var notice = await db.Set<Notice>().FirstOrDefaultAsync() ?? Notice.Of(Allowed(ConsentRules.Write(activity, new NoticeId(Guid.CreateVersion7()), 1,
            new NoticeContent { Texts = new SortedDictionary<string, NoticeText> { ["en"] = new NoticeText { WhoAsks = "We" } }, Basis = LegalBasis.Consent }, Approver, clock.Now())));
        if (db.Entry(notice).State == EntityState.Detached)
            db.Add(notice);
        foreach (var made in people)
        {
            var (person, record) = (Ids.New<PersonId>(clock), Ids.New<RecordId>(clock));
            ConsentPart[] yeses = made.Sharing ? [ConsentAsk.Participation, ConsentAsk.Sharing] : [ConsentAsk.Participation];
            var received = Allowed(ConsentRules.Receive(new ReceiveConsent(Ids.New<ConsentId>(clock), person, "en", Guid.Empty, Ids.NewGuid(clock).ToByteArray()) { Scope = new ConsentScope([Partner], [], ["N1"]) },
                new StatedConsent(yeses, false, "en", ConsentGiver.Self, ConsentMeans.Spoken), notice, clock.Now()));
            var consent = PersonConsent.Of(received);
            KeptAnswer[] answers = [new("/data/sex", made.Sex), new("/data/age", made.Age.ToString(System.Globalization.CultureInfo.InvariantCulture)), new("/data/shelter", made.Shelter)];
            var box = await safe.SealCoded(Activity, record, KeptAnswer.Write(answers), CancellationToken.None);
            var entry = RecordEntry.Of(Allowed(RecordRules.Accept(activity, new AcceptRecord(record, Ids.RandomCode(10), form.Id, person, Guid.Empty, [], box), new GateAnswer(true, [], []), received, clock.Now())));
            if (made.Withdrawn)
            {
                consent.Apply(Allowed(ConsentRules.Withdraw(consent, [ConsentAsk.Participation], clock.Now())));
                entry.Apply(RecordRules.Withdraw());
            }

            db.AddRange(new Person(person, Activity), consent, entry);
        }

        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("MadeUp", Activity));
    }

    private static void AddSeat(AmanaDb db, Activity activity, StaffId who, TeamRole role, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var staff = StaffMember.Join(Allowed(AccountRules.Join(new AddStaff(who, Us, "Made-up person", who.Value.ToString("N")[^4..] + "@example.org", []), false)));
        var member = TeamMember.Of(Allowed(CompetencyRules.Assign(activity, new TeamMemberId(Guid.CreateVersion7()), staff, role, [], now)));
        member.Apply(Allowed(CompetencyRules.Acknowledge(member, who, now)));
        db.AddRange(staff, member);
        foreach (var (competency, level) in RoleProfiles.Required(role))
            db.Add(CompetencyEvidence.Of(Allowed(CompetencyRules.Evidence(new EvidenceCompetency(new EvidenceId(Guid.CreateVersion7()), who, competency, level, "Observed", today.AddDays(-10), today.AddDays(300)), Lead))));
    }

    private static PurposeContent Purpose(DateOnly today) => new()
    {
        Statement = LocalText.English("To learn who needs shelter"), ProtectionOutcome = "Safer nights", CategoriesOfPeople = "Displaced people", OutOfScope = "Names of perpetrators",
        Decisions = [new DecisionServed("D1", "Where tents go")], Needs = [new InformationNeed("N1", "Who sleeps outside?", "D1", today.AddDays(60))],
    };

    private static Element[] Elements() =>
    [
        Coded("consent", Sensitivity.Open, "yes", "no") with { Ask = ConsentAsk.Participation, NeedCode = null },
        Coded("sharing", Sensitivity.Open, "yes", "no") with { Ask = ConsentAsk.Sharing, NeedCode = null },
        Of("name", "text", Sensitivity.Identifier),
        Coded("sex", Sensitivity.QuasiIdentifier, "f", "m") with { Role = ElementRole.Sex },
        Of("age", "integer", Sensitivity.QuasiIdentifier) with { Role = ElementRole.Age },
        Coded("shelter", Sensitivity.Open, "tent", "outside", "=cmd"),
        Coded("violence", Sensitivity.Sensitive, "happened", "not"),
    ];

    private static Element Of(string name, string type, Sensitivity sensitivity) =>
        new() { Path = "/data/" + name, Name = name, Type = type, Label = LocalText.English(name), NeedCode = "N1", Sensitivity = sensitivity };

    private static Element Coded(string name, Sensitivity sensitivity, params string[] codes) =>
        Of(name, "select_one", sensitivity) with { Choices = [.. codes.Select(c => new ElementChoice(c, LocalText.English(c)))] };

    private static AccessContext Acting(StaffId who) => new(new Actor(ActorKind.Staff, who, Us, []));

    private static StaffId Staff(int n) => new(Guid.Parse($"0195b000-0000-7000-8000-00000000010{n}"));

    private static T Allowed<T>(Decision<T> decision) => decision is Decision<T>.Allowed allowed
        ? allowed.Change
        : throw new InvalidOperationException("Refused: " + string.Join(", ", decision.Refusals.Select(r => r.Slug)));
}
