using Amana.Domain.Purpose;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Purpose;
using Amana.Features.Tests.Activities;
using Amana.Testing;

namespace Amana.Features.Tests.Purpose;

public sealed class A_purpose
{
    [Theory, OnEveryStore]
    public async Task Is_weighed_by_someone_else_than_its_author(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        await State(planning, planning.APurpose());
        Assert.Equal("purpose.weighed-by-author", Assert.Single((await Weigh(planning, planning.Lead)).Refusals).Slug);
        Assert.Equal("actor.may-not-plan", Assert.Single((await Weigh(planning, planning.Officer)).Refusals).Slug);
        Assert.True((await Weigh(planning, planning.FocalPoint)).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Sent_again_unchanged_stays_weighed_and_published(StoreKind store)
    {
        await using var planning = await Published(store);
        await State(planning, planning.APurpose());
        var purpose = (await planning.Snapshot()).Purpose!;
        Assert.NotNull(purpose.PublishedAt);
        Assert.NotNull(purpose.Proportionality);
    }

    [Theory, OnEveryStore]
    public async Task That_changes_has_to_be_weighed_and_told_anew(StoreKind store)
    {
        await using var planning = await Published(store);
        await State(planning, planning.APurpose() with { OutOfScope = "Nothing" });
        var purpose = (await planning.Snapshot()).Purpose!;
        Assert.Null(purpose.PublishedAt);
        Assert.Null(purpose.Proportionality);
    }

    [Theory, OnEveryStore]
    public async Task Without_one_of_the_languages_is_not_published(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        await State(planning, planning.APurpose() with { Statement = LocalText.English("Only here") });
        var refused = await planning.Do<PublishPurpose, Nothing>(u => u.Handle(planning.Lead, planning.Activity, default));
        Assert.Equal("ar", Assert.Single(refused.Refusals).Args["languages"]);
    }

    [Theory, OnEveryStore]
    public async Task Shows_each_use_once_even_when_it_is_sent_twice(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        await State(planning, planning.APurpose());
        for (var i = 0; i < 2; i++)
            Assert.True((await planning.Do<UseEvidence, Nothing>(u => u.Handle(planning.Lead, planning.Activity, "N1", "Lights stand", planning.Today, default))).IsDone);
        Assert.Single((await planning.Snapshot()).Purpose!.Uses);
    }

    private static async Task<Planning> Published(StoreKind store)
    {
        var planning = await Planning.Begin(store);
        await State(planning, planning.APurpose());
        Assert.True((await Weigh(planning, planning.FocalPoint)).IsDone);
        Assert.True((await planning.Do<PublishPurpose, Nothing>(u => u.Handle(planning.Lead, planning.Activity, default))).IsDone);
        return planning;
    }

    private static async Task State(Planning planning, PurposeContent content) =>
        Assert.True((await planning.Do<StatePurpose, Nothing>(u => u.Handle(planning.Lead, planning.Activity, content, default))).IsDone);

    private static Task<Outcome<Nothing>> Weigh(Planning planning, AccessContext who) =>
        planning.Do<WeighPurpose, Nothing>(u => u.Handle(who, planning.Activity, "Worth it", new Dictionary<string, string>(), default));
}
