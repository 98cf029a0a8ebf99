using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>What numbers lost on their way into a release, on rows that have all of them in both files. Both hold the same people in the same order.</summary>
/// <param name="Rows">Rows compared.</param>
/// <param name="InformationLoss">IL1s (Yancey et al. 2002): mean of |x − x′|/(√2·s); 0 is nothing.</param>
/// <param name="Eigenvalues">Σ|λ − λ′|/λ over the eigenvalues of the correlation matrices; 0 where all correlations stayed.</param>
public sealed record NumericUtility(int Rows, double InformationLoss, double Eigenvalues)
{
    /// <summary>Measures. Refuses values that are not numbers; throws where the files differ in length.</summary>
    public static Answer<NumericUtility> Measure(Microdata original, Microdata released, IEnumerable<string> columns)
    {
        if (original.RowCount != released.RowCount)
            throw new ArgumentException("The files have different people.", nameof(released));
        ImmutableArray<string> names = [.. columns];
        var (before, after) = (new List<double[]>(), new List<double[]>());
        foreach (var (microdata, into) in new[] { (original, before), (released, after) })
        {
            foreach (var name in names)
            {
                if (microdata[name].Numbers() is Answer<double[]>.Refused { Fault: var fault })
                    return new Answer<NumericUtility>.Refused(fault);
                into.Add(microdata[name].Numbers().OrThrow());
            }
        }

        int[] rows = [.. Enumerable.Range(0, original.RowCount).Where(i => before.TrueForAll(v => !double.IsNaN(v[i])) && after.TrueForAll(v => !double.IsNaN(v[i])))];
        if (rows.Length < 2)
            return new Answer<NumericUtility>.Given(new NumericUtility(rows.Length, 0, 0));
        var (truth, shown) = (before.ConvertAll(v => Array.ConvertAll(rows, i => v[i])), after.ConvertAll(v => Array.ConvertAll(rows, i => v[i])));
        var (covariance, covarianceShown) = (SymmetricMatrix.Covariance(truth), SymmetricMatrix.Covariance(shown));
        var loss = 0.0;
        for (var j = 0; j < names.Length; j++)
        {
            var spread = covariance[j, j] > 0 ? Math.Sqrt(2 * covariance[j, j]) : 1;
            loss += truth[j].Zip(shown[j], (x, y) => Math.Abs(x - y) / spread).Average() / names.Length;
        }

        var (values, valuesShown) = (SymmetricMatrix.Eigenvalues(Correlation(covariance)), SymmetricMatrix.Eigenvalues(Correlation(covarianceShown)));
        var eigen = values.Zip(valuesShown, (x, y) => Math.Abs(x) > 1e-12 ? Math.Abs(x - y) / Math.Abs(x) : Math.Abs(y)).Sum();
        return new Answer<NumericUtility>.Given(new NumericUtility(rows.Length, loss, eigen));
    }

    private static double[,] Correlation(double[,] covariance)
    {
        var m = covariance.GetLength(0);
        var result = new double[m, m];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++)
                result[i, j] = i == j ? 1 : covariance[i, i] > 0 && covariance[j, j] > 0 ? covariance[i, j] / Math.Sqrt(covariance[i, i] * covariance[j, j]) : 0;
        }

        return result;
    }
}
