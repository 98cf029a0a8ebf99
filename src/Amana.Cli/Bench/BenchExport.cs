using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli.Bench;

/// <summary><c>amana bench export</c>: how long the answers of many records take as CSV, through the gate, the ledger and the vault, and how much memory.</summary>
internal static class BenchExport
{
    public static Command Make()
    {
        var records = new Option<int>("--records") { Description = "Records to make up and export (10000).", DefaultValueFactory = _ => 10_000 };
        var times = new Option<int>("--times") { Description = "How often to export (7); the median counts.", DefaultValueFactory = _ => 7 };
        var server = new Option<string?>("--store") { Description = "Connection string of a PostgreSQL server, on which a database is made and dropped; without it, SQLite." };
        var format = new Option<AnswersFormat>("--format") { Description = "flat (one CSV file), tables (CSV in a ZIP file, one table for each repeat) or workbook (XLSX)." };
        var command = new Command("export", "Measure the export of answers.") { records, times, server, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var form = new TrialForm(20);
            await using var store = await TrialStore.Make(parsed.GetValue(server), folder: null);
            await Trial.Open(store, form, cancellationToken);
            return await OpenedHouse.Act(store.Store, make: false, async services =>
            {
                await Trial.Fill(services, form, parsed.GetValue(records), cancellationToken);
                await Measure(services, store, (parsed.GetValue(times), parsed.GetValue(format)), cancellationToken);
                return Exit.Done;
            });
        });
        return command;
    }

    private static async Task Measure(IServiceProvider services, TrialStore store, (int Times, AnswersFormat Format) of, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<AmanaDb>();
        var officer = await db.Set<TeamMember>().AsNoTracking().Where(t => t.Role == TeamRole.InformationManagementOfficer).FirstAsync(cancellationToken);
        var activity = officer.ActivityId;
        var who = new AccessContext(new Actor(ActorKind.Staff, officer.StaffId, null, []), "N2");
        var file = Path.Combine(store.Store.DataDirectory, "answers.csv");
        var (seconds, processor) = (new List<double>(), new List<double>());
        var (exported, peak, before) = (new ExportedAnswers(0, [], 0), 0L, 0L);
        for (var i = 0; i <= of.Times; i++)
        {
            await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            await using var output = File.Create(file);
            GC.Collect();
            before = i == 1 ? Environment.WorkingSet : before; // after the first, which also compiled the code
            var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var outcome = await scope.ServiceProvider.GetRequiredService<ExportAnswers>().Handle(who, activity, new AnswersShape(of.Format), _ => output, cancellationToken);
            exported = outcome.IsDone ? outcome.Result : throw new RefusedException("Refused: " + string.Join(", ", outcome.Refusals.Select(r => r.Slug)));
            if (i > 0)
            {
                seconds.Add(watch.Elapsed.TotalSeconds);
                processor.Add((Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
            }

            peak = Math.Max(peak, i == 0 ? 0 : Environment.WorkingSet);
        }

        var size = new FileInfo(file).Length / 1048576.0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{store.Store.Kind}: {of.Format}, {exported.Records} records, {exported.Columns.Count} columns in {exported.Tables} table(s), {size:N1} MB: median {seconds.Order().ElementAt(seconds.Count / 2):N3} s, least {seconds.Min():N3} s; processor {processor.Order().ElementAt(processor.Count / 2):N3} s; memory grew by {Math.Max(0, peak - before) / 1048576.0:N0} MB to {peak / 1048576.0:N0} MB"));
    }
}
