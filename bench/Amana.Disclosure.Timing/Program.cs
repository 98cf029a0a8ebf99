// Times the engine on the Adult data and its resample to a million rows. Each measure runs three times, each time in a process of its own
// so that the peak of memory is its own; the middle one is shown. Reference figures: two widely used tools on the same kind of machine.
// Usage: dotnet run -c Release --project bench/Amana.Disclosure.Timing -- FOLDER [MEASURE]
using System.Diagnostics;
using System.Globalization;
using Amana.Disclosure;
using Amana.Disclosure.Timing;

string[] keys = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation", "salary-class"];
string[] suppressed = ["sex", "race", "marital-status", "education", "workclass", "occupation"];
string[] special = ["sex", "age", "race", "marital-status", "education", "workclass"];

if (args.Length == 0)
{
    await Console.Error.WriteLineAsync("Usage: Amana.Disclosure.Timing FOLDER [MEASURE]");
    return 2;
}

var folder = args[0];
var measures = new Dictionary<string, Measure>(StringComparer.Ordinal)
{
    ["read-1m"] = new("read 1 M rows of 9 columns from CSV", null, null, () => new MemoryStream(MillionLines()), s => $"{CsvMicrodata.Read((Stream)s).OrThrow().RowCount} rows"),
    ["risk-30k"] = Of("k and risk, 9 keys, 30 k", null, null, Adult, Risk),
    ["risk-1m"] = Of("k and risk, 9 keys, 1 M", 0.5, null, Million, Risk),
    ["risk-varied"] = Of("k and risk, 9 keys, 1 M varied", 0.5, null, Varied, Risk),
    ["suda-1m"] = Of("SUDA2, 6 keys, 1 M", 7.0, null, Million, d => $"highest score {Suda.Measure(d, special).Highest}"),
    ["suda-varied"] = Of("SUDA2, 6 keys, 1 M varied", 7.0, null, Varied, d => $"highest score {Suda.Measure(d, special).Highest}"),
    ["loss-30k"] = Of("recode k=5, any suppression, loss, 30 k", 6.7, 614, Adult, d => Best(d, 1, RecodingObjective.Loss)),
    ["loss-1m"] = Of("recode k=5, any suppression, loss, 1 M", 19.1, 4300, Million, d => Best(d, 1, RecodingObjective.Loss)),
    ["loss-varied"] = Of("recode k=5, any suppression, loss, 1 M varied", 19.1, 4300, Varied, d => Best(d, 1, RecodingObjective.Loss)),
    ["entropy-30k"] = Of("recode k=5, 4 % suppression, entropy, 30 k", 1.3, null, Adult, d => Best(d, .04, RecodingObjective.Entropy)),
    ["local-30k"] = Of("local recoding k=5, 9 keys, 30 k", null, null, Adult, Local),
    ["local-varied"] = Of("local recoding k=5, 9 keys, 1 M varied", null, null, Varied, Local),
    ["suppress-30k"] = Of("local suppression k=5, 6 keys, 30 k", 31, null, Adult, Suppress),
    ["suppress-varied"] = Of("local suppression k=5, 6 keys, 1 M varied", null, null, Varied, Suppress),
    ["suppress-9"] = Of("local suppression k=5, 9 keys, 30 k", null, null, Adult, d => Cells(d, keys)),
    ["suppress-varied-9"] = Of("local suppression k=5, 9 keys, 1 M varied", null, null, Varied, d => Cells(d, keys)),
    ["uniques-1m"] = Of("people alone in the population, three models, 1 M varied of 10 M", null, null, Varied, Alone),
    ["pmse-30k"] = Of("pMSE of 30 k against 30 k, 9 variables", null, null, Adult, Propensities),
};

if (args.Length > 1)
{
    Console.WriteLine(measures[args[1]].Run());
    return 0;
}

Console.WriteLine(Measure.Head);
foreach (var (name, measure) in measures)
{
    var runs = new List<string[]>();
    for (var i = 0; i < 3; i++)
    {
        using var own = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [folder, name]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        runs.Add((await own.StandardOutput.ReadToEndAsync()).Trim().Split('\t'));
        await own.WaitForExitAsync();
    }

    var middle = runs.OrderBy(r => double.Parse(r[0], CultureInfo.InvariantCulture)).ElementAt(1);
    Console.WriteLine(measure.Row(middle[0], middle[1], middle[2], middle[3]));
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

byte[] MillionLines()
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

    return stream.ToArray();
}

string Local(Microdata data)
{
    var recoding = LocalRecoding.Run(data, keys.Select(HierarchyOf), 5).OrThrow();
    return string.Create(CultureInfo.InvariantCulture, $"loss {recoding.Loss:F4}, {recoding.Classes} classes");
}

string Alone(Microdata data)
{
    var uniques = PopulationUniques.Of(KAnonymity.Measure(data, keys).Classes, 0.1);
    return string.Create(CultureInfo.InvariantCulture, $"Zayatz {uniques.Zayatz:F0}, Pitman {uniques.Pitman:F0}, slide negative binomial {uniques.SlideNegativeBinomial:F0}");
}

string Propensities(Microdata data)
{
    var released = LocalSuppression.Run(data, special).Result;
    return string.Create(CultureInfo.InvariantCulture, $"pMSE {Propensity.Measure(data, released, keys).OrThrow().Score:F6} after suppression on 6 keys");
}

Measure Of(string what, double? seconds, double? megabytes, Func<Microdata> data, Func<Microdata, string> measure) => new(what, seconds, megabytes, data, d => measure((Microdata)d));
