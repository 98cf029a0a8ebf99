using System.CommandLine;
using System.Diagnostics;
using Amana.Disclosure;

namespace Amana.Cli;

/// <summary><c>amana disclose suppress</c>: single values taken out until every record is one of k.</summary>
internal static class DiscloseSuppress
{
    private const int MostKeys = 16;

    public static Command Make()
    {
        var options = new DiscloseOptions();
        options.CheckKeys();
        options.Keys.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string[]>()?.Length > MostKeys)
                result.AddError($"--keys names more than {MostKeys} variables.");
        });
        var weights = Weights();
        var within = DiscloseOptions.Column("--within", "Variable in each of whose groups k must be reached by itself.");
        var sets = new Option<int?>("--sets") { Description = "Reach k only on every set of so many of the keys, of which an attacker knows no more." };
        var command = new Command("suppress", "Take out single values of the keys, as few as can be found, until every record matches k.")
        {
            options.File, options.Keys, options.K, weights, within, sets, options.Output, options.NotThere, options.Json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(weights) is { Length: > 0 } given && given.Length != result.GetValue(options.Keys)?.Length)
                result.AddError("--weights has one number for each key.");
            if (result.GetValue(sets) is { } size && (size < 1 || size > result.GetValue(options.Keys)?.Length || result.GetValue(within) is not null))
                result.AddError("--sets is a number of keys, not more than there are, and stands without --within.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var keys = parsed.GetValue(options.Keys)!;
            var file = await DiscloseFile.Read(parsed.GetValue(options.File)!, null, parsed.GetValue(options.NotThere)!, cancellation);
            file.Need(parsed.GetValue(within) is { } named ? [.. keys, named] : keys);
            var goal = new LocalSuppressionGoal { K = parsed.GetValue(options.K), Weights = [.. parsed.GetValue(weights) ?? []] };
            if (file.Microdata.RowCount < goal.K)
                throw new RefusedException($"{file.Path}: {file.Microdata.RowCount} records cannot be {goal.K} alike.");
            var watch = Stopwatch.StartNew();
            var result = await Suppress(file, keys, goal, parsed.GetValue(within), parsed.GetValue(sets), cancellation);
            var seconds = watch.Elapsed.TotalSeconds;
            await file.Write(result.Result, parsed.GetValue(options.Output)!, cancellation);
            Figures(file, keys, goal, result, seconds).Say(parsed.GetValue(options.Json));
            return Exit.Done;
        });
        return command;
    }

    private static Option<double[]?> Weights() => new("--weights")
    {
        Description = "How dear a value of each key is, in the order of the keys; a dear one is taken out last.",
        CustomParser = static result => Numbers(result),
    };

    private static double[]? Numbers(System.CommandLine.Parsing.ArgumentResult result)
    {
        var numbers = result.Tokens.SelectMany(t => t.Value.Split(',')).Select(t => double.TryParse(t, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : double.NaN).ToArray();
        if (numbers.All(n => n > 0 && double.IsFinite(n)))
            return numbers;
        result.AddError("--weights are numbers above 0, with commas between them.");
        return null;
    }

    private static async Task<LocalSuppression> Suppress(
        DiscloseFile file, string[] keys, LocalSuppressionGoal goal, string? within, int? sets, CancellationToken cancellation)
    {
        LocalSuppression? result = null;
        await Terminal.Counting("Taking values out", count => Task.Run(
            () => result = DiscloseFile.Within(file.Path, () => (within, sets) switch
            {
                ({ } group, _) => LocalSuppression.RunWithin(file.Microdata, keys, group, goal, cancellation),
                (_, { } size) => LocalSuppression.RunOnSets(file.Microdata, keys, size, goal, cancellation),
                _ => LocalSuppression.Run(file.Microdata, keys, goal, new Told<double>(share => count((int)(share * 1000), 1000)), cancellation),
            }),
            cancellation));
        return result!;
    }

    private static DiscloseFigures Figures(DiscloseFile file, string[] keys, LocalSuppressionGoal goal, LocalSuppression result, double seconds)
    {
        var after = KAnonymity.Measure(result.Result, keys);
        var perKey = new DiscloseFigures();
        foreach (var (key, cells) in keys.Zip(result.Suppressed))
            perKey[key] = cells;
        return new DiscloseFigures
        {
            ["file"] = file.Path,
            ["rows"] = file.Microdata.RowCount,
            ["keys"] = keys,
            ["k"] = goal.K,
            ["violatorsBefore"] = KAnonymity.Measure(file.Microdata, keys).ViolatorCount(goal.K),
            ["violatorsAfter"] = after.ViolatorCount(goal.K),
            ["suppressed"] = perKey,
            ["cells"] = result.Suppressed.Sum(),
            ["rowsChanged"] = result.RowsChanged,
            ["outOfReach"] = result.OutOfReach,
            ["global"] = GlobalRisk.Of(IndividualRisk.Measure(after)).Share,
            ["seconds"] = Math.Round(seconds, 3),
        };
    }
}
