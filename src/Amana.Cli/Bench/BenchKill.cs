using System.CommandLine;

namespace Amana.Cli.Bench;

/// <summary><c>amana bench kill</c>: kills the server while phones send, as a power cut would end it, and looks each time whether every acknowledged submission is there.</summary>
internal static class BenchKill
{
    private const int Phones = 16;

    public static Command Make()
    {
        var times = new Option<int>("--times") { Description = "How often (5).", DefaultValueFactory = _ => 5 };
        var server = new Option<string?>("--store") { Description = "Connection string of a PostgreSQL server, on which a database is made and dropped; without it, SQLite." };
        var command = new Command("kill", "Kill the server while phones send, and prove that nothing acknowledged was lost.") { times, server };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (ServeCommand.Find() is not { } host)
                return Exit.With(ServeCommand.NoHost);
            var form = new TrialForm(20);
            await using var store = await TrialStore.Make(parsed.GetValue(server), folder: null);
            var path = await Trial.Open(store, form, cancellationToken);
            long acknowledged = 0;
            for (var i = 1; i <= parsed.GetValue(times); i++)
            {
                acknowledged += await Cut(host, store, path, form, i, cancellationToken);
                Console.WriteLine($"Killed {i} times: {await Trial.Prove(store, acknowledged, cancellationToken)}");
            }

            return acknowledged > 0 ? Exit.Done : Exit.With("Nothing was acknowledged, so nothing was proved.");
        });
        return command;
    }

    /// <summary>Kills at a moment that differs each time; returns how many were acknowledged before.</summary>
    private static async Task<long> Cut(string host, TrialStore store, string path, TrialForm form, int time, CancellationToken cancellationToken)
    {
        await using var server = await TrialServer.Start(host, store.Arguments, cancellationToken);
        var client = new LoadClient(server.Port, path, form, Trial.Seed + time);
        var sending = client.Run(Phones, TimeSpan.Zero, TimeSpan.FromSeconds(60), cancellationToken);
        while (client.Acknowledged < 100 && !sending.IsCompleted)
            await Task.Delay(20, cancellationToken);
        await Task.Delay(137 * time % 500, cancellationToken);
        await server.Kill();
        await sending; // its phones find their lines broken
        return client.Acknowledged;
    }
}
