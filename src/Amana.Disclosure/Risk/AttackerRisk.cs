namespace Amana.Disclosure;

/// <summary>What one kind of attacker can expect.</summary>
/// <param name="AtRisk">Share of records whose risk is above the limit, in [0,1].</param>
/// <param name="Highest">Risk of the record easiest to find, in [0,1].</param>
/// <param name="SuccessRate">Share of records that are found on average, in [0,1].</param>
public sealed record AttackerRisk(double AtRisk, double Highest, double SuccessRate);

/// <summary>
/// Three attackers (El Emam &amp; Dankar 2008): the prosecutor knows that a person is in the file, the journalist looks somebody up in the
/// population, the marketer wants as many matches as possible. The population is what the weights come to; without weights it is the file.
/// </summary>
public sealed record AttackerRisks(AttackerRisk Prosecutor, AttackerRisk Journalist, double Marketer)
{
    /// <summary>Measures, a record being at risk above the limit (0.2 is usual: groups of fewer than five).</summary>
    public static AttackerRisks Of(KAnonymity anonymity, double limit = 0.2)
    {
        var sizes = anonymity.Classes.SizeArray;
        var f = anonymity.ClassFrequencies;
        var population = anonymity.ClassPopulations;
        double n = anonymity.RowCount;
        if (n == 0)
            return new AttackerRisks(new AttackerRisk(0, 0, 0), new AttackerRisk(0, 0, 0), 0);
        var (found, foundInPopulation, atRisk, atRiskInPopulation, highest, highestInPopulation) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var c = 0; c < sizes.Length; c++)
        {
            var here = 1 / Math.Max(1, f[c]);
            var there = 1 / Math.Max(Math.Max(1, f[c]), population[c]);
            (found, foundInPopulation) = (found + (sizes[c] * here), foundInPopulation + (sizes[c] * there));
            (atRisk, atRiskInPopulation) = (atRisk + (here > limit ? sizes[c] : 0), atRiskInPopulation + (there > limit ? sizes[c] : 0));
            (highest, highestInPopulation) = (Math.Max(highest, here), Math.Max(highestInPopulation, there));
        }

        // The journalist may pick from the population at random as well as from the file: the better of the two counts.
        var fromPopulation = sizes.Length / Math.Max(n, anonymity.Classes.WeightArray.Sum());
        return new AttackerRisks(
            new AttackerRisk(atRisk / n, highest, found / n),
            new AttackerRisk(atRiskInPopulation / n, highestInPopulation, Math.Max(foundInPopulation / n, fromPopulation)),
            foundInPopulation / n);
    }
}
