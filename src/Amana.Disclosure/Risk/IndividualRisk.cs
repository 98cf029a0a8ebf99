using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>Which expression of the Benedetti–Franconi risk is used from three records per key on. One and two are always exact.</summary>
public enum RiskFormula
{
    /// <summary>p/(f − (1 − p)), as the usual tools do.</summary>
    Approximate,

    /// <summary>p^f/f · ₂F₁(f, f; f+1; 1 − p).</summary>
    Exact,
}

/// <summary>
/// The probability that a record is re-identified by its key variables: the expected 1/F given f, F being negative binomial
/// (Benedetti &amp; Franconi 1998; Franconi &amp; Polettini 2004). In a full census, and without weights, it is 1/f.
/// </summary>
public sealed class IndividualRisk
{
    private readonly double[] _ofClass;

    private IndividualRisk(KAnonymity anonymity, double[] ofClass)
    {
        Anonymity = anonymity;
        _ofClass = ofClass;
    }

    public KAnonymity Anonymity { get; }

    /// <summary>Risk of each class of keys, in (0,1].</summary>
    public ReadOnlySpan<double> ClassRisks => _ofClass;

    /// <summary>Risk of one row, in (0,1].</summary>
    public double this[int row] => _ofClass[Anonymity.Classes.ClassOfRow[row]];

    /// <summary>Highest risk of any record; 0 without rows.</summary>
    public double Highest => _ofClass.Length == 0 ? 0 : _ofClass.Max();

    /// <summary>Rows whose risk is above a limit (0.2 is usual), in the order of the file.</summary>
    public ImmutableArray<int> RowsAbove(double limit)
    {
        var rows = ImmutableArray.CreateBuilder<int>();
        for (var row = 0; row < Anonymity.RowCount; row++)
        {
            if (this[row] > limit)
                rows.Add(row);
        }

        return rows.ToImmutable();
    }

    /// <summary>Measures the risk of every record. With <paramref name="fullCensus"/> weights are left aside.</summary>
    public static IndividualRisk Measure(KAnonymity anonymity, RiskFormula formula = RiskFormula.Approximate, bool fullCensus = false)
    {
        var census = fullCensus || !anonymity.Classes.Microdata.IsWeighted;
        var risks = new double[anonymity.ClassFrequencies.Length];
        for (var c = 0; c < risks.Length; c++)
            risks[c] = census ? 1 / Math.Max(1, anonymity.ClassFrequencies[c]) : Of(anonymity.ClassFrequencies[c], anonymity.ClassPopulations[c], formula);
        return new IndividualRisk(anonymity, risks);
    }

    /// <summary>The risk for f records in the file that stand for F people. Where F is not above f the file holds everybody: 1/f.</summary>
    public static double Of(double f, double population, RiskFormula formula)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(f);
        if (population <= f)
            return Math.Min(1, 1 / f);
        var p = f / population;
        var odds = p / (1 - p);
        if (f == 1)
            return -odds * Math.Log(p);
        if (f == 2)
            return SafeDouble(p, odds);
        return formula == RiskFormula.Approximate && f > 2 ? p / (f - (1 - p)) : Exact(f, p);
    }

    // For two records the two terms nearly cancel when almost everybody is in the file; the series has no such loss.
    private static double SafeDouble(double p, double odds) => p > 0.5 ? Exact(2, p) : odds + (odds * odds * Math.Log(p));

    /// <summary>
    /// p^f/f · ₂F₁(f, f; f+1; q) = ∫₀¹ s^(f−1)·p/(p + q·s) ds with q = 1 − p. For few records and small p by the recursion
    /// J(f+1) = (1/f − J(f))·p/q, else by the series p/f · Σ n!·qⁿ/((f+1)…(f+n)), whose terms are all positive.
    /// </summary>
    private static double Exact(double f, double p)
    {
        var q = 1 - p;
        if (q > 0.9 && f <= 20 && f == Math.Floor(f))
        {
            var j = -p / q * Math.Log(p);
            for (var n = 1; n < f; n++)
                j = ((1.0 / n) - j) * p / q;
            return j;
        }

        var (term, sum) = (1.0, 1.0);
        for (var n = 1; n < 1_000_000 && term > sum * 1e-17; n++)
        {
            term *= n * q / (f + n);
            sum += term;
        }

        return p / f * sum;
    }
}
