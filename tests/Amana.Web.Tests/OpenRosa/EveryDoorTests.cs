using System.Net;
using System.Text.Json;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Sharing;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Sharing;
using Amana.Features.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>Made from the catalogue: each rule that guards an operation is broken in a living house, and each door of each operation that it guards is tried.</summary>
public sealed class A_rule_that_is_broken(DemoHost host) : IClassFixture<DemoHost> // a house of its own: what is broken in it must not trouble other tests
{
    public static TheoryData<string> Guarding => [.. Catalogue.Rules.Where(r => r.Guards.Count > 0 && !BrokenRules.OfTheHouse.Contains(r.Id)).Select(r => r.Id)];

    [Fact]
    public void Can_be_broken_here_for_every_rule_that_guards_something() =>
        Assert.Equal(Catalogue.Rules.Where(r => r.Guards.Count > 0).Select(r => r.Id).Order(StringComparer.Ordinal), BrokenRules.Known.Concat(BrokenRules.OfTheHouse).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Is_none_before_one_is_broken()
    {
        var s = await State();
        Assert.All(Enum.GetValues<Operation>(), o => Assert.Empty(Gate.Stands(s, o).Refusals.Select(r => r.Slug)));
    }

    [Theory]
    [MemberData(nameof(Guarding))]
    public async Task Refuses_what_it_guards_at_every_door(string id)
    {
        var rule = Catalogue.Find(id)!;
        var held = rule.Guards;
        await using (await BrokenRules.Break(host, id))
        {
            var answer = rule.Evaluate(await State());
            Assert.Equal(RuleState.NotMet, answer.State);
            foreach (var operation in held)
            {
                Assert.Contains(Gate.Stands(await State(), operation).Refusals, r => r.Args.GetValueOrDefault("rule") == id);
                await Try(operation, id);
            }

            await TheApiSaysSo(id, answer.Holding);
        }

        Assert.NotEqual(RuleState.NotMet, rule.Evaluate(await State()).State);
    }

    /// <summary>Every door of the operation: not let in, told why in words that are not the same for every rule, and entered in the ledger with the rule.</summary>
    private async Task Try(Operation operation, string rule)
    {
        if (operation == Operation.Collect)
            await Collect(rule);
        if (operation == Operation.Release)
            await Release(rule);
        var words = host.Services.GetRequiredService<Texts>();
        foreach (var door in await Doors.Of(operation))
        {
            var before = await Refusals(operation);
            var (letIn, told) = await door.Answered();
            Assert.False(letIn, $"{rule} is broken, and {door.Name} let in.");
            var why = Gate.Stands(await State(), operation).Refusals.Where(r => r.Args.GetValueOrDefault("rule") == rule).Select(r => words.Of(Language.English, r)).ToList();
            Assert.True(why.Any(w => Plain(told).Contains(Plain(w), StringComparison.Ordinal)), $"{door.Name} does not say why ({string.Join(" / ", why)}): {told}");
            Assert.True(await Refusals(operation) > before, $"{door.Name}: the refusal is not entered.");
            await TheLedgerSaysSo(operation, rule);
        }
    }

    [Theory]
    [InlineData(Operation.Open)]
    [InlineData(Operation.Analyse)]
    [InlineData(Operation.Link)]
    [InlineData(Operation.Refer)]
    [InlineData(Operation.Release)]
    public async Task Is_what_shuts_the_doors_and_nothing_else(Operation operation)
    {
        var doors = await Doors.Of(operation);
        Assert.NotEmpty(doors);
        foreach (var door in doors)
        {
            var (letIn, told) = await door.Answered();
            Assert.True(letIn, $"{door.Name} is shut although no rule is broken: {told}");
        }
    }

    private static string Plain(string words) => string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Task<int> Refusals(Operation operation) => host.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().CountAsync(e => e.Kind == operation + "Refused"));

    private Doors Doors => field ??= new Doors(host);

    /// <summary>From a phone: kept sealed and unused, with the rule that holds it, and nothing among the records.</summary>
    private async Task Collect(string rule)
    {
        var phone = await host.Phone(1, lead: "protection");
        var before = await host.Rows();
        using var answer = await phone.Submit(Submissions.Border(Guid.NewGuid()));
        var after = await host.Rows();
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal((before["records"], before["people"], before["quarantine"] + 1), (after["records"], after["people"], after["quarantine"]));
        var held = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<QuarantinedSubmission>().AsNoTracking().OrderByDescending(q => q.ReceivedAt).FirstAsync());
        Assert.Contains(rule, held.HeldBy);
        await ThePagesSaySo(rule);
    }

    private async Task Release(string rule)
    {
        var s = await State();
        var agreement = s.SharingPlan!.Recipients.First(r => r.AgreementId is not null).AgreementId!.Value;
        var refused = await host.Do(x => x.GetRequiredService<MeasureRelease>().Handle(host.As("im").Citing("N2"), s.Activity.Id, new ReleaseDraft(agreement, [s.Elements.First(e => e.Name == "sex").Path], []), CancellationToken.None));
        Assert.Contains(refused.Refusals, r => r.Args.GetValueOrDefault("rule") == rule);
        await TheLedgerSaysSo(Operation.Release, rule);
    }

    private async Task TheLedgerSaysSo(Operation operation, string rule)
    {
        var last = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().AsNoTracking().Where(e => e.Kind == operation + "Refused").OrderByDescending(e => e.At).FirstAsync());
        Assert.Contains(rule, last.Canonical, StringComparison.Ordinal);
    }

    private async Task ThePagesSaySo(string rule)
    {
        var desk = await host.SignedIn("protection");
        Assert.NotNull((await desk.Read("/activities/1/collection")).QuerySelector("main a[href='/activities/1/rules']"));
        Assert.NotNull((await desk.Read("/activities/1/rules/" + rule)).QuerySelector("#now.unmet"));
    }

    private async Task TheApiSaysSo(string rule, IReadOnlyList<Operation> holding)
    {
        using var answer = await (await host.SignedIn("protection")).Get("/api/v1/activities/1/rules");
        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateArray().First(r => r.GetProperty("id").GetString() == rule);
        Assert.Equal("NotMet", told.GetProperty("state").GetString());
        Assert.Equal(holding.Select(o => o.ToString()), told.GetProperty("holding").EnumerateArray().Select(o => o.GetString()));
    }

    private async Task<ActivitySnapshot> State()
    {
        var id = await host.Activity(1);
        return (await host.Do(s => s.GetRequiredService<ActivityReader>().Snapshot(id, CancellationToken.None)))!;
    }
}
