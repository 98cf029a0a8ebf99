using System.CommandLine;
using System.Diagnostics;
using Amana.Disclosure;

namespace Amana.Cli;

/// <summary><c>amana disclose risk</c>: how easily people are found.</summary>
internal static class DiscloseRisk
{
    private const int MostKeysOfSuda = 20;

    public static Command Make()
    {
        var options = new DiscloseOptions();
        options.CheckKeys();
        var weight = DiscloseOptions.Column("--weight", "Column of sampling weights; without it the file is taken as a full census.");
        var household = DiscloseOptions.Column("--household", "Column that says who live together.");
        var sensitive = DiscloseOptions.Column("--sensitive", "Column whose values must not be found out: l-diversity and t-closeness.");
        var suda = new Option<bool>("--suda") { Description = "Look for special uniques (SUDA2) as well." };
        var command = new Command("risk", "Say how easily people are found by the keys.")
        {
            options.File, options.Keys, weight, household, sensitive, suda, options.NotThere, options.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var keys = parsed.GetValue(options.Keys)!;
            string?[] others = [parsed.GetValue(weight), parsed.GetValue(household), parsed.GetValue(sensitive)];
            var twice = others.Where(o => o is not null).Concat(keys).GroupBy(o => o, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
            if (twice is not null)
                throw new RefusedException($"Column '{twice}' is named for two things.");
            if (parsed.GetValue(suda) && keys.Length > MostKeysOfSuda)
                throw new RefusedException($"--suda takes at most {MostKeysOfSuda} keys.");
            var file = await DiscloseFile.Read(parsed.GetValue(options.File)!, [.. keys, .. others.OfType<string>()], parsed.GetValue(options.NotThere)!, cancellation);
            file.Need([.. keys, .. others.OfType<string>()]);
            var data = others[0] is { } w ? DiscloseFile.Given(file.Microdata.WeightedBy(w), file.Path) : file.Microdata;
            data = others[1] is { } h ? data.InHouseholdsOf(h) : data;
            var watch = Stopwatch.StartNew();
            DiscloseFigures? figures = null;
            await Terminal.Counting("Measuring", count => Task.Run(
                () => figures = DiscloseFile.Within(file.Path, () => Measure(file.Path, data, keys, others[2], parsed.GetValue(suda), new Told<double>(share => count((int)(share * 1000), 1000)), cancellation)), cancellation));
            figures!["seconds"] = Math.Round(watch.Elapsed.TotalSeconds, 3);
            figures.Say(parsed.GetValue(options.Json));
            return Exit.Done;
        });
        return command;
    }

    private static DiscloseFigures Measure(string path, Microdata data, string[] keys, string? sensitive, bool suda, IProgress<double> progress, CancellationToken cancellation)
    {
        var anonymity = KAnonymity.Measure(data, keys);
        var risk = IndividualRisk.Measure(anonymity);
        var global = GlobalRisk.Of(risk);
        var figures = new DiscloseFigures
        {
            ["file"] = path,
            ["rows"] = data.RowCount,
            ["keys"] = keys,
            ["weighted"] = data.IsWeighted,
            ["classes"] = anonymity.Classes.Count,
            ["uniques"] = anonymity.Uniques,
            ["doubles"] = anonymity.ViolatorCount(3) - anonymity.Uniques,
            ["smallest"] = anonymity.Smallest,
            ["violators"] = new DiscloseFigures { ["2"] = anonymity.ViolatorCount(2), ["3"] = anonymity.ViolatorCount(3), ["5"] = anonymity.ViolatorCount(5) },
            ["ER"] = global.ExpectedReidentifications,
            ["global"] = global.Share,
            ["highest"] = risk.Highest,
            ["above0.2"] = risk.RowsAbove(0.2).Length,
        };
        Attackers(anonymity, figures);
        if (data.Household is not null)
        {
            var household = HouseholdRisk.Measure(risk).Global;
            figures["household"] = new DiscloseFigures { ["ER"] = household.ExpectedReidentifications, ["global"] = household.Share };
        }

        if (sensitive is not null)
            figures["sensitive"] = Diversity(data, keys, sensitive);
        if (suda)
            figures["suda"] = SpecialUniques(data, keys, progress, cancellation);
        return figures;
    }

    private static void Attackers(KAnonymity anonymity, DiscloseFigures figures)
    {
        var risks = AttackerRisks.Of(anonymity);
        figures["prosecutor"] = Attacker(risks.Prosecutor);
        figures["journalist"] = Attacker(risks.Journalist);
        figures["marketer"] = risks.Marketer;
        if (!anonymity.Classes.Microdata.IsWeighted)
            return;
        var uniques = PopulationUniques.Of(anonymity.Classes);
        figures["populationUniques"] = new DiscloseFigures
        {
            ["estimate"] = uniques.Estimate,
            ["share"] = uniques.Share,
            ["model"] = uniques.Chosen switch { UniquenessModel.Pitman => "pitman", UniquenessModel.SlideNegativeBinomial => "snb", _ => "zayatz" },
            ["zayatz"] = uniques.Zayatz,
            ["pitman"] = uniques.Pitman,
            ["snb"] = uniques.SlideNegativeBinomial,
        };
        var names = anonymity.Classes.Keys.Select(k => k.Name);
        if (LogLinearRisk.Measure(anonymity.Classes.Microdata, names, SamplingFraction(anonymity.Classes.Microdata)) is Answer<LogLinearRisk>.Given { Value: var fitted })
            figures["logLinear"] = new DiscloseFigures { ["tau1"] = fitted.PopulationUniques, ["tau2"] = fitted.CorrectMatches };
    }

    private static double SamplingFraction(Microdata data) => data.IsWeighted ? Math.Min(1, data.RowCount / Math.Max(1, data.Weights.ToArray().Sum())) : 1;

    private static DiscloseFigures Attacker(AttackerRisk risk) => new() { ["atRisk"] = risk.AtRisk, ["highest"] = risk.Highest, ["successRate"] = risk.SuccessRate };

    private static DiscloseFigures Diversity(Microdata data, string[] keys, string sensitive)
    {
        var diversity = LDiversity.Measure(data, keys, sensitive);
        return new DiscloseFigures
        {
            ["column"] = sensitive,
            ["distinct"] = diversity.SmallestDistinct,
            ["entropy"] = diversity.SmallestEntropy,
            ["below2"] = diversity.ViolatorCount(2),
            ["notRecursive2of2"] = Enumerable.Range(0, data.RowCount).Count(row => !diversity.IsRecursive(row, 2, 2)),
            ["tEqual"] = TCloseness.MeasureEqual(data, keys, sensitive).Largest,
            ["tOrdered"] = TCloseness.MeasureOrdered(data, keys, sensitive).Largest,
        };
    }

    private static DiscloseFigures SpecialUniques(Microdata data, string[] keys, IProgress<double> progress, CancellationToken cancellation)
    {
        var suda = Suda.Measure(data, keys, progress: progress, cancellation: cancellation);
        var fraction = SamplingFraction(data);
        var contributions = new DiscloseFigures();
        foreach (var (key, share) in keys.Zip(suda.Contributions()))
            contributions[key] = share;
        return new DiscloseFigures
        {
            ["specialUniques"] = Enumerable.Range(0, data.RowCount).Count(row => suda.Score(row) > 0),
            ["highest"] = suda.Highest,
            ["samplingFraction"] = fraction,
            ["disHighest"] = suda.IntrusionScores(fraction).Max(),
            ["contributions"] = contributions,
        };
    }
}
