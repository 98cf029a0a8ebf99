using Amana.Domain.Coordination;

namespace Amana.Features.Coordination;

/// <summary>Puts shapes on a grid of whole numbers and leaves out corners that nobody would see (Douglas and Peucker 1973), coarser and coarser until all of them together are few enough to be drawn on a small page. Islands that
/// become specks go; the largest ring of each area stays. Borders of neighbours are simplified each for itself, so hair-thin gaps can open.</summary>
internal static class BoundaryGrid
{
    public static (IReadOnlyList<BoundaryArea> Areas, int Height) Of(IReadOnlyList<ReadShape> shapes)
    {
        var all = shapes.SelectMany(s => s.Rings).SelectMany(r => r).ToList();
        if (all.Count == 0)
            return ([], 1);
        var (west, east, south, north) = (all.Min(p => p.X), all.Max(p => p.X), all.Min(p => p.Y), all.Max(p => p.Y));
        var narrow = Math.Max(0.05, Math.Cos((south + north) / 2 * Math.PI / 180)); // a degree of longitude is shorter away from the equator
        var (wide, high) = (Math.Max(1e-9, (east - west) * narrow), Math.Max(1e-9, north - south));
        var scale = BoundaryRules.Grid / Math.Max(wide, high);
        List<List<(double X, double Y)>> Placed(ReadShape s) => [.. s.Rings.Select(r => r.Select(p => ((p.X - west) * narrow * scale, (north - p.Y) * scale)).ToList())];
        var placed = shapes.Select(s => (Shape: s, Rings: Placed(s))).ToList();
        for (var tolerance = 0.75; ; tolerance *= 1.5)
        {
            var areas = placed.Select(p => new BoundaryArea(p.Shape.Code, p.Shape.Name, p.Shape.Within, p.Shape.WithinName, Rings(p.Rings, tolerance))).ToList();
            if (areas.Sum(a => a.Rings.Sum(r => r.Count / 2)) <= BoundaryRules.MostCorners || tolerance > BoundaryRules.Grid)
                return (areas, Math.Clamp((int)Math.Ceiling(high * scale), 1, BoundaryRules.Grid));
        }
    }

    private static IReadOnlyList<IReadOnlyList<int>> Rings(List<List<(double X, double Y)>> rings, double tolerance)
    {
        var largest = rings.MaxBy(r => Math.Abs(Area(r)));
        return [.. rings.Where(r => r == largest || Math.Abs(Area(r)) > 4 * tolerance * tolerance).Select(r => Whole(Simplified(r, tolerance))).Where(r => r.Count >= 6)];
    }

    /// <summary>On whole numbers, without the same corner twice running and without the last, which is the first.</summary>
    private static List<int> Whole(List<(double X, double Y)> ring)
    {
        var whole = new List<int>(2 * ring.Count);
        foreach (var (x, y) in ring.SkipLast(1))
            if ((int)Math.Round(x) is var a && (int)Math.Round(y) is var b && (whole.Count < 2 || whole[^2] != a || whole[^1] != b))
                whole.AddRange([a, b]);
        return whole;
    }

    /// <summary>Twice the area, signed (shoelace).</summary>
    private static double Area(List<(double X, double Y)> ring) => Enumerable.Range(0, ring.Count - 1).Sum(i => ring[i].X * ring[i + 1].Y - ring[i + 1].X * ring[i].Y);

    /// <summary>A ring is cut at the corner farthest from its first, and each half is simplified.</summary>
    private static List<(double X, double Y)> Simplified(List<(double X, double Y)> ring, double tolerance)
    {
        var keep = new bool[ring.Count];
        var far = Enumerable.Range(0, ring.Count).MaxBy(i => Distance(ring[i], ring[0]));
        (keep[0], keep[far], keep[^1]) = (true, true, true);
        var open = new Stack<(int From, int To)>([(0, far), (far, ring.Count - 1)]);
        while (open.TryPop(out var part))
        {
            var (at, most) = (-1, tolerance);
            for (var i = part.From + 1; i < part.To; i++)
                if (Off(ring[i], ring[part.From], ring[part.To]) is var off && off > most)
                    (at, most) = (i, off);
            if (at < 0)
                continue;
            keep[at] = true;
            open.Push((part.From, at));
            open.Push((at, part.To));
        }

        return [.. ring.Where((_, i) => keep[i])];
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    private static double Off((double X, double Y) p, (double X, double Y) a, (double X, double Y) b)
    {
        var length = Distance(a, b);
        return length < 1e-9 ? Distance(p, a) : Math.Abs((b.X - a.X) * (a.Y - p.Y) - (a.X - p.X) * (b.Y - a.Y)) / length;
    }
}
