using System.Text;
using Amana.Domain.Consent;
using Amana.Domain.Records;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Tests.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Analysis;

public sealed class An_export_of_answers
{
    [Theory, OnEveryStore]
    public async Task Holds_what_serves_the_need_and_nothing_that_is_sealed_per_person(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        for (var i = 0; i < 3; i++)
            await c.Send(Collecting.Xml(i, story: "They came at night"));
        await c.Send(Collecting.Xml(9, consent: "no"));
        var (refusals, csv) = await Export(c, (await c.As("im")).Citing("N2"));
        Assert.Empty(refusals);
        var lines = csv.TrimEnd().Split("\r\n");
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("\uFEFFKEY,", lines[0], StringComparison.Ordinal);
        Assert.Contains("sex", lines[0], StringComparison.Ordinal);
        Assert.Contains("female", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Person", csv, StringComparison.Ordinal); // names
        Assert.DoesNotContain("night", csv, StringComparison.Ordinal); // what happened
        Assert.DoesNotContain("story", csv, StringComparison.Ordinal);
        var entry = await c.Ask(db => db.Set<LedgerEntry>().SingleAsync(e => e.Kind == "AnswersExported"));
        Assert.Contains("\"x-n\":\"3\"", entry.Canonical, StringComparison.Ordinal);
        Assert.Contains("N2", entry.Canonical, StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task Is_refused_without_a_need_and_to_those_who_do_not_analyse(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Collecting.Xml(1));
        Assert.Equal("purpose.not-cited", (await Export(c, await c.As("im"))).Refusals.First());
        Assert.Equal("purpose.outside", (await Export(c, (await c.As("im")).Citing("N77"))).Refusals.First());
        var (refusals, csv) = await Export(c, (await c.As("interviewer1")).Citing("N2"));
        Assert.Equal("actor.no-role", Assert.Single(refusals));
        Assert.Empty(csv);
        Assert.Equal(3, await c.Ask(db => db.Set<LedgerEntry>().CountAsync(e => e.Kind == "AnalyseRefused")));
    }

    [Theory, OnEveryStore]
    public async Task Leaves_out_whoever_withdrew(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Collecting.Xml(1));
        await c.Send(Collecting.Xml(2));
        await c.House.Do(async s =>
        {
            var consent = await s.GetRequiredService<AmanaDb>().Set<PersonConsent>().OrderBy(x => x.Id).FirstAsync();
            consent.Apply(Collecting.Allowed(ConsentRules.Withdraw(consent, [Domain.Forms.ConsentAsk.Participation], c.House.Clock.Now())));
            await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, default, new Happening("MadeUp"));
        });
        Assert.Equal(2, (await Export(c, (await c.As("im")).Citing("N2"))).Csv.TrimEnd().Split("\r\n").Length);
        Assert.Equal(2, await c.Ask(db => db.Set<RecordEntry>().CountAsync()));
    }

    private static Task<(List<string> Refusals, string Csv)> Export(Collecting c, AccessContext who) => c.House.Do(async s =>
    {
        using var output = new MemoryStream();
        var outcome = await s.GetRequiredService<ExportAnswers>().Handle(who, c.Activity, new AnswersShape(), _ => output, default);
        return (outcome.Refusals.Select(r => r.Slug).ToList(), Encoding.UTF8.GetString(output.ToArray()));
    });
}
