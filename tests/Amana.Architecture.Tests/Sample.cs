#pragma warning disable CA1812, CA1852, CA1823, MA0182, CA1801, IDE0060 // made wrong on purpose: each rule must find what is wrong here

namespace Amana.Architecture.Tests.Sample
{
    internal abstract record OpenChange;

    /// <summary>A change that anybody can make.</summary>
    internal sealed record AnybodysChange : OpenChange
    {
        public int Number { get; init; }
    }

    /// <summary>An entity that anybody can set.</summary>
    internal sealed class OpenEntity
    {
        public int Number { get; set; }
    }

    internal sealed class RecordManager;

    internal sealed class Greedy(OpenEntity a, int b, int c, int d, int e, int f, int g)
    {
        public int Sum => a.Number + b + c + d + e + f + g;
    }

    internal static class Long
    {
        public static int Method(int n)
        {
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            n++;
            return n;
        }
    }
}

namespace Amana.Architecture.Tests.Sample.Left
{
    internal sealed class Uses
    {
        public static string Other => Right.Used.Word;
    }
}

namespace Amana.Architecture.Tests.Sample.Right
{
    internal static class Used
    {
        public static string Word => typeof(Used).Name;
    }
}
