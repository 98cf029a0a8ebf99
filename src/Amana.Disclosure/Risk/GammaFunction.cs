namespace Amana.Disclosure;

/// <summary>ln Γ for positive arguments, by Stirling's series above 8 and the recurrence below; to about 14 digits.</summary>
internal static class GammaFunction
{
    public static double Log(double x)
    {
        var shift = 0.0;
        for (; x < 8; x++)
            shift += Math.Log(x);
        var square = 1 / (x * x);
        var series = ((((((((-691.0 / 360360) * square) + (1.0 / 1188)) * square) - (1.0 / 1680)) * square) + (1.0 / 1260)) * square) - (1.0 / 360);
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (((series * square) + (1.0 / 12)) / x) - shift;
    }

    /// <summary>ln of the number of ways to choose.</summary>
    public static double LogChoose(double n, double k) => Log(n + 1) - Log(k + 1) - Log(n - k + 1);
}
