using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Amana.Cli.Bench;

/// <summary><c>amana bench ingest</c>: how many submissions a second this machine takes in, checked, sealed, entered and durable, with client and server on it together.
/// At the end the server is killed, and every acknowledged record must be in the store, with a ledger that holds.</summary>
internal static class BenchIngest
{
    private sealed record Row(string Store, int Questions, int Connections, double PerSecond, double MedianMs, double P95Ms, double P99Ms, double LongestMs, long Wrong, double ServerCpuMsEach, double PeakMemoryMb);

    public static Command Make()
    {
        var connections = new Option<int[]>("--connections") { Description = "Connections that send at the same time (4 32).", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [4, 32] };
        var questions = new Option<int[]>("--questions") { Description = "Questions of the form, besides a repeat with three turns (20 250).", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [20, 250] };
        var seconds = new Option<double>("--seconds") { Description = "Seconds to measure each (10).", DefaultValueFactory = _ => 10 };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds to send before measuring (4): code is compiled for speed while it runs.", DefaultValueFactory = _ => 4 };
        var server = new Option<string?>("--store") { Description = "Connection string of a PostgreSQL server, on which a database is made and dropped; without it, SQLite." };
        var folder = new Option<string?>("--folder") { Description = "Where the trial's data folder is made; by default among temporary files." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
        var command = new Command("ingest", "Measure how many submissions a second are taken in.") { connections, questions, seconds, warmUp, server, folder, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (ServeCommand.Find() is not { } host)
                return Exit.With(ServeCommand.NoHost);
            var rows = new List<Row>();
            if (!parsed.GetValue(json))
                Console.WriteLine("store       questions  connections  per second   p50 ms   p95 ms   p99 ms   max ms   wrong  server cpu ms each  peak MB");
            foreach (var count in parsed.GetValue(questions)!)
            {
                await using var store = await TrialStore.Make(parsed.GetValue(server), parsed.GetValue(folder));
                await foreach (var row in Measure(host, store, new TrialForm(count), parsed.GetValue(connections)!, (TimeSpan.FromSeconds(parsed.GetValue(warmUp)), TimeSpan.FromSeconds(parsed.GetValue(seconds))), cancellationToken))
                {
                    rows.Add(row);
                    if (!parsed.GetValue(json))
                        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Store,-11} {row.Questions,9} {row.Connections,12} {row.PerSecond,11:N0} {row.MedianMs,8:N1} {row.P95Ms,8:N1} {row.P99Ms,8:N1} {row.LongestMs,8:N1} {row.Wrong,7} {row.ServerCpuMsEach,19:N3} {row.PeakMemoryMb,8:N0}"));
                }
            }

            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(rows));
            return rows.Any(r => r.Wrong > 0) ? Exit.Refused : Exit.Done;
        });
        return command;
    }

    private static async IAsyncEnumerable<Row> Measure(string host, TrialStore store, TrialForm form, int[] connections, (TimeSpan WarmUp, TimeSpan Measured) times,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = await Trial.Open(store, form, cancellationToken);
        long acknowledged;
        await using (var server = await TrialServer.Start(host, store.Arguments, cancellationToken))
        {
            var client = new LoadClient(server.Port, path, form, Trial.Seed);
            await client.Run(connections[^1], TimeSpan.Zero, times.WarmUp, cancellationToken);
            foreach (var count in connections)
            {
                var (processor, before) = (server.Processor, client.Acknowledged);
                var load = await client.Run(count, TimeSpan.FromSeconds(1), times.Measured, cancellationToken);
                if (load.FirstWrong is { } wrong)
                    await Console.Error.WriteLineAsync(wrong);
                yield return new Row(store.Store.Kind.ToString(), form.Questions, count, load.PerSecond, load.Median, load.P95, load.P99, load.Longest, load.Wrong,
                    (server.Processor - processor).TotalMilliseconds / Math.Max(1, client.Acknowledged - before), server.PeakMemory / 1048576.0);
            }

            var last = client.Run(connections[^1], TimeSpan.Zero, TimeSpan.FromSeconds(30), cancellationToken);
            await Task.Delay(300, cancellationToken);
            await server.Kill(); // while phones send
            await last;
            acknowledged = client.Acknowledged;
        }

        await Console.Error.WriteLineAsync("Killed while phones sent: " + await Trial.Prove(store, acknowledged, cancellationToken));
    }
}
