using System.CommandLine;
using System.Diagnostics;
using Amana.Disclosure;

namespace Amana.Cli;

/// <summary><c>amana disclose recode</c>: the best choice of levels, and the file in it.</summary>
internal static class DiscloseRecode
{
    public static Command Make()
    {
        var options = new DiscloseOptions();
        options.CheckKeys();
        var hierarchies = new Option<string>("--hierarchies") { Description = "Folder with one file for each key (KEY.csv or …_KEY.csv): a value a line, then its group at each level.", Required = true };
        var suppression = new Option<double>("--suppression") { Description = "Share of records, 0 to 1, whose keys may be taken out altogether.", DefaultValueFactory = _ => 0 };
        suppression.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1))
                result.AddError("--suppression is a share between 0 and 1.");
        });
        var metric = new Option<string>("--metric") { Description = "What to lose least of: loss or entropy.", DefaultValueFactory = _ => "loss" };
        metric.AcceptOnlyFromAmong("loss", "entropy");
        var local = new Option<bool>("--local") { Description = "Show each group as finely as k allows, one record coarser than another; nothing is taken out." };
        var command = new Command("recode", "Coarsen the keys to the levels that reach k at least loss; no other choice of levels loses less.")
        {
            options.File, options.Keys, hierarchies, options.K, suppression, metric, local, options.Output, options.NotThere, options.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var keys = parsed.GetValue(options.Keys)!;
            var file = await DiscloseFile.Read(parsed.GetValue(options.File)!, null, parsed.GetValue(options.NotThere)!, cancellation);
            file.Need(keys);
            var trees = keys.Select(key => HierarchyOf(key, parsed.GetValue(hierarchies)!)).ToArray();
            var goal = new RecodingGoal
            {
                K = parsed.GetValue(options.K), SuppressionLimit = parsed.GetValue(suppression),
                Objective = parsed.GetValue(metric) == "entropy" ? RecodingObjective.Entropy : RecodingObjective.Loss,
            };
            if (parsed.GetValue(local))
                return await Locally(file, trees, goal.K, parsed.GetValue(options.Output)!, parsed.GetValue(options.Json), cancellation);
            var watch = Stopwatch.StartNew();
            var best = await Find(file, trees, goal, cancellation);
            var seconds = watch.Elapsed.TotalSeconds;
            await file.Write(best.Apply(), parsed.GetValue(options.Output)!, cancellation);
            Figures(file, keys, goal, best, seconds).Say(parsed.GetValue(options.Json));
            return Exit.Done;
        });
        return command;
    }

    private static async Task<Recoding> Find(DiscloseFile file, Hierarchy[] hierarchies, RecodingGoal goal, CancellationToken cancellation)
    {
        if (hierarchies.Aggregate(1L, (all, h) => Math.Min(all * h.Levels, 1L << 40)) > 1 << 26)
            throw new RefusedException("The hierarchies have too many levels together (more than 67 million choices).");
        Recoding? best = null;
        await Terminal.Counting("Looking for the best levels", count => Task.Run(
            () =>
            {
                var progress = new Told<double>(share => count((int)(share * 1000), 1000));
                best = DiscloseFile.Given(Recode.FindBest(file.Microdata, hierarchies, goal, progress, cancellation), file.Path);
            },
            cancellation));
        return best!;
    }

    private static async Task<int> Locally(DiscloseFile file, Hierarchy[] hierarchies, int k, string output, bool json, CancellationToken cancellation)
    {
        LocalRecoding? recoding = null;
        var watch = Stopwatch.StartNew();
        await Terminal.Counting("Dividing", count => Task.Run(
            () => recoding = DiscloseFile.Given(
                LocalRecoding.Run(file.Microdata, hierarchies, k, new Told<double>(share => count((int)(share * 1000), 1000)), cancellation), file.Path),
            cancellation));
        var seconds = watch.Elapsed.TotalSeconds;
        await file.Write(recoding!.Result, output, cancellation);
        new DiscloseFigures
        {
            ["file"] = file.Path,
            ["rows"] = file.Microdata.RowCount,
            ["keys"] = hierarchies.Select(h => h.Name),
            ["k"] = k,
            ["metric"] = "loss",
            ["levels"] = null,
            ["loss"] = recoding.Loss,
            ["suppressed"] = 0,
            ["classes"] = recoding.Classes,
            ["seconds"] = Math.Round(seconds, 3),
        }.Say(json);
        return Exit.Done;
    }

    private static DiscloseFigures Figures(DiscloseFile file, string[] keys, RecodingGoal goal, Recoding best, double seconds) => new()
    {
        ["file"] = file.Path,
        ["rows"] = file.Microdata.RowCount,
        ["keys"] = keys,
        ["k"] = goal.K,
        ["suppressionLimit"] = goal.SuppressionLimit,
        ["metric"] = goal.Objective == RecodingObjective.Entropy ? "entropy" : "loss",
        ["levels"] = best.Levels,
        ["loss"] = best.Loss,
        ["entropy"] = best.Entropy,
        ["suppressed"] = best.SuppressedRows.Length,
        ["classes"] = best.Classes,
        ["choicesCounted"] = best.NodesEvaluated,
        ["seconds"] = Math.Round(seconds, 3),
    };

    private static Hierarchy HierarchyOf(string key, string folder)
    {
        if (!Directory.Exists(folder))
            throw new RefusedException($"There is no folder {folder}.");
        var exact = Path.Combine(folder, key + ".csv");
        string[] found = File.Exists(exact) ? [exact] : [.. Directory.GetFiles(folder, "*.csv").Where(f => Path.GetFileName(f).EndsWith($"_{key}.csv", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        if (found.Length != 1)
            throw new RefusedException(found.Length == 0
                ? $"{folder} has no hierarchy for '{key}': neither {key}.csv nor a file that ends in _{key}.csv."
                : $"{folder} has more than one hierarchy for '{key}': {string.Join(", ", found.Select(Path.GetFileName))}.");
        using var stream = InputFile.Open(found[0]);
        return DiscloseFile.Given(Hierarchy.Read(key, stream), found[0]);
    }
}
