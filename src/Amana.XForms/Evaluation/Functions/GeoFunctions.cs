namespace Amana.XForms.Evaluation;

/// <summary>Places on the map. Lengths are metres, areas square metres, on a sphere of 6,378,100 m (ODK XForms specification, <c>area</c> and <c>distance</c>).</summary>
internal static class GeoFunctions
{
    private const double Radius = 6_378_100;
    private const double MetresOfADegree = 2 * Math.PI * Radius / 360;

    public static IEnumerable<Function> All =>
    [
        new("area", 1, 1, (Evaluator e, CallSyntax c, in Scope s) => Measure(e, c, s, Area)),
        new("enclosed-area", 1, 1, (Evaluator e, CallSyntax c, in Scope s) => Measure(e, c, s, Area)),
        new("distance", 1, int.MaxValue, (Evaluator e, CallSyntax c, in Scope s) => Measure(e, c, s, Length)),
        new("geofence", 2, 2, Geofence),
        new("intersects", 1, 1, Intersects),
    ];

    private static XPathValue Measure(Evaluator e, CallSyntax call, in Scope scope, Func<List<GeoPoint>, double> measure)
    {
        var points = new List<GeoPoint>();
        foreach (var value in NodeFunctions.Spread(e, call, 0, scope))
        {
            if (!GeoPoint.TryReadLine(value.AsText(), points) || !e.Spend(points.Count, call))
                return e.Problem is null ? e.Fail(call, $"{call.Function.Name} needs places (latitude longitude).") : XPathValue.Empty;
        }

        return XPathValue.Of(measure(points));
    }

    private static double Area(List<GeoPoint> points)
    {
        if (points.Count < 3)
            return 0;
        var sum = 0d;
        var (x0, y0) = (0d, 0d);
        for (var i = 1; i < points.Count; i++)
        {
            var y = (points[i].Latitude - points[0].Latitude) * MetresOfADegree;
            var x = (points[i].Longitude - points[0].Longitude) * MetresOfADegree * Math.Cos(double.DegreesToRadians(points[i].Latitude));
            sum += i > 1 ? ((y0 * x) - (x0 * y)) / 2 : 0;
            (x0, y0) = (x, y);
        }

        return Math.Abs(sum);
    }

    private static double Length(List<GeoPoint> points)
    {
        var sum = 0d;
        for (var i = 1; i < points.Count; i++)
        {
            var turn = double.DegreesToRadians(points[i - 1].Longitude - points[i].Longitude);
            var (a, b) = (double.DegreesToRadians(points[i - 1].Latitude), double.DegreesToRadians(points[i].Latitude));
            sum += Radius * Math.Acos(Math.Clamp((Math.Sin(a) * Math.Sin(b)) + (Math.Cos(a) * Math.Cos(b) * Math.Cos(turn)), -1, 1));
        }

        return sum;
    }

    /// <summary>Whether a point lies within a shape: an odd number of the shape's edges lies to one side of it.</summary>
    private static XPathValue Geofence(Evaluator e, CallSyntax call, in Scope scope)
    {
        var point = new List<GeoPoint>();
        var shape = new List<GeoPoint>();
        if (!GeoPoint.TryReadLine(e.Text(call.Arguments[0], scope), point) || point.Count != 1
            || !GeoPoint.TryReadLine(e.Text(call.Arguments[1], scope), shape) || !e.Spend(shape.Count, call))
        {
            return e.Problem is null ? e.Fail(call, "geofence needs a point and a shape.") : XPathValue.Empty;
        }

        var inside = false;
        for (var i = 1; i < shape.Count; i++)
        {
            var (a, b) = (shape[i - 1], shape[i]);
            if (a.Latitude > point[0].Latitude == b.Latitude > point[0].Latitude)
                continue;
            var crossing = ((a.Longitude - b.Longitude) * (point[0].Latitude - b.Latitude) / (a.Latitude - b.Latitude)) + b.Longitude;
            inside ^= point[0].Longitude < crossing;
        }

        return XPathValue.Of(inside);
    }

    /// <summary>Whether a line or shape crosses itself.</summary>
    private static XPathValue Intersects(Evaluator e, CallSyntax call, in Scope scope)
    {
        var line = new List<GeoPoint>();
        if (!GeoPoint.TryReadLine(e.Text(call.Arguments[0], scope), line))
            return e.Problem is null ? e.Fail(call, "intersects needs a line or a shape.") : XPathValue.Empty;
        for (var i = 1; i < line.Count; i++)
        {
            for (var j = i + 2; j < line.Count && e.Spend(1, call); j++)
            {
                var closes = i == 1 && j == line.Count - 1 && line[0] == line[^1];
                if (!closes && Cross(line[i - 1], line[i], line[j - 1], line[j]))
                    return XPathValue.True;
            }
        }

        return XPathValue.False;
    }

    private static bool Cross(GeoPoint a, GeoPoint b, GeoPoint c, GeoPoint d) =>
        Side(a, b, c) * Side(a, b, d) <= 0 && Side(c, d, a) * Side(c, d, b) <= 0
        && Math.Max(a.Longitude, b.Longitude) >= Math.Min(c.Longitude, d.Longitude) && Math.Max(c.Longitude, d.Longitude) >= Math.Min(a.Longitude, b.Longitude)
        && Math.Max(a.Latitude, b.Latitude) >= Math.Min(c.Latitude, d.Latitude) && Math.Max(c.Latitude, d.Latitude) >= Math.Min(a.Latitude, b.Latitude);

    private static int Side(GeoPoint a, GeoPoint b, GeoPoint c) =>
        Math.Sign(((b.Longitude - a.Longitude) * (c.Latitude - a.Latitude)) - ((b.Latitude - a.Latitude) * (c.Longitude - a.Longitude)));
}
