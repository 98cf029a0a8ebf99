using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli.Bench;

/// <summary><c>amana bench ledger</c>: how many waiting entries a second get their place in the tree, tiles and signed checkpoints included, and how long the independent verifier takes for all of
/// them (as <c>amana ledger verify</c> does), on one core. Beside the seconds of the clock stand those of the processor, which other work on the machine does not lengthen.</summary>
internal static class BenchLedger
{
    private const int OfOneCommit = 2000;

    public static Command Make()
    {
        var entries = new Option<int>("--entries") { Description = "How many entries (100000).", DefaultValueFactory = _ => 100_000 };
        var server = new Option<string?>("--store") { Description = "Connection string of a PostgreSQL server, on which a database is made and dropped; without it, SQLite." };
        var command = new Command("ledger", "Measure giving entries their place, and verifying them all.") { entries, server };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
                Process.GetCurrentProcess().ProcessorAffinity = 1;
            await using var store = await TrialStore.Make(parsed.GetValue(server), folder: null);
            return await OpenedHouse.Act(store.Store, make: true, services => Measure(services, store, parsed.GetValue(entries), cancellationToken));
        });
        return command;
    }

    private static async Task<int> Measure(IServiceProvider services, TrialStore store, int count, CancellationToken cancellationToken)
    {
        await services.OpenHouse(cancellationToken);
        var entered = await Timed(() => Enter(services, count, cancellationToken));
        var placed = await Timed(() => Act<LedgerSequencer>(services, s => s.Integrate(sign: true, cancellationToken)));
        LedgerFinding? finding = null;
        var verified = await Timed(() => Act<LedgerAudit>(services, async a => finding = await a.Verify(null, cancellationToken)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store.Store.Kind}, one core, {count:N0} entries: entered in {entered}; given their place in {placed}, {count / placed.Clock:N0} a second; verified in {verified}."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The ledger {(finding!.Holds ? "holds" : "is broken: " + finding.Problem)}; {finding.Signed:N0} of {finding.Entries:N0} under a signed checkpoint."));
        return finding.Holds && finding.Signed == finding.Entries && finding.Entries >= count ? Exit.Done : Exit.Refused;
    }

    private static async Task Enter(IServiceProvider services, int count, CancellationToken cancellationToken)
    {
        for (var n = 0; n < count; n += OfOneCommit)
        {
            List<Happening> some = [.. Enumerable.Range(n, Math.Min(OfOneCommit, count - n)).Select(i => new Happening("TrialEntered").With("n", i).With("answer", "allowed"))];
            await Act<LedgerBook>(services, book => book.Commit(AccessContext.House, cancellationToken, some));
        }
    }

    private static async Task Act<T>(IServiceProvider services, Func<T, Task> act) where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    private static async Task<Took> Timed(Func<Task> act)
    {
        using var process = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        await act();
        process.Refresh();
        return new Took(watch.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);
    }

    private readonly record struct Took(double Clock, double Processor)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Clock:N1} s ({Processor:N1} s of processor)");
    }
}
