using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Sharing;
using Amana.Features.Tests.Plans;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Tests.Sharing;

public sealed class An_agreement_of_two_organisations
{
    private static readonly AgreementId Id = new(Guid.Parse("0193b000-0000-7000-8000-000000000401"));

    private static readonly AccessContext Theirs = new(new Actor(ActorKind.Staff, new StaffId(Guid.Parse("0193b000-0000-7000-8000-000000000109")), PlanningHouse.Partner, [Duty.Coordinator]));

    private static AgreementTerms Terms(PlanningHouse house) => new("River and hill", "Planning of clinics", [SharingDetail.DeidentifiedRecords], "Kept sealed", new Period(house.Today, house.Today.AddDays(30)), 3);

    [Theory, OnEveryStore]
    public async Task Holds_when_a_person_of_each_accepted_the_same_terms_and_is_in_the_ledger_with_their_fingerprint(StoreKind store)
    {
        await using var house = await Opened(store);
        Assert.True((await Propose(house)).IsDone);
        Assert.True((await Propose(house)).IsDone); // sent twice
        var agreement = Assert.Single((await house.State()).Agreements);
        Assert.Equal((1, AgreementState.Waiting), (agreement.Acts.Count, agreement.State));
        Assert.Equal(["agreement.your-side-accepted"], Slugs(await Answer(house, house.FocalPoint, agreement.Hash)));
        Assert.Equal(["actor.duty-missing"], Slugs(await Answer(house, house.Stranger, agreement.Hash)));
        Assert.Equal(1, await Waiting(house, Theirs));
        Assert.True((await Answer(house, Theirs, agreement.Hash)).IsDone);
        Assert.True(Assert.Single((await house.State()).Agreements).IsInForce(house.Today));
        Assert.Equal((0, 0), (await Waiting(house, Theirs), await Waiting(house, house.FocalPoint)));
        var entries = await house.Do<AmanaDb, List<string>>(db => db.Set<LedgerEntry>().Where(e => e.Kind == nameof(AgreementProposed) || e.Kind == nameof(AgreementAnswered)).Select(e => e.Canonical).ToListAsync());
        Assert.Equal(2, entries.Count);
        Assert.All(entries, e => Assert.Contains(agreement.Hash, e, StringComparison.Ordinal));
        Assert.All(entries, e => Assert.DoesNotContain("Planning of clinics", e, StringComparison.Ordinal));
    }

    [Theory, OnEveryStore]
    public async Task Falls_back_to_waiting_when_terms_change_and_keeps_what_was_agreed_before(StoreKind store)
    {
        await using var house = await Opened(store);
        await Propose(house);
        var first = Assert.Single((await house.State()).Agreements).Hash;
        await Answer(house, Theirs, first);
        Assert.True((await house.Do<ProposeTerms, Outcome<Nothing>>(u => u.Handle(Theirs, Id, Terms(house) with { SmallestGroup = 7 }, default))).IsDone);
        var changed = Assert.Single((await house.State()).Agreements);
        Assert.Equal((2, false, first), (changed.Revision, changed.IsInForce(house.Today), Assert.Single(changed.Earlier).Hash));
        Assert.Equal(["agreement.changed-meanwhile"], Slugs(await Answer(house, house.FocalPoint, first)));
        Assert.True((await Answer(house, house.FocalPoint, changed.Hash)).IsDone);
        Assert.True(Assert.Single((await house.State()).Agreements).IsInForce(house.Today));
    }

    [Theory, OnEveryStore]
    public async Task With_nobody_here_on_the_other_side_is_a_paper_that_two_people_saw(StoreKind store)
    {
        await using var house = await Opened(store, leave: true);
        await Propose(house);
        var paper = new SignedCopy("Country director", house.Today, "Folder 4");
        Assert.Equal(["actor.duty-missing"], Slugs(await Enter(house, house.Lead, paper)));
        Assert.True((await Enter(house, house.FocalPoint, paper)).IsDone);
        Assert.Equal(["agreement.copy-by-author"], Slugs(await Judge(house, house.FocalPoint)));
        Assert.False(Assert.Single((await house.State()).Agreements).AcceptedByBoth);
        var second = new AccessContext(house.FocalPoint.Actor with { StaffId = house.Colleague.Actor.StaffId, Duties = [Duty.Coordinator] });
        Assert.Equal(1, await Waiting(house, second));
        Assert.True((await Judge(house, second)).IsDone);
        Assert.True(Assert.Single((await house.State()).Agreements).IsInForce(house.Today));
    }

    [Theory, OnEveryStore]
    public async Task Whose_trust_was_broken_waits_for_both(StoreKind store)
    {
        await using var house = await Opened(store);
        await Propose(house);
        await Answer(house, Theirs, Assert.Single((await house.State()).Agreements).Hash);
        Assert.True((await house.Do<ReportBreach, Outcome<Nothing>>(u => u.Handle(Theirs, Id, "A table was passed on", default))).IsDone);
        Assert.Equal((1, 1), (await Waiting(house, Theirs), await Waiting(house, house.FocalPoint)));
        Assert.True((await house.Do<ReportBreach, Outcome<Nothing>>(u => u.Resolve(Theirs, Id, "Called back", default))).IsDone);
        Assert.NotNull(Assert.Single((await house.State()).Agreements).SuspendedAt);
        Assert.True((await house.Do<ReportBreach, Outcome<Nothing>>(u => u.Resolve(house.FocalPoint, Id, "Destroyed", default))).IsDone);
        Assert.True(Assert.Single((await house.State()).Agreements).IsInForce(house.Today));
    }

    private static async Task<PlanningHouse> Opened(StoreKind store, bool leave = false)
    {
        var house = await PlanningHouse.Open(store);
        await house.Change(async db =>
        {
            var partner = await db.Set<Organisation>().SingleAsync(o => o.Id == PlanningHouse.Partner);
            partner.Apply(Assert.IsType<Decision<PrinciplesAccepted>.Allowed>(AccountRules.AcceptPrinciples(partner, DateTimeOffset.UnixEpoch)).Change);
            if (leave)
                foreach (var one in await db.Set<StaffMember>().Where(s => s.OrganisationId == PlanningHouse.Partner).ToListAsync())
                    one.Apply(Assert.IsType<Decision<StaffLeft>.Allowed>(AccountRules.Leave(one, false, false)).Change);
        });
        return house;
    }

    private static Task<Outcome<Nothing>> Propose(PlanningHouse house) =>
        house.Do<ProposeTerms, Outcome<Nothing>>(u => u.Handle(house.FocalPoint, new ProposeAgreement(Id, PlanningHouse.Us, PlanningHouse.Partner, Terms(house)), default));

    private static Task<Outcome<Nothing>> Answer(PlanningHouse house, AccessContext by, string hash) => house.Do<AnswerAgreement, Outcome<Nothing>>(u => u.Handle(by, Id, AgreementActKind.Accepted, hash, "", default));

    private static Task<Outcome<Nothing>> Enter(PlanningHouse house, AccessContext by, SignedCopy paper) => house.Do<RegisterSignedCopy, Outcome<Nothing>>(u => u.Handle(by, Id, paper, default));

    private static Task<Outcome<Nothing>> Judge(PlanningHouse house, AccessContext by) => house.Do<RegisterSignedCopy, Outcome<Nothing>>(u => u.Judge(by, Id, true, default));

    private static Task<int> Waiting(PlanningHouse house, AccessContext by) => house.Do<AgreementList, int>(u => u.Waiting(by.Actor, default));

    private static IReadOnlyList<string> Slugs<T>(Outcome<T> outcome) => [.. outcome.Refusals.Select(r => r.Slug)];
}
