using System.CommandLine;

namespace Amana.Cli.Bench;

/// <summary><c>amana bench</c>: repeats the figures of docs/performance.md on this machine. Works on stores of its own, never on yours.</summary>
public static class BenchCommand
{
    public static Command Make() => new("bench", "Measure this machine with made-up data, in a store of the trial's own.") { BenchIngest.Make(), BenchKill.Make(), BenchExport.Make(), BenchRules.Make(), BenchLedger.Make() };
}
