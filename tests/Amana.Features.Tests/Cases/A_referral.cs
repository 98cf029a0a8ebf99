using Amana.Domain.Activities;
using Amana.Domain.Cases;
using Amana.Domain.Consent;
using Amana.Domain.Coordination;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Cases;
using Amana.Features.Coordination;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Rights;
using Amana.Features.Tests.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Cases;

/// <summary>One person passed to one service, from the yes to the outcome.</summary>
public sealed class A_referral
{
    private const string Slip = "AM-7F3K-92QX-M4TD";
    private static readonly CancellationToken None = CancellationToken.None;

    private const string Form = """"
        "survey",,,,
        ,"type","name","label","required"
        ,"select_one yes_no","consent","Do you agree?","yes"
        ,"select_one yes_no","consent_sharing","May we share?",""
        ,"select_one yes_no","consent_referral","May we tell a service about you?",""
        ,"select_one yes_no","consent_photo","May we take a picture?",""
        ,"text","receipt_code","Number of the slip",""
        ,"text","full_name","Name",""
        ,"select_one sex","sex","Sex",""
        ,"integer","age","Age",""
        ,"select_one yes_no","disability","Disability",""
        ,"text","story","What happened?",""
        ,"image","picture","Picture",""
        "choices",,,,
        ,"list_name","name","label",
        ,"yes_no","yes","Yes",
        ,"yes_no","no","No",
        ,"sex","female","Woman or girl",
        ,"sex","male","Man or boy",
        "settings",,,,
        ,"form_title","form_id","version",
        ,"Small","small","1",
        """";

    [Theory, OnEveryStore]
    public async Task Goes_with_a_yes_to_that_service_and_few_answers_and_is_read_there_until_it_is_done(StoreKind store)
    {
        await using var c = await Collecting.Begin(store, form: Form);
        await c.Send(Xml(1, "yes", Slip));
        await c.Send(Xml(2, "no", ""));
        var (yes, no) = (await CodeOf(c, refers: true), await CodeOf(c, refers: false));
        var legal = await List(c, "legal");
        var clinic = await List(c, "health");
        Assert.Equal(["consent.referral-not-given"], Slugs(await Send(c, no, legal)));
        Assert.Equal(["consent.referral-not-given"], Slugs(await Send(c, yes, clinic))); // a yes to one service is none to another
        Assert.Equal(["actor.no-role"], Slugs(await Send(c, yes, legal, by: "im")));
        Assert.Equal(["referral.fields-out-of-range"], Slugs(await Send(c, yes, legal, fields: ["/data/consent"])));
        Assert.Empty(await c.Ask(db => db.Set<Referral>().ToListAsync()));

        var code = (await Send(c, yes, legal)).Result;
        Assert.Equal(["referral.already-sent"], Slugs(await Send(c, yes, legal)));
        var receiver = await c.As("legal");
        var line = Assert.Single(await c.House.Do(s => s.GetRequiredService<ReferralsReceived>().Read(receiver, None)));
        Assert.Equal((code, ReferralState.Sent, 2), (line.Referral.Code, line.Referral.State, line.Referral.Fields));
        Assert.Equal(["referral.not-found"], Slugs(await Read(c, code, "coordination"))); // another organisation
        Assert.Equal(["referral.reader-not-competent"], Slugs(await Read(c, code, "partner"))); // the right one, and not trained for it
        var read = (await Read(c, code, "legal")).Result;
        Assert.Equal("Call after noon", read.Words.Reveal());
        Assert.Equal([("/data/full_name", "Person 1"), ("/data/age", "21")], read.Answers.Select(a => (a.Path, a.Value.Reveal())).OrderByDescending(a => a.Path).ToList());
        Assert.Equal(["referral.declined-without-reason"], Slugs(await Answer(c, code, accepts: false)));
        Assert.True((await Answer(c, code, accepts: true)).IsDone);
        Assert.True((await c.House.Do(s => s.GetRequiredService<FinishReferral>().Handle(receiver, code, ReferralOutcome.Received, None))).IsDone);
        Assert.Equal(["referral.not-open"], Slugs(await Read(c, code, "legal")));
        Assert.Empty(await c.Ask(db => db.Set<Referral>().Select(r => r.Box).SingleAsync()));
        var kinds = await c.Ask(db => db.Set<LedgerEntry>().Select(e => e.Kind).ToListAsync());
        Assert.All(new[] { "ReferRefused", "RecordReadForReferral", "ReferralSent", "ReferralRead", "ReferralAnswered", "ReferralEnded" }, kind => Assert.Contains(kind, kinds));
        Assert.True((await Send(c, yes, legal)).IsDone); // once it is done the person can be referred again
    }

    [Theory, OnEveryStore]
    public async Task Is_overdue_by_itself_and_ended_by_whoever_sent_it(StoreKind store)
    {
        await using var c = await Collecting.Begin(store, form: Form);
        await c.Send(Xml(1, "yes", Slip));
        var code = (await Send(c, await CodeOf(c, refers: true), await List(c, "legal"))).Result;
        Assert.False((await Sent(c)).Single().Overdue);
        c.House.Clock.Move(TimeSpan.FromDays(2));
        Assert.True((await Sent(c)).Single().Overdue);
        var officer = await c.As("protection");
        Assert.True((await c.House.Do(s => s.GetRequiredService<EndReferral>().Handle(officer, c.Activity, code, None))).IsDone);
        Assert.Equal(["referral.not-open"], Slugs(await Read(c, code, "legal")));
        c.House.Clock.Move(TimeSpan.FromDays(20));
        Assert.Contains("referral.service-not-alive", Slugs(await Send(c, await CodeOf(c, refers: true), await c.Ask(db => db.Set<ServicePoint>().Select(s => s.Id).SingleAsync()))));
    }

    [Theory, OnEveryStore]
    public async Task Is_read_no_more_once_the_yes_is_withdrawn_and_the_service_is_told_and_the_row_goes_with_the_person(StoreKind store)
    {
        await using var c = await Collecting.Begin(store, form: Form);
        await c.Send(Xml(1, "yes", Slip));
        var code = (await Send(c, await CodeOf(c, refers: true), await List(c, "legal"))).Result;
        Assert.True((await Read(c, code, "legal")).IsDone);
        Assert.True((await Withdraw(c, ConsentAsk.Referral)).IsDone);
        Assert.Equal(["consent.referral-not-given"], Slugs(await Read(c, code, "legal")));
        var receiver = await c.As("legal");
        Assert.Equal(receiver.Actor.OrganisationId, await c.Ask(db => db.Set<RecipientNotice>().Select(n => (OrganisationId?)n.RecipientId).SingleAsync()));
        Assert.True((await Withdraw(c, ConsentAsk.Participation)).IsDone);
        Assert.Equal(1, (await c.House.Do(s => s.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, None))).Result);
        Assert.Empty(await c.Ask(db => db.Set<Referral>().ToListAsync()));
    }

    private static string Xml(int person, string referral, string slip) =>
        Collecting.Xml(person, slip: slip).Replace("<consent_photo>", $"<consent_referral>{referral}</consent_referral><consent_photo>", StringComparison.Ordinal);

    private static Task<string> CodeOf(Collecting c, bool refers) => c.Ask(async db =>
    {
        var consents = (await db.Set<PersonConsent>().AsNoTracking().ToListAsync()).Where(x => x.Yeses.Contains(ConsentPart.ReferralTo("legal")) == refers).Select(x => x.Id).ToList();
        return await db.Set<RecordEntry>().Where(r => consents.Contains(r.ConsentId)).Select(r => r.Code).SingleAsync();
    });

    private static async Task<ServiceId> List(Collecting c, string kind)
    {
        var (officer, partner) = (await c.As("protection"), (await c.As("legal")).Actor.OrganisationId!.Value);
        var id = Ids.New<ServiceId>(c.House.Clock);
        Assert.True((await c.House.Do(s => s.GetRequiredService<AddServicePoint>().Handle(officer, new ListServicePoint(id, "Desk for " + kind, kind, partner, new Place("QZ01", "Crossings"), "By the gate", ""), None))).IsDone);
        return id;
    }

    private static async Task<Outcome<string>> Send(Collecting c, string record, ServiceId service, string by = "protection", string[]? fields = null)
    {
        var who = await c.As(by);
        var command = new SendReferral(Ids.New<ReferralId>(c.House.Clock), Ids.RandomCode(10), ReferralUrgency.Urgent, fields ?? ["/data/full_name", "/data/age"], "Call after noon");
        return await c.House.Do(s => s.GetRequiredService<ReferPerson>().Handle(who, c.Activity, record, service, command, None));
    }

    private static async Task<Outcome<ReadReferral>> Read(Collecting c, string code, string by)
    {
        var who = await c.As(by);
        return await c.House.Do(s => s.GetRequiredService<OpenReferral>().Handle(who, code, None));
    }

    private static async Task<Outcome<Nothing>> Answer(Collecting c, string code, bool accepts)
    {
        var who = await c.As("legal");
        return await c.House.Do(s => s.GetRequiredService<AnswerReferral>().Handle(who, code, accepts, null, None));
    }

    private static async Task<IReadOnlyList<ListedReferral>> Sent(Collecting c)
    {
        var who = await c.As("protection");
        return (await c.House.Do(s => s.GetRequiredService<ReferralsSent>().Read(who, c.Activity, None))).Result;
    }

    private static Task<Outcome<Withdrawn>> Withdraw(Collecting c, ConsentAsk part) => c.House.Do(s => s.GetRequiredService<WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, Slip, [part], None));

    private static IEnumerable<string> Slugs<T>(Outcome<T> outcome) => outcome.Refusals.Select(r => r.Slug);
}
