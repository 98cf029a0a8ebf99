using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Amana.Domain.Principles;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli.Bench;

/// <summary><c>amana bench rules</c>: how long a page of activities takes to be read and judged by all rules, with many records behind it.</summary>
internal static class BenchRules
{
    public static Command Make()
    {
        var records = new Option<int>("--records") { Description = "Records behind the activities (100000), all in the first.", DefaultValueFactory = _ => 100_000 };
        var activities = new Option<int>("--activities") { Description = "Activities on the page (12).", DefaultValueFactory = _ => 12 };
        var times = new Option<int>("--times") { Description = "How often to judge them (101).", DefaultValueFactory = _ => 101 };
        var server = new Option<string?>("--store") { Description = "Connection string of a PostgreSQL server, on which a database is made and dropped; without it, SQLite." };
        var command = new Command("rules", "Measure a page of activities judged by all rules.") { records, activities, times, server };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var form = new TrialForm(20);
            await using var store = await TrialStore.Make(parsed.GetValue(server), folder: null);
            await Trial.Open(store, form, cancellationToken, parsed.GetValue(activities));
            return await OpenedHouse.Act(store.Store, make: false, async services =>
            {
                await Trial.Fill(services, form, parsed.GetValue(records), cancellationToken);
                await Measure(services, store, parsed.GetValue(times), cancellationToken);
                return Exit.Done;
            });
        });
        return command;
    }

    private static async Task Measure(IServiceProvider services, TrialStore store, int times, CancellationToken cancellationToken)
    {
        var ids = await services.GetRequiredService<AmanaDb>().Set<Domain.Activities.Activity>().AsNoTracking().Select(a => a.Id).ToListAsync(cancellationToken);
        var (milliseconds, met, records) = (new List<double>(), 0, 0);
        var work = TimeSpan.Zero;
        for (var i = 0; i < times + 5; i++)
        {
            if (i == 5)
                work = Environment.CpuUsage.TotalTime;
            await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            var watch = Stopwatch.StartNew();
            var states = await scope.ServiceProvider.GetRequiredService<ActivityReader>().Snapshots(ids, cancellationToken);
            met = states.Values.Sum(s => Catalogue.Evaluate(s).Count(a => a.Holds));
            if (i >= 5) // the first also compile the code
                milliseconds.Add(watch.Elapsed.TotalMilliseconds);
            records = states.Values.Sum(s => s.Collection.Records);
        }

        work = (Environment.CpuUsage.TotalTime - work) / times;
        milliseconds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{store.Store.Kind}: {ids.Count} activities × {Catalogue.Rules.Count} rules over {records} records: median {milliseconds[milliseconds.Count / 2]:N1} ms, 95 % within {milliseconds[milliseconds.Count * 95 / 100]:N1} ms, {work.TotalMilliseconds:N1} ms of processor; {met} answers hold"));
    }
}
