using Amana.Domain.Activities;
using Amana.Domain.Consent;
using Amana.Domain.Participation;
using Amana.Domain.People;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Participation;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Rights;
using Amana.Features.Tests.Platform;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Rights;

public sealed class The_end_of_an_activity
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEveryStore]
    public async Task Erases_all_it_holds_about_people_and_leaves_other_activities_whole(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var (ending, other) = (await house.AddActivity(1, step: PimStep.Evaluate), await house.AddActivity(2));
        var people = new[] { await house.Interview(ending, "AM-1"), await house.Interview(ending, "AM-2") };
        var (staying, _) = await house.Interview(other, "AM-3");
        await Speak(house, 1);
        await Speak(house, 2);
        await using var before = await house.WithCopyOfTheDataAndThisKeyring();

        var id = await End(house, ending);

        await before.Reopen();
        Assert.Null(await before.ReadName(people[0].Person));
        Assert.Equal("AM-3", await house.ReadName(staying));
        await house.Do(async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            Assert.Equal([staying], await db.Set<Person>().Select(p => p.Id).ToListAsync());
            Assert.Equal([other], await db.Set<PersonConsent>().Select(c => c.ActivityId).ToListAsync());
            Assert.Equal([other], await db.Set<RecordEntry>().Select(r => r.ActivityId).ToListAsync());
            Assert.False(await db.Set<DataKey>().AnyAsync(k => k.OwnerId == ending.Value));
            Assert.Equal([other], (await db.Set<Feedback>().ToListAsync()).Where(f => f.WordsBox.Length > 0).Select(f => f.ActivityId));
            Assert.Equal(PimStep.Closed, (await db.Set<Activity>().SingleAsync(a => a.Id == ending)).Step);
            var proof = (await services.GetRequiredService<CertificateReader>().Read(ending, id, None))!;
            Assert.True(proof.Certificate is { Reason: DisposalReason.EndOfActivity, People: 2, Records: 2, Boxes: 2 });
            Assert.Equal((1, 0), (proof.Count("words"), proof.Count("refusals")));
        });
        await A_withdrawal.LedgerVerifies(house);
        await house.Do(async services =>
        {
            var reader = services.GetRequiredService<CertificateReader>();
            var proof = (await reader.Proof((await reader.Read(ending, id, None))!, None))!;
            Assert.True(proof.Holds([services.GetRequiredService<Keyring>().LedgerSigner.Verifier], out _));
        });
    }

    [Theory, OnEveryStore]
    public async Task Needs_a_proposal_and_somebody_else_who_holds_the_duty(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1, step: PimStep.Evaluate);
        Assert.Contains("closing.not-proposed", await Close(house, Interviewed.AsFocalPoint, activity));
        Assert.Contains("actor.may-not-erase", await Close(house, Interviewed.AsLead, activity));
        await house.Do(s => s.GetRequiredService<LedgerBook>().Commit(Interviewed.AsFocalPoint, None, new Happening(nameof(ClosingProposed), activity)));
        Assert.Contains("closing.confirmed-by-proposer", await Close(house, Interviewed.AsFocalPoint, activity));
    }

    [Theory, OnEveryStore]
    public async Task Confirmed_twice_answers_with_the_certificate_that_exists(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1, step: PimStep.Evaluate);
        var id = await End(house, activity);
        Assert.Equal(id, (await house.Do(s => s.GetRequiredService<CloseActivity>().Handle(Interviewed.AsFocalPoint, activity, None))).Result);
        Assert.Equal(1, await house.Do(s => s.GetRequiredService<AmanaDb>().Set<DisposalCertificate>().CountAsync()));
    }

    private static Task<CertificateId> End(TestHouse house, ActivityId activity) => house.Do(async services =>
    {
        var s = (await services.GetRequiredService<ActivityReader>().Snapshot(activity, None))!;
        var closed = Interviewed.Allowed(ActivityRules.Enter(s.Activity, PimStep.Closed, new GateAnswer(true, [], []), house.Clock.Now()));
        return await services.GetRequiredService<ActivityDisposal>().Run(Interviewed.AsFocalPoint, s, closed, DisposalReason.EndOfActivity, None);
    });

    private static async Task<List<string>> Close(TestHouse house, AccessContext who, ActivityId activity) =>
        [.. (await house.Do(s => s.GetRequiredService<CloseActivity>().Handle(who, activity, None))).Refusals.Select(r => r.Slug)];

    private static Task Speak(TestHouse house, int activity) => house.Do(s => s.GetRequiredService<GiveFeedback>().Handle(AccessContext.PersonWithReceipt,
        new SaidToUs(Ids.New<FeedbackId>(house.Clock), activity, FeedbackKind.Complaint, "en", new Sensitive<string>("The queue is too long")), None));
}
