using System.Text;
using Amana.Domain.Activities;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Participation;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Features.Tests.Activities;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Participation;

public sealed class The_words_of_feedback
{
    private const string Words = "The interviewer came too late at night";

    [Theory, OnEveryStore]
    public async Task Open_for_a_role_and_a_need_and_the_reading_is_in_the_ledger(StoreKind store)
    {
        await using var planning = await Running(store);
        var feedback = await Give(planning);
        var opened = await Open(planning, planning.Officer.Citing("N1"), feedback);
        Assert.Equal(Words, opened.Result.Reveal());
        Assert.Single(await planning.Ledger(), e => e.Kind == "FeedbackOpened");
    }

    [Theory, OnEveryStore]
    public async Task Stay_sealed_without_a_need_or_without_a_role_and_the_refusal_is_in_the_ledger(StoreKind store)
    {
        await using var planning = await Running(store);
        var feedback = await Give(planning);
        Assert.Equal("purpose.not-cited", Assert.Single((await Open(planning, planning.Officer, feedback)).Refusals).Slug);
        Assert.Equal("actor.no-role", Assert.Single((await Open(planning, planning.Lead.Citing("N1"), feedback)).Refusals).Slug);
        Assert.Equal(2, (await planning.Ledger()).Count(e => e.Kind == "OpenRefused"));
    }

    [Theory, OnEveryStore]
    public async Task Are_not_needed_to_mark_it_as_answered_once(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var feedback = await Give(planning);
        for (var i = 0; i < 2; i++)
            Assert.True((await planning.Do<AnswerFeedback, Nothing>(u => u.Handle(planning.Lead, planning.Activity, feedback, new Sensitive<string>("We come on Tuesdays now."), default))).IsDone);
        Assert.Single(await planning.Ledger(), e => e.Kind == nameof(FeedbackAnswered));
        Assert.Equal(planning.House.Clock.Now(), Assert.Single((await planning.Snapshot()).Feedback).AnsweredAt);
    }

    [Theory, OnEveryStore]
    public async Task Said_in_confidence_are_there_for_the_focal_point_alone_and_the_answer_goes_to_whoever_has_the_code(StoreKind store)
    {
        await using var planning = await Running(store);
        var said = new SaidToUs(Ids.New<FeedbackId>(planning.House.Clock), (await planning.Snapshot()).Activity.Number, FeedbackKind.Complaint, "ar", new Sensitive<string>(Words)) { Confidential = true };
        Task<Outcome<Heard>> Say() => planning.Do<GiveFeedback, Heard>(u => u.Handle(AccessContext.PersonWithReceipt, said, default));
        var heard = (await Say()).Result;
        Assert.Equal(heard, (await Say()).Result); // sent twice
        Assert.Equal("feedback.not-found", Assert.Single((await Open(planning, planning.Officer.Citing("N1"), said.Id)).Refusals).Slug);
        Assert.Equal("feedback.not-found", Assert.Single((await Answer(planning, planning.Lead, said.Id, "x")).Refusals).Slug);
        var focal = new AccessContext(planning.Officer.Actor with { Duties = [Domain.Accounts.Duty.DataProtectionFocalPoint] });
        Assert.Equal(Words, (await Open(planning, focal, said.Id)).Result.Reveal());

        Assert.Equal((null, ""), await Reply(planning, heard.Code) is { } open ? (open.AnsweredAt, open.Words.Reveal()) : default);
        Assert.True((await Answer(planning, focal, said.Id, "Somebody else comes now.")).IsDone);
        Assert.Equal("Somebody else comes now.", (await Reply(planning, heard.Code.ToLowerInvariant()))!.Words.Reveal());
        Assert.NotNull(Assert.Single((await planning.Snapshot()).Feedback).HeardAt);
        Assert.Null(await Reply(planning, "FB-0000-0000-0000"));
    }

    private static Task<Outcome<Nothing>> Answer(Planning planning, AccessContext who, FeedbackId feedback, string words) =>
        planning.Do<AnswerFeedback, Nothing>(u => u.Handle(who, planning.Activity, feedback, new Sensitive<string>(words), default));

    private static Task<FeedbackReply?> Reply(Planning planning, string code) => planning.House.Do(s => s.GetRequiredService<FeedbackReplies>().Read(AccessContext.PersonWithReceipt, code, default));

    private static async Task<Planning> Running(StoreKind store)
    {
        var planning = await Planning.Begin(store);
        await planning.EnterDesign();
        await planning.Complete();
        Assert.Empty((await planning.Enter(PimStep.Implement)).Refusals);
        return planning;
    }

    private static Task<Outcome<Sensitive<string>>> Open(Planning planning, AccessContext who, FeedbackId feedback) =>
        planning.Do<OpenFeedback, Sensitive<string>>(u => u.Handle(who, planning.Activity, feedback, default));

    private static async Task<FeedbackId> Give(Planning planning)
    {
        var id = Ids.New<FeedbackId>(planning.House.Clock);
        await planning.House.Do(async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            var activity = await db.Set<Activity>().FirstAsync(a => a.Id == planning.Activity);
            var box = await services.GetRequiredService<Safe>().SealFile(planning.Activity, id.Value, Encoding.UTF8.GetBytes(Words), default);
            var given = Planning.Allowed(ParticipationRules.Give(activity, new SayFeedback(id, FeedbackKind.Complaint, "en", box), planning.House.Clock.Now()));
            db.Add(Feedback.Of(given));
            await services.GetRequiredService<Features.Platform.Ledger.LedgerBook>().Commit(AccessContext.PersonWithReceipt, default, Features.Platform.Ledger.Happening.Of(given, planning.Activity, id.Value));
        });
        return id;
    }
}
