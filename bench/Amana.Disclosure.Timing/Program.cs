// Times the engine on the Adult data and its resample to a million rows, each measure in a process of its own so that the peak of
// memory is its own. Usage: dotnet run -c Release --project bench/Amana.Disclosure.Timing -- FOLDER [MEASURE]
using System.Diagnostics;
using System.Globalization;
using Amana.Disclosure;

string[] keys = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation", "salary-class"];
string[] suppressed = ["sex", "race", "marital-status", "education", "workclass", "occupation"];
string[] special = ["sex", "age", "race", "marital-status", "education", "workclass"];

if (args.Length == 0)
{
    await Console.Error.WriteLineAsync("Usage: Amana.Disclosure.Timing FOLDER [MEASURE]");
    return 2;
}

var folder = args[0];
var measures = new Dictionary<string, Func<string>>(StringComparer.Ordinal)
{
    ["read-1m"] = () => Timed("read 1 M rows from CSV", ReadMillion),
    ["risk-30k"] = () => Over(Adult(), "k and risk, 9 keys, 30 k", Risk),
    ["risk-1m"] = () => Over(Million(), "k and risk, 9 keys, 1 M", Risk),
    ["suda-1m"] = () => Over(Million(), "SUDA2, 6 keys, 1 M", d => $"highest score {Suda.Measure(d, special).Highest}"),
    ["loss-30k"] = () => Over(Adult(), "recode k=5, any suppression, loss, 30 k", d => Best(d, 1, RecodingObjective.Loss)),
    ["loss-1m"] = () => Over(Million(), "recode k=5, any suppression, loss, 1 M", d => Best(d, 1, RecodingObjective.Loss)),
    ["entropy-30k"] = () => Over(Adult(), "recode k=5, 4 % suppression, entropy, 30 k", d => Best(d, .04, RecodingObjective.Entropy)),
    ["suppress-30k"] = () => Over(Adult(), "local suppression k=5, 6 keys, 30 k", Suppress),
    ["suppress-1m"] = () => Over(Million(), "local suppression k=5, 6 keys, 1 M", Suppress),
    ["risk-varied"] = () => Over(Varied(), "k and risk, 9 keys, 1 M varied", Risk),
    ["suda-varied"] = () => Over(Varied(), "SUDA2, 6 keys, 1 M varied", d => $"highest score {Suda.Measure(d, special).Highest}"),
    ["loss-varied"] = () => Over(Varied(), "recode k=5, any suppression, loss, 1 M varied", d => Best(d, 1, RecodingObjective.Loss)),
    ["suppress-9"] = () => Over(Adult(), "local suppression k=5, 9 keys, 30 k", d => Cells(d, keys)),
    ["suppress-varied-9"] = () => Over(Varied(), "local suppression k=5, 9 keys, 1 M varied", d => Cells(d, keys)),
    ["suppress-varied"] = () => Over(Varied(), "local suppression k=5, 6 keys, 1 M varied", Suppress),
};

if (args.Length > 1)
{
    Console.WriteLine(measures[args[1]]());
    return 0;
}

var header = string.Join(Environment.NewLine, "| measure | seconds | peak MB | result |", "|---|---|---|---|");
Console.WriteLine(header);
foreach (var name in measures.Keys)
{
    using var own = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [folder, name]) { UseShellExecute = false })!;
    await own.WaitForExitAsync();
}

return 0;

string Risk(Microdata data)
{
    var anonymity = KAnonymity.Measure(data, keys);
    var global = GlobalRisk.Of(IndividualRisk.Measure(anonymity));
    return string.Create(CultureInfo.InvariantCulture, $"{anonymity.Classes.Count} classes, {anonymity.Uniques} uniques, global {global.Share:F6}");
}

string Best(Microdata data, double limit, RecodingObjective objective)
{
    var best = Recode.FindBest(data, keys.Select(HierarchyOf), new RecodingGoal { SuppressionLimit = limit, Objective = objective }).OrThrow();
    return string.Create(
        CultureInfo.InvariantCulture,
        $"levels {string.Join(',', best.Levels)}, {best.SuppressedRows.Length} suppressed, {best.Classes} classes, cost {best.Cost:R}, {best.NodesEvaluated} nodes counted");
}

string Suppress(Microdata data) => Cells(data, suppressed);

string Cells(Microdata data, string[] of) => $"cells {string.Join(' ', LocalSuppression.Run(data, of).Suppressed)}";

Hierarchy HierarchyOf(string key)
{
    using var stream = File.OpenRead(Path.Combine(folder, $"adult_hierarchy_{key}.csv"));
    return Hierarchy.Read(key, stream).OrThrow();
}

Microdata Adult()
{
    using var stream = File.OpenRead(Path.Combine(folder, "adult.csv"));
    return CsvMicrodata.Read(stream).OrThrow();
}

Microdata Million()
{
    var data = Adult();
    var random = new Random(1);
    return data.Rows(Enumerable.Range(0, 1_000_000).Select(_ => random.Next(data.RowCount)));
}

// In the plain resample every combination comes about 33 times; here one key in four rows is somebody else's, so that there are uniques.
Microdata Varied()
{
    var data = Million();
    var random = new Random(2);
    var columns = data.Columns.Select(c => c.Codes.ToArray()).ToArray();
    for (var row = 0; row < data.RowCount; row++)
    {
        if (random.Next(4) == 0)
            columns[random.Next(columns.Length)][row] = -2;
    }

    return Microdata.FromColumns(data.Columns.Zip(columns, (c, codes) =>
        Column.FromCodes(c.Name, codes.Select(code => code == -2 ? c.Codes[random.Next(data.RowCount)] : code), c.Categories)));
}

string ReadMillion()
{
    var lines = File.ReadAllLines(Path.Combine(folder, "adult.csv"));
    var random = new Random(1);
    using var stream = new MemoryStream();
    using (var writer = new StreamWriter(stream, leaveOpen: true))
    {
        writer.WriteLine(lines[0]);
        for (var i = 0; i < 1_000_000; i++)
            writer.WriteLine(lines[1 + random.Next(lines.Length - 1)]);
    }

    stream.Position = 0;
    var watch = Stopwatch.StartNew();
    var rows = CsvMicrodata.Read(stream).OrThrow().RowCount;
    return string.Create(CultureInfo.InvariantCulture, $"{rows} rows, reading alone {watch.Elapsed.TotalSeconds:F2} s");
}

string Over(Microdata data, string what, Func<Microdata, string> measure) => Timed(what, () => measure(data));

string Timed(string what, Func<string> measure)
{
    var watch = Stopwatch.StartNew();
    var result = measure();
    var seconds = watch.Elapsed.TotalSeconds;
    using var own = Process.GetCurrentProcess();
    return string.Create(CultureInfo.InvariantCulture, $"| {what} | {seconds:F2} | {own.PeakWorkingSet64 >> 20} | {result} |");
}
