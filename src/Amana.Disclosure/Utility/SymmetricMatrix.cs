namespace Amana.Disclosure;

/// <summary>The little linear algebra that noise and measures of utility need.</summary>
internal static class SymmetricMatrix
{
    /// <summary>Covariances (by n − 1) of variables given column by column, without gaps.</summary>
    public static double[,] Covariance(IReadOnlyList<double[]> columns)
    {
        var n = columns.Count == 0 ? 0 : columns[0].Length;
        var means = columns.Select(c => n == 0 ? 0 : c.Average()).ToArray();
        var result = new double[columns.Count, columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var row = 0; row < n; row++)
                    sum += (columns[i][row] - means[i]) * (columns[j][row] - means[j]);
                result[i, j] = result[j, i] = sum / Math.Max(1, n - 1);
            }
        }

        return result;
    }

    /// <summary>The lower triangle L with L·Lᵀ = the matrix; a direction without spread stays without.</summary>
    public static double[,] Cholesky(double[,] matrix)
    {
        var m = matrix.GetLength(0);
        var lower = new double[m, m];
        for (var j = 0; j < m; j++)
        {
            var rest = matrix[j, j];
            for (var k = 0; k < j; k++)
                rest -= lower[j, k] * lower[j, k];
            if (rest <= matrix[j, j] * 1e-12)
                continue;
            lower[j, j] = Math.Sqrt(rest);
            for (var i = j + 1; i < m; i++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                    sum -= lower[i, k] * lower[j, k];
                lower[i, j] = sum / lower[j, j];
            }
        }

        return lower;
    }

    /// <summary>Solves matrix · x = right for a positive definite matrix; what a direction without spread says is left at 0.</summary>
    public static double[] Solve(double[,] matrix, double[] right)
    {
        var (lower, m, x) = (Cholesky(matrix), right.Length, (double[])right.Clone());
        for (var i = 0; i < m; i++)
        {
            for (var k = 0; k < i; k++)
                x[i] -= lower[i, k] * x[k];
            x[i] = lower[i, i] == 0 ? 0 : x[i] / lower[i, i];
        }

        for (var i = m - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < m; k++)
                x[i] -= lower[k, i] * x[k];
            x[i] = lower[i, i] == 0 ? 0 : x[i] / lower[i, i];
        }

        return x;
    }

    /// <summary>Eigenvalues in falling order, by Jacobi's rotations.</summary>
    public static double[] Eigenvalues(double[,] matrix)
    {
        var (a, m) = ((double[,])matrix.Clone(), matrix.GetLength(0));
        for (var sweep = 0; sweep < 60; sweep++)
        {
            var off = 0.0;
            for (var p = 0; p < m; p++)
            {
                for (var q = p + 1; q < m; q++)
                {
                    off += a[p, q] * a[p, q];
                    Rotate(a, p, q);
                }
            }

            if (off < 1e-24)
                break;
        }

        return [.. Enumerable.Range(0, m).Select(i => a[i, i]).OrderDescending()];
    }

    private static void Rotate(double[,] a, int p, int q)
    {
        if (Math.Abs(a[p, q]) < 1e-300)
            return;
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        var m = a.GetLength(0);
        for (var k = 0; k < m; k++)
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        for (var k = 0; k < m; k++)
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
    }
}
