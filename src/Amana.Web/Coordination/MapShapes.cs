using System.Text;
using Amana.Domain.Coordination;
using Amana.Features.Coordination;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Html;

namespace Amana.Web.Coordination;

/// <summary>Draws the boundaries of the operation on the server, each area by how many activities concern it: none is dashed, and more is a heavier line and fill, so that it shows in print too. The land is never mirrored; what is
/// written on it stands in its own direction.</summary>
public static class MapShapes
{
    private const int RoomForWords = 4200;

    /// <param name="boundaries">The shapes.</param>
    /// <param name="areas">Each area with the open activities that concern it.</param>
    /// <param name="said">What the map says to those who hear it.</param>
    public static IHtmlContent Draw(Boundaries boundaries, IReadOnlyList<MapArea> areas, string said) =>
        Markup.Of($"<svg class=\"map-shapes\" viewBox=\"-4 -4 {BoundaryRules.Grid + 8} {boundaries.Height + 8}\" role=\"img\" aria-label=\"{said}\">{Markup.Join(areas.Select(Area))}{Markup.Join(areas.Select(Words))}</svg>");

    private static IHtmlContent Area(MapArea area)
    {
        var much = area.Lines.Count switch { > 2 => "many", > 1 => "some", 1 => "few", _ => "none" };
        return Markup.Of($"<path class=\"{much}\" fill-rule=\"evenodd\" d=\"{Path(area.Area)}\"/>");
    }

    /// <summary>Code and count, where there is room for them.</summary>
    private static IHtmlContent Words(MapArea area)
    {
        if (area.Area.Rings.Count == 0)
            return Markup.None;
        var ring = area.Area.Rings.MaxBy(r => r.Count)!;
        var (xs, ys) = (ring.Where((_, i) => i % 2 == 0).ToList(), ring.Where((_, i) => i % 2 == 1).ToList());
        var room = (xs.Max() - xs.Min()) * (ys.Max() - ys.Min());
        var (x, y) = ((xs.Max() + xs.Min()) / 2, (ys.Max() + ys.Min()) / 2);
        return room < RoomForWords ? Markup.None
            : Markup.Of($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" direction=\"ltr\">{area.Area.Code}</text><text class=\"n\" x=\"{x}\" y=\"{y + 26}\" text-anchor=\"middle\" direction=\"ltr\">{area.Lines.Count}</text>");
    }

    /// <summary>Each ring from its first corner by the way to the next: short, so that the page stays small.</summary>
    private static string Path(BoundaryArea area)
    {
        var path = new StringBuilder();
        foreach (var ring in area.Rings)
        {
            path.Append('M').Append(ring[0]).Append(' ').Append(ring[1]).Append('l');
            for (var i = 2; i + 1 < ring.Count; i += 2)
                path.Append(ring[i] - ring[i - 2]).Append(' ').Append(ring[i + 1] - ring[i - 1]).Append(' ');
            path.Append('z');
        }

        return path.ToString();
    }
}
