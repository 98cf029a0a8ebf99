using System.Diagnostics;
using System.Globalization;

namespace Amana.XForms.Check;

/// <summary>How long reading and writing a large form takes, and whether it grows with the rows and not faster.</summary>
internal static class ConvertSpeed
{
    private const int Times = 60;
    private const int ToWarmUp = 30;

    public static void Run()
    {
        Table.Line("| rows, 3 languages | workbook | read | write | together: fastest | median | processor, a form | a row | XForm |");
        Table.Line("|---|---|---|---|---|---|---|---|---|");
        foreach (var rows in (ReadOnlySpan<int>)[500, 1_500, 4_500])
            Measure(rows);
    }

    private static void Measure(int rows)
    {
        var bytes = LargeForm.Workbook(rows);
        var (reads, writes, processor) = (new List<double>(), new List<double>(), new List<double>());
        var length = 0;
        for (var i = -ToWarmUp; i < Times; i++)
        {
            var before = Process.GetCurrentProcess().UserProcessorTime;
            var start = Stopwatch.GetTimestamp();
            var reading = XlsForm.Read(new MemoryStream(bytes), "large.xlsx");
            var read = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (reading.Form is not { } form)
                throw new InvalidOperationException(reading.Errors.First().ToString());
            length = XFormWriter.Write(form).Length;
            var all = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (i < 0)
                continue;
            reads.Add(read);
            writes.Add(all - read);
            processor.Add((Process.GetCurrentProcess().UserProcessorTime - before).TotalMilliseconds);
        }

        List<double> together = [.. reads.Zip(writes, (r, w) => r + w)];
        var work = processor.Average();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rows:N0} | {bytes.Length / 1000} kB | {Median(reads):0} ms | {Median(writes):0} ms | {together.Min():0} ms | {Median(together):0} ms | {work:0} ms | {work * 1000 / rows:0} µs | {length / 1000} kB |"));
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
