namespace Amana.Disclosure;

/// <summary>Risk of a whole file.</summary>
/// <param name="ExpectedReidentifications">ER: the sum of the individual risks, in records.</param>
/// <param name="Share">ER per record, in [0,1]: the figure that is compared with 3 % before data are made public.</param>
public sealed record GlobalRisk(double ExpectedReidentifications, double Share)
{
    /// <summary>The sum of the individual risks.</summary>
    public static GlobalRisk Of(IndividualRisk risk)
    {
        var sizes = risk.Anonymity.Classes.Sizes;
        var risks = risk.ClassRisks;
        var sum = 0.0;
        for (var c = 0; c < sizes.Length; c++)
            sum += sizes[c] * risks[c];
        return From(sum, risk.Anonymity.RowCount);
    }

    internal static GlobalRisk From(double sum, int rows) => new(sum, rows == 0 ? 0 : Math.Min(1, sum / rows));
}

/// <summary>
/// Household risk: finding any one member finds them all, so each member carries 1 − Π(1 − r) over the members. A row whose
/// household is missing lives alone.
/// </summary>
public sealed class HouseholdRisk
{
    private readonly double[] _ofRow;

    private HouseholdRisk(double[] ofRow) => _ofRow = ofRow;

    /// <summary>Risk of each row, in (0,1]; never below the row's individual risk.</summary>
    public ReadOnlySpan<double> OfRow => _ofRow;

    /// <summary>The sum over all rows.</summary>
    public GlobalRisk Global => GlobalRisk.From(_ofRow.Sum(), _ofRow.Length);

    /// <summary>Measures. Refuses (throws on) microdata without households.</summary>
    public static HouseholdRisk Measure(IndividualRisk risk)
    {
        var household = risk.Anonymity.Classes.Microdata.Household
            ?? throw new ArgumentException("The microdata do not say who lives together.", nameof(risk));
        var unfound = new double[household.Categories.Length];
        Array.Fill(unfound, 1);
        var codes = household.Codes;
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] != Column.Missing)
                unfound[codes[row]] *= 1 - risk[row];
        }

        var ofRow = new double[codes.Length];
        for (var row = 0; row < ofRow.Length; row++)
            ofRow[row] = codes[row] == Column.Missing ? risk[row] : Math.Max(risk[row], 1 - unfound[codes[row]]);
        return new HouseholdRisk(ofRow);
    }
}
