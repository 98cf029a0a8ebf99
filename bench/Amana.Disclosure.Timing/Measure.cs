using System.Diagnostics;
using System.Globalization;

namespace Amana.Disclosure.Timing;

/// <summary>What is measured, and what the reference needs for it, in seconds and megabytes.</summary>
internal sealed record Measure(string What, double? Seconds, double? Megabytes, Func<object> Make, Func<object, string> Do)
{
    public static readonly string Head = string.Join(
        Environment.NewLine, "| measure | seconds | of processor | reference | faster | peak MB | reference | less | result |", "|---|--:|--:|--:|--:|--:|--:|--:|---|");

    /// <summary>Seconds of processor, seconds, peak of the process in MB, and the result, with tabs between.</summary>
    public string Run()
    {
        var input = Make();
        using var own = Process.GetCurrentProcess();
        var before = own.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var result = Do(input);
        var seconds = watch.Elapsed.TotalSeconds;
        own.Refresh();
        var processor = (own.TotalProcessorTime - before).TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"{processor:F2}\t{seconds:F2}\t{own.PeakWorkingSet64 >> 20}\t{result}");
    }

    /// <summary>A line of the table. How much faster is reckoned from the time of the processor: it is what the measure takes on a machine that does nothing else.</summary>
    public string Row(string processor, string seconds, string megabytes, string result) =>
        $"| {What} | {seconds} | {processor} | {Shown(Seconds)} | {Times(Seconds, processor)} | {megabytes} | {Shown(Megabytes)} | {Times(Megabytes, megabytes)} | {result} |";

    private static string Shown(double? figure) => figure?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Times(double? reference, string own) =>
        reference is { } figure ? (figure / Math.Max(0.01, double.Parse(own, CultureInfo.InvariantCulture))).ToString("F1", CultureInfo.InvariantCulture) + " ×" : "";
}
