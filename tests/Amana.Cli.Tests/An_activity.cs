using System.Text.Json;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli.Tests;

public sealed class An_activity
{
    [Theory, OnEveryStore]
    public async Task Whose_rules_are_not_met_is_not_opened_and_says_why(StoreKind kind)
    {
        await using var store = await WithAnActivity(kind);
        var rules = await Program.Amana(["activity", "rules", "1", .. store.Options]);
        Assert.Equal((0, ""), (rules.Code, rules.Error));
        foreach (var rule in Catalogue.Rules)
            Assert.Contains(" " + rule.Id + "\n", rules.Output);

        var opened = await Program.Amana(["activity", "open", "1", "--as", "amina@relief.example", .. store.Options]);
        Assert.Equal((1, ""), (opened.Code, opened.Output));
        Assert.NotEmpty(opened.Error);
        Assert.Equal(PimStep.Assess, await store.Do(s => s.GetRequiredService<AmanaDb>().Set<Activity>().Select(a => a.Step).SingleAsync()));
    }

    [Fact]
    public async Task Stands_as_the_rules_say_in_json_too()
    {
        await using var store = await WithAnActivity(StoreKind.Sqlite);
        var answer = await Program.Amana(["activity", "check", "1", "--json", .. store.Options]);
        Assert.Equal((1, ""), (answer.Code, answer.Error)); // one rule at least is not met
        using var told = JsonDocument.Parse(answer.Output);
        Assert.Equal(Catalogue.Rules.Select(r => r.Id), told.RootElement.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        var notMet = told.RootElement.GetProperty("rules").EnumerateArray().First(r => r.GetProperty("state").GetString() == "NotMet");
        Assert.NotEqual("", notMet.GetProperty("gaps")[0].GetProperty("text").GetString());
        var id = told.RootElement.GetProperty("id").GetString()!;
        Assert.Equal(answer.Output, (await Program.Amana(["activity", "check", id, "--json", .. store.Options])).Output);
        Assert.Equal((1, "There is no activity 9."), await Refused(store, "9"));
        Assert.Equal((1, "'x' is neither the number nor the id of an activity."), await Refused(store, "x"));
    }

    private static async Task<(int, string)> Refused(EmptyStore store, string id)
    {
        var answer = await Program.Amana(["activity", "check", id, .. store.Options]);
        return (answer.Code, answer.Error.Trim());
    }

    /// <summary>The one command that opens answers of people goes through the same gate: no file comes to be, and the refusal is entered with its rule.</summary>
    [Theory, OnEveryStore]
    public async Task Whose_rules_are_not_met_gives_no_answers_by_command(StoreKind kind)
    {
        await using var store = await WithAnActivity(kind);
        using var folder = new Folder();
        var answer = await Program.Amana(["activity", "answers", "1", "--as", "amina@relief.example", "--need", "N1", "--out", folder["answers.csv"], .. store.Options]);
        Assert.Equal((1, ""), (answer.Code, answer.Output));
        Assert.Contains("DP-4", answer.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["answers.csv"]));
        Assert.Contains("DP-4", await store.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().Where(e => e.Kind == "AnalyseRefused").Select(e => e.Canonical).SingleAsync()), StringComparison.Ordinal);
    }

    /// <summary>Referring and linking by command meet the same gate: refused with the rule, entered, and nothing is kept.</summary>
    [Theory, OnEveryStore]
    public async Task Whose_rules_are_not_met_refers_and_links_nobody_by_command(StoreKind kind)
    {
        await using var store = await WithAnActivity(kind);
        string[] amina = ["--as", "amina@relief.example", .. store.Options];
        var searched = await Program.Amana(["link", "search", "1", "--need", "N1", "--question", "full_name", "--question", "age", .. amina]);
        Assert.Equal((1, ""), (searched.Code, searched.Output));
        Assert.Contains("DP-4", searched.Error, StringComparison.Ordinal);
        Assert.Contains("DP-4", await store.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().Where(e => e.Kind == "LinkRefused").Select(e => e.Canonical).SingleAsync()), StringComparison.Ordinal);
        foreach (string[] asked in new string[][] { ["link", "list", "1"], ["refer", "list", "1"], ["refer", "end", "1", "XXXX"], ["refer", "answer", "XXXX"], ["refer", "outcome", "XXXX", "Received"],
            ["link", "decide", "1", Guid.NewGuid().ToString(), "--same", "true"] })
        {
            var answer = await Program.Amana([.. asked, .. amina]);
            Assert.Equal((1, ""), (answer.Code, answer.Output));
            Assert.NotEqual("", answer.Error);
        }

        var sent = await Program.Amana(["refer", "send", "1", "--record", "XXXX", "--service", Guid.NewGuid().ToString(), "--field", "/data/phone", .. amina], "Safe to call in the morning\n");
        Assert.Equal(1, sent.Code);
        Assert.DoesNotContain("Safe to call", sent.Output + sent.Error, StringComparison.Ordinal);
        Assert.Equal((0, "No referrals."), (await Program.Amana(["refer", "received", .. amina])) is var received ? (received.Code, received.Output.Trim()) : default);
        Assert.Equal(1, (await Program.Amana(["refer", "received", "--as", "nobody@relief.example", .. store.Options])).Code);
        Assert.Equal(2, (await Program.Amana(["refer", "outcome", "XXXX", "Nothing", .. amina])).Code); // not one of the words
    }

    [Fact]
    public async Task Is_opened_in_nobodys_name()
    {
        await using var store = await WithAnActivity(StoreKind.Sqlite);
        var answer = await Program.Amana(["activity", "open", "1", "--as", "nobody@relief.example", .. store.Options]);
        Assert.Equal(1, answer.Code);
        Assert.Contains("no active staff member", answer.Error);
    }

    [Fact]
    public async Task That_is_none_is_refused()
    {
        await using var store = await WithAnActivity(StoreKind.Sqlite);
        var answer = await Program.Amana(["activity", "rules", "9", .. store.Options]);
        Assert.Equal((1, "There is no activity 9."), (answer.Code, answer.Error.Trim()));
    }

    private static async Task<EmptyStore> WithAnActivity(StoreKind kind)
    {
        var store = await EmptyStore.Started(kind);
        await store.Do(async services =>
        {
            var clock = services.GetRequiredService<TimeProvider>();
            var who = (await services.GetRequiredService<HouseReader>().ActingAs("amina@relief.example", CancellationToken.None))!;
            var start = new StartActivity(Ids.New<ActivityId>(clock), "Safe paths made up", MatrixCategory.ProtectionMonitoring, new Place("XX01", "Made up"),
                [PopulationGroup.Women], new Period(clock.Today(), clock.Today().AddDays(90)), who.Actor.OrganisationId!.Value, ["en"], SensitivityLevel.Confidential);
            var change = ((Decision<ActivityStarted>.Allowed)ActivityRules.Start(start, 1, who.Actor.StaffId!.Value, clock.Now())).Change;
            services.GetRequiredService<AmanaDb>().Add(Activity.Start(change));
            await services.GetRequiredService<LedgerBook>().Commit(who, CancellationToken.None, Happening.Of(change, change.Id));
            return change.Id;
        });
        return store;
    }
}
