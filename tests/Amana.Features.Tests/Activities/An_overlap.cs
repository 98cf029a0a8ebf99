using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Testing;

namespace Amana.Features.Tests.Activities;

public sealed class An_overlap
{
    [Theory, OnEveryStore]
    public async Task Is_found_over_all_organisations_and_its_answer_outlives_a_second_search(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var theirs = planning.AnActivity("Theirs, nearly the same", planning.Them);
        await planning.Do<BeginActivity, int>(u => u.Handle(planning.Stranger, theirs, default));

        Assert.Equal(1, (await Search(planning)).Result);
        var found = Assert.Single((await planning.Snapshot()).Overlaps!.Found);
        Assert.Equal((theirs.Id, 100), (found.OtherId, found.Score.Total));
        Assert.True((await Answer(planning, theirs.Id)).IsDone);
        Assert.True((await Search(planning)).IsDone);
        Assert.Equal(OverlapAnswer.Join, Assert.Single((await planning.Snapshot()).Overlaps!.Found).Answer);
    }

    [Theory, OnEveryStore]
    public async Task Cannot_be_answered_before_the_search(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        Assert.Equal("overlap.not-searched", Assert.Single((await Answer(planning, planning.Activity)).Refusals).Slug);
    }

    private static Task<Outcome<int>> Search(Planning planning) => planning.Do<SearchRegistry, int>(u => u.Handle(planning.Lead, planning.Activity, default));

    private static Task<Outcome<Nothing>> Answer(Planning planning, ActivityId other) =>
        planning.Do<AnswerOverlap, Nothing>(u => u.Handle(planning.Lead, planning.Activity, other, OverlapAnswer.Join, "They are there already", default));
}
