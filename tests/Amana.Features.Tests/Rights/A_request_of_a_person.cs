using System.Text.Json;
using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Rights;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Rights;

public sealed class A_request_of_a_person
{
    private const string Code = "AM-7F3K-92QX-M4TD";
    private const string Wish = "My year of birth is wrong.";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEveryStore]
    public async Task Is_registered_once_with_its_day_and_answered_in_words_that_the_code_opens(StoreKind store)
    {
        await using var house = await Started(store);
        var due = (await Ask(house, RightKind.Correction, Wish)).Result;
        Assert.Equal(house.Clock.Today().AddDays(30), due);
        Assert.Equal(due, (await Ask(house, RightKind.Correction, Wish)).Result);
        var request = await Only(house);
        Assert.Equal((IdentityCheck.CodeOnReceipt, null), (request.Check, request.CheckedBy));
        Assert.DoesNotContain(Wish, System.Text.Encoding.UTF8.GetString(request.WishBox), StringComparison.Ordinal);

        Assert.Equal(Wish, (await Do<OpenRequest, Sensitive<string>>(house, u => u.Handle(Interviewed.AsFocalPoint, request.Id, None))).Result.Reveal());
        Assert.Equal("actor.duty-missing", Assert.Single((await Do<OpenRequest, Sensitive<string>>(house, u => u.Handle(Interviewed.AsLead, request.Id, None))).Refusals).Slug);
        Assert.True((await Do<CheckIdentity, Nothing>(house, u => u.Handle(Interviewed.AsFocalPoint, request.Id, IdentityCheck.DocumentSeen, None))).IsDone);
        Assert.Equal("Words", Assert.Single((await Answer(house, request.Id, RequestOutcome.Served, null, " ")).Refusals).Field);
        Assert.True((await Answer(house, request.Id, RequestOutcome.Served, null, "It says 1991 now.")).IsDone);
        Assert.True((await Answer(house, request.Id, RequestOutcome.Refused, RefusedBecause.Unfounded, "sent twice")).IsDone);

        var read = Assert.Single(await house.Do(s => s.GetRequiredService<AnswersByReceipt>().Read(AccessContext.PersonWithReceipt, Code, None)));
        Assert.Equal((RequestOutcome.Served, IdentityCheck.DocumentSeen, "It says 1991 now."), (read.Request.Outcome, read.Request.Check, read.Words.Reveal()));
        Assert.Empty(await house.Do(s => s.GetRequiredService<AnswersByReceipt>().Read(AccessContext.PersonWithReceipt, "AM-0000-0000-0000", None)));
    }

    [Theory, OnEveryStore]
    public async Task Says_nothing_any_more_once_the_person_was_erased(StoreKind store)
    {
        await using var house = await Started(store);
        await Ask(house, RightKind.Complaint, Wish);
        await house.Do(s => s.GetRequiredService<WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, Code, [ConsentAsk.Participation], None));
        await house.Do(s => s.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, None));
        Assert.All(await house.Do(s => s.GetRequiredService<AmanaDb>().Set<RightsRequest>().ToListAsync()), r => Assert.True(r.WishBox.Length + r.AnswerBox.Length == 0 && r.PersonId.Value == Guid.Empty && r.DoneAt is not null));
    }

    [Theory, OnEveryStore]
    public async Task For_a_copy_is_told_what_why_and_who_touched_it_and_no_code(StoreKind store)
    {
        await using var house = await Started(store);
        await house.Do(s => s.GetRequiredService<HeldByReceipt>().Read(AccessContext.PersonWithReceipt, Code, None));
        Assert.Null(await house.Do(s => s.GetRequiredService<AccessCopies>().Read(AccessContext.PersonWithReceipt, "AM-0000-0000-0000", None)));
        var copy = (await house.Do(s => s.GetRequiredService<AccessCopies>().Read(AccessContext.PersonWithReceipt, Code, None)))!;
        Assert.Equal((1, 1), (copy.Records.Count, copy.SealedBoxes));
        Assert.Contains(copy.Touches, t => t is { Kind: "HoldingsShown", Actor: "person" });
        Assert.Contains(copy.Touches, t => t.Kind == "RecordAccepted");
        foreach (var text in new[] { ConsentDocuments.Receipt(copy, "en"), ConsentDocuments.Copy(copy, "en") })
        {
            using var json = JsonDocument.Parse(text);
            Assert.DoesNotContain("7F3K", text, StringComparison.Ordinal);
        }

        using var receipt = JsonDocument.Parse(ConsentDocuments.Receipt(copy, "en"));
        var record = receipt.RootElement.GetProperty("dpv:hasRecordOfActivity");
        Assert.Equal("dpv:ConsentReceipt", receipt.RootElement.GetProperty("@type").GetString());
        Assert.Equal("dpv:ConsentGiven", record.GetProperty("dpv:hasConsentStatus")[0].GetProperty("@type").GetString());
        Assert.Equal("sha-256:" + copy.Consent.NoticeHash, record.GetProperty("dpv:hasNotice").GetProperty("dct:identifier").GetString());
    }

    [Theory, OnEveryStore]
    public async Task To_take_back_sharing_is_told_to_each_recipient_chased_and_done_when_the_last_confirmed(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1);
        await house.Interview(activity, Code, ConsentAsk.Sharing);
        await Release(house, activity);
        await house.Do(s => s.GetRequiredService<WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, Code, [ConsentAsk.Sharing], None));
        Assert.Null((await Only(house)).DoneAt);
        var notice = await house.Do(s => s.GetRequiredService<AmanaDb>().Set<RecipientNotice>().SingleAsync());
        Assert.Equal((Partner, null), (notice.RecipientId, notice.ToldAt));
        Assert.Equal("recipient.not-told", Assert.Single((await Confirm(house, notice.Id)).Refusals).Slug);
        Assert.DoesNotContain("gap.recipient-not-told", await GapsOfWithdrawal(house, activity));
        house.Clock.Move(TimeSpan.FromDays(31));
        Assert.Contains("gap.recipient-not-told", await GapsOfWithdrawal(house, activity));
        Assert.True((await Tell(house, notice.Id)).IsDone);
        house.Clock.Move(TimeSpan.FromDays(31));
        Assert.Contains("gap.recipient-not-confirmed", await GapsOfWithdrawal(house, activity));
        Assert.Equal(1, (await Desk(house)).RecipientsOverdue);
        Assert.True((await Tell(house, notice.Id)).IsDone);
        Assert.DoesNotContain("gap.recipient-not-confirmed", await GapsOfWithdrawal(house, activity));
        Assert.True((await Confirm(house, notice.Id)).IsDone);
        var shown = Assert.Single((await Desk(house)).Requests);
        Assert.Equal((true, 1, RecipientAnswer.Erased), (shown.Request.DoneAt is not null, shown.Recipients[0].Notice.Reminders, shown.Recipients[0].Notice.Answer));
    }

    private static readonly OrganisationId Partner = new(Guid.Parse("0195a000-0000-7000-8000-0000000000b2"));

    private static async Task<TestHouse> Started(StoreKind store)
    {
        var house = await TestHouse.Open(store);
        await house.StartOperation();
        await house.Interview(await house.AddActivity(1), Code);
        return house;
    }

    private static Task<Outcome<DateOnly>> Ask(TestHouse house, RightKind kind, string words) =>
        Do<RegisterRequest, DateOnly>(house, u => u.Handle(AccessContext.PersonWithReceipt, new AskedRight(Code.ToLowerInvariant(), kind, new Sensitive<string>(words)), None));

    private static Task<Outcome<Nothing>> Answer(TestHouse house, RequestId id, RequestOutcome outcome, RefusedBecause? because, string words) =>
        Do<AnswerRequest, Nothing>(house, u => u.Handle(Interviewed.AsFocalPoint, id, new GivenAnswer(outcome, because, new Sensitive<string>(words)), None));

    private static Task<Outcome<Nothing>> Tell(TestHouse house, RecipientNoticeId id) => Do<TellRecipient, Nothing>(house, u => u.Handle(Interviewed.AsFocalPoint, id, None));

    private static Task<Outcome<Nothing>> Confirm(TestHouse house, RecipientNoticeId id) => Do<ConfirmRecipient, Nothing>(house, u => u.Handle(Interviewed.AsFocalPoint, id, RecipientAnswer.Erased, None));

    private static async Task<ShownDesk> Desk(TestHouse house) => (await Do<RightsDesk, ShownDesk>(house, u => u.Read(Interviewed.AsFocalPoint, None))).Result;

    private static Task<RightsRequest> Only(TestHouse house) => house.Do(s => s.GetRequiredService<AmanaDb>().Set<RightsRequest>().AsNoTracking().SingleAsync());

    private static async Task<IReadOnlyList<string>> GapsOfWithdrawal(TestHouse house, ActivityId activity)
    {
        var snapshot = await house.Do(s => s.GetRequiredService<ActivityReader>().Snapshot(activity, None));
        return [.. Catalogue.Rules.Single(r => r.Id == "IC-5").Evaluate(snapshot!).Gaps.Select(g => g.Slug)];
    }

    private static Task<Outcome<T>> Do<TUse, T>(TestHouse house, Func<TUse, Task<Outcome<T>>> use) where TUse : notnull => house.Do(s => use(s.GetRequiredService<TUse>()));

    /// <summary>A release to the partner that was approved after the interview.</summary>
    private static Task Release(TestHouse house, ActivityId id) => house.Do(async s =>
    {
        var (db, now) = (s.GetRequiredService<AmanaDb>(), house.Clock.Now());
        var activity = await db.Set<Activity>().SingleAsync(a => a.Id == id);
        var partner = Organisation.Admit(Interviewed.Allowed(AccountRules.Admit(new AdmitOrganisation(Partner, "Made-up partner", "PARTNER", OrganisationKind.NationalNgo, true), [], now)));
        var agreement = Agreed.Between(new AgreementId(Guid.CreateVersion7()), activity.OrganisationId, partner, "Sharing", new Period(house.Clock.Today(), house.Clock.Today().AddDays(300)), now);
        var release = Domain.Sharing.Release.Of(Interviewed.Allowed(SharingRules.Propose(activity, new ProposeRelease(new ReleaseId(Guid.CreateVersion7()), agreement.Id, "N1", "Paths", new Domain.Sharing.ReleaseNote("People in forty tents", "Every tenth tent, all asked", "Forty of two hundred tents", "People outside the camps"), "00", [1]), agreement, new MeasuredRisk(["sex"], ["sex"], 40, 5, 3, 0, 0.1), Interviewed.Lead, now)));
        release.Apply(Interviewed.Allowed(SharingRules.Decide(release, agreement, true, "Safe enough", Interviewed.FocalPoint, now)));
        db.AddRange(partner, agreement, release);
        await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, None, new Happening("ReleaseMadeUp", id));
    });
}
