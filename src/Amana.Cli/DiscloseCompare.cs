using System.CommandLine;
using Amana.Disclosure;

namespace Amana.Cli;

/// <summary><c>amana disclose compare</c>: what a released file lost against the one it was made from, and who lost most.</summary>
internal static class DiscloseCompare
{
    public static Command Make()
    {
        var options = new DiscloseOptions();
        options.CheckKeys();
        var released = new Argument<string>("RELEASED") { Description = "The file made from it: the same records in the same order." };
        var numbers = new Option<string[]>("--numbers")
        {
            Description = "Numeric variables to compare, with commas between them.", CustomParser = static result => [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))],
        };
        var by = DiscloseOptions.Column("--by", "Variable of the groups among which to look for who lost most.");
        var command = new Command("compare", "Say what a released file lost: detail, likeness, published shares, and who lost most.")
        {
            options.File, released, options.Keys, numbers, by, options.NotThere, options.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (keys, numeric, group) = (parsed.GetValue(options.Keys)!, parsed.GetValue(numbers) ?? [], parsed.GetValue(by));
            string[] ofOriginal = group is null ? [.. keys, .. numeric] : [.. keys, .. numeric, group];
            var before = await DiscloseFile.Read(parsed.GetValue(options.File)!, ofOriginal, parsed.GetValue(options.NotThere)!, cancellation);
            var after = await DiscloseFile.Read(parsed.GetValue(released)!, [.. keys, .. numeric], parsed.GetValue(options.NotThere)!, cancellation);
            if (before.Microdata.RowCount != after.Microdata.RowCount)
                throw new RefusedException($"{after.Path}: {after.Microdata.RowCount} records, not the {before.Microdata.RowCount} of {before.Path}.");
            DiscloseFigures? figures = null;
            await Terminal.While("Comparing", () => Task.Run(() => figures = Compare(before, after, keys, numeric, group, cancellation), cancellation));
            figures!.Say(parsed.GetValue(options.Json));
            return Exit.Done;
        });
        return command;
    }

    private static DiscloseFigures Compare(DiscloseFile before, DiscloseFile after, string[] keys, string[] numbers, string? group, CancellationToken cancellation)
    {
        var (original, released) = (before.Microdata, after.Microdata);
        var detail = DetailLost.Measure(original, released, keys);
        var figures = new DiscloseFigures
        {
            ["file"] = before.Path,
            ["released"] = after.Path,
            ["rows"] = original.RowCount,
            ["detailLost"] = new DiscloseFigures { ["share"] = detail.Share, ["bits"] = detail.Bits, ["columns"] = PerKey(keys, detail.Columns.Select(c => (object)c.Share)) },
            ["propensity"] = Likeness(original, released, keys, cancellation),
            ["indicators"] = Indicators(original, released, keys),
            ["suppressed"] = Suppressed(original, released, keys, group),
        };
        if (numbers.Length == 0)
            return figures;
        var numeric = DiscloseFile.Given(NumericUtility.Measure(original, released, numbers), after.Path);
        figures["numbers"] = new DiscloseFigures { ["rows"] = numeric.Rows, ["il1s"] = numeric.InformationLoss, ["eigen"] = numeric.Eigenvalues };
        return figures;
    }

    private static DiscloseFigures PerKey(string[] keys, IEnumerable<object> values)
    {
        var figures = new DiscloseFigures();
        foreach (var (key, value) in keys.Zip(values))
            figures[key] = value;
        return figures;
    }

    private static DiscloseFigures? Likeness(Microdata original, Microdata released, string[] keys, CancellationToken cancellation) =>
        Propensity.Measure(original, released, keys, cancellation) is Answer<Propensity>.Given { Value: var likeness }
            ? new DiscloseFigures { ["pMSE"] = likeness.Score, ["ratio"] = likeness.Ratio }
            : null;

    /// <summary>The share of every category of every key: how many left the interval of 95 %, and which moved most.</summary>
    private static DiscloseFigures Indicators(Microdata original, Microdata released, string[] keys)
    {
        var all = keys.SelectMany(key => IndicatorChange.Of(original, released, key).Select(change => (Key: key, Change: change))).ToArray();
        var most = all.Where(a => !double.IsNaN(a.Change.After)).OrderByDescending(a => Math.Abs(a.Change.Points)).FirstOrDefault();
        return new DiscloseFigures
        {
            ["shares"] = all.Length,
            ["outsideInterval"] = all.Count(a => !a.Change.Holds),
            ["largest"] = most.Change is null ? null : new DiscloseFigures { ["column"] = most.Key, ["category"] = most.Change.Category, ["points"] = most.Change.Points },
        };
    }

    private static DiscloseFigures Suppressed(Microdata original, Microdata released, string[] keys, string? group)
    {
        var cells = SuppressedCells.Of(original, released, keys, group ?? keys[0]);
        var figures = new DiscloseFigures
        {
            ["cells"] = cells.Cells,
            ["columns"] = PerKey(keys, keys.Select(key => (object)cells.Shares.Where(s => s.Column == key).Sum(s => s.Cells))),
        };
        if (group is null)
            return figures;
        figures["by"] = group;
        figures["losesMost"] = cells.LosesMost is { } most ? new DiscloseFigures { ["group"] = most.Group, ["records"] = most.Records, ["cells"] = most.Cells, ["share"] = most.Share } : null;
        figures["disparity"] = cells.Disparity;
        return figures;
    }
}
