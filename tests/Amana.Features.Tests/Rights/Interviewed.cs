using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.People;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Rights;

/// <summary>A made-up activity and people who were interviewed for it, with sealed boxes and receipts.</summary>
internal static class Interviewed
{
    public static readonly StaffId Lead = new(Guid.Parse("0195a000-0000-7000-8000-0000000000a1"));
    public static readonly StaffId FocalPoint = new(Guid.Parse("0195a000-0000-7000-8000-0000000000a2"));
    private static readonly GateAnswer Yes = new(true, [], []);
    private static readonly OrganisationId Us = new(Guid.Parse("0195a000-0000-7000-8000-0000000000b1"));

    public static AccessContext AsFocalPoint { get; } = new(new Actor(ActorKind.Staff, FocalPoint, Us, [Duty.DataProtectionFocalPoint]));

    public static AccessContext AsLead { get; } = new(new Actor(ActorKind.Staff, Lead, Us, []));

    public static Task StartOperation(this TestHouse house) => house.Do(async services =>
    {
        services.GetRequiredService<AmanaDb>().Add(HumanitarianOperation.Start(Allowed(AccountRules.Start(new StartOperation(Ids.New<OperationId>(house.Clock), "River operation, made up", "XK"), false, house.Clock.Now()))));
        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("OperationMadeUp"));
    });

    /// <summary>An activity with a notice, in a step.</summary>
    public static Task<ActivityId> AddActivity(this TestHouse house, int number, LegalBasis basis = LegalBasis.Consent, PimStep step = PimStep.Implement) => house.Do(async services =>
    {
        var (db, now) = (services.GetRequiredService<AmanaDb>(), house.Clock.Now());
        var id = Ids.New<ActivityId>(house.Clock);
        var activity = Activity.Start(Allowed(ActivityRules.Start(new StartActivity(id, $"Monitoring {number}", MatrixCategory.ProtectionMonitoring, new Place("XX01", "River"),
            [PopulationGroup.Women], new Period(house.Clock.Today(), house.Clock.Today().AddDays(90)), Us, ["en"], SensitivityLevel.Confidential), number, Lead, now)));
        for (var next = PimStep.Design; next <= step; next++)
            activity.Apply(Allowed(ActivityRules.Enter(activity, next, Yes, now)));
        db.Add(activity);
        var content = new NoticeContent { Texts = new Dictionary<string, NoticeText> { ["en"] = new() { WhoAsks = "The river team" } }, Basis = basis, BasisReason = "A mandate" };
        db.Add(Notice.Of(Allowed(ConsentRules.Write(Activity.Start(Allowed(ActivityRules.Start(new StartActivity(id, "x", activity.Category, activity.Place, activity.Population, activity.Period, Us,
            ["en"], activity.Level), number, Lead, now))), Ids.New<NoticeId>(house.Clock), 1, content, Lead, now))));
        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("ActivityMadeUp", id));
        return id;
    });

    /// <summary>A person with a record, a sealed box and a receipt of this code.</summary>
    public static Task<(PersonId Person, string RecordCode)> Interview(this TestHouse house, ActivityId activity, string receipt, params ConsentAsk[] yeses) => house.Do(async services =>
    {
        var (db, safe, now) = (services.GetRequiredService<AmanaDb>(), services.GetRequiredService<Safe>(), house.Clock.Now());
        var notice = db.Set<Notice>().Single(n => n.ActivityId == activity);
        var (person, record) = (Ids.New<PersonId>(house.Clock), Ids.New<RecordId>(house.Clock));
        var index = services.GetRequiredService<ReceiptCodes>().IndexOfTyped(receipt);
        var consent = Allowed(ConsentRules.Receive(new ReceiveConsent(Ids.New<ConsentId>(house.Clock), person, "en", Lead.Value, index),
            new StatedConsent([ConsentAsk.Participation, .. yeses], false, "en", ConsentGiver.Self, ConsentMeans.Spoken), notice, now));
        var box = await safe.SealCoded(activity, record, Encoding.UTF8.GetBytes("[]"), CancellationToken.None);
        var code = Ids.RandomCode(10);
        var accepted = Allowed(RecordRules.Accept(db.Set<Activity>().Single(a => a.Id == activity), new AcceptRecord(record, code, default, person, Lead.Value, [], box), Yes, consent, now));
        db.AddRange(new Person(person, activity), RecordEntry.Of(accepted), PersonConsent.Of(consent));
        db.Add(new PersonBox(Ids.NewGuid(house.Clock), record, person, Compartment.Identity, 1, "", await safe.SealForPerson(person, Compartment.Identity, record, Encoding.UTF8.GetBytes(receipt), CancellationToken.None)));
        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, Happening.Of(accepted, activity, record.Value));
        return (person, code);
    });

    public static T Allowed<T>(Decision<T> decision) => decision is Decision<T>.Allowed allowed
        ? allowed.Change
        : throw new InvalidOperationException(string.Join(", ", decision.Refusals.Select(r => r.Slug)));
}
