using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Features.Activities;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Tests.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Forms;

/// <summary>A question in words that somebody classed as open, in a form that collects (SEC-2).</summary>
public sealed class Words_that_are_not_sealed
{
    private const string Reason = "Only the number of a tent fits into it";

    [Theory, OnEveryStore]
    public async Task Hold_what_comes_by_the_form_until_someone_competent_says_why_they_name_nobody(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        Assert.True((await c.Send(Collecting.Xml(1))).IsDone);
        await c.House.Do(async s =>
        {
            var form = await s.GetRequiredService<AmanaDb>().Set<FormVersion>().SingleAsync(f => f.ActivityId == c.Activity);
            var opened = form.Elements.Select(e => e.Name == "story" ? e with { Sensitivity = Sensitivity.Open } : e).ToList();
            typeof(FormVersion).GetProperty(nameof(FormVersion.Elements))!.SetValue(form, opened);
            await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, default, new Happening("MadeUp", c.Activity));
        });
        Assert.True((await c.Send(Collecting.Xml(2))).IsDone);
        Assert.Contains("SEC-2", (await c.Ask(db => db.Set<QuarantinedSubmission>().AsNoTracking().SingleAsync())).HeldBy);

        Assert.Equal(["actor.may-not-approve"], await Say(c, "im", Reason));
        Assert.Equal(["form.reason-says-nothing"], await Say(c, "protection", "tent"));
        Assert.Equal(["form.words-are-sealed"], await Say(c, "protection", Reason, "full_name"));
        Assert.Empty(await Say(c, "protection", Reason));
        Assert.True((await c.Send(Collecting.Xml(3))).IsDone);
        Assert.Equal((2, 1), (await c.Ask(db => db.Set<RecordEntry>().CountAsync()), await c.Ask(db => db.Set<QuarantinedSubmission>().CountAsync())));
        Assert.DoesNotContain("tent", (await c.Ask(db => db.Set<LedgerEntry>().Where(e => e.Kind == nameof(WordsJudged)).Select(e => e.Canonical).SingleAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_no_reason_to_stop_where_the_key_lies_beside_the_data()
    {
        await using var c = await Collecting.Begin(StoreKind.Sqlite);
        var answer = Catalogue.Find("SEC-2")!.Evaluate((await c.House.Do(s => s.GetRequiredService<ActivityReader>().Snapshot(c.Activity, default)))!);
        Assert.Equal(RuleState.Met, answer.State);
        Assert.Equal("remark.keys-in-same-folder", Assert.Single(answer.Remarks).Slug);
    }

    [Fact]
    public async Task Place_the_key_by_folder_volume_and_seal()
    {
        await using var house = await TestHouse.Open(StoreKind.Sqlite);
        await house.Do(s =>
        {
            var keyring = s.GetRequiredService<Keyring>();
            var store = house.Store;
            Assert.Equal(KeyPlace.SameFolder, KeyPlaces.Of(store, keyring));
            Assert.Equal(KeyPlace.SameVolume, KeyPlaces.Of(store with { KeyringDirectory = Directory.GetParent(store.DataDirectory) + "/elsewhere" }, keyring));
            Assert.Equal(KeyPlace.Apart, KeyPlaces.Of(store with { KeyringDirectory = "/proc/elsewhere" }, keyring)); // a volume of its own
            Assert.Equal(KeyPlace.Apart, KeyPlaces.Of(store with { ConnectionString = "Host=elsewhere" }, keyring));
            return Task.CompletedTask;
        });
    }

    private static async Task<IReadOnlyList<string>> Say(Collecting c, string by, string reason, string element = "story")
    {
        var who = await c.As(by);
        var form = await c.Ask(db => db.Set<FormVersion>().AsNoTracking().SingleAsync(f => f.ActivityId == c.Activity));
        var outcome = await c.House.Do(s => s.GetRequiredService<JudgeWords>().Handle(who, c.Activity, form.Id, form.Elements.First(e => e.Name == element).Path, reason, default));
        return [.. outcome.Refusals.Select(r => r.Slug)];
    }
}
