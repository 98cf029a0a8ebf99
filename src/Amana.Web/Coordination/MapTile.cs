using Amana.Domain.Activities;
using Amana.Features.Coordination;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Html;

namespace Amana.Web.Coordination;

/// <summary>Draws one place of the map on the server: its name and code, and a field for each of the eight categories, filled where somebody works and dashed where nobody does. The fields follow the
/// direction of the language.</summary>
public static class MapTile
{
    private const int Longest = 26;

    /// <param name="place">The place.</param>
    /// <param name="said">What it says to those who hear it.</param>
    /// <param name="rightToLeft">The direction of the language.</param>
    public static IHtmlContent Draw(MapPlace place, string said, bool rightToLeft)
    {
        var name = place.Place.Name.Length == 0 ? place.Place.Code : place.Place.Name.Length > Longest ? place.Place.Name[..(Longest - 1)] + "…" : place.Place.Name;
        var much = place.Here.Count switch { > 2 => "many", > 1 => "some", _ => "few" };
        return Markup.Of($"<svg class=\"map-tile {much}\" viewBox=\"0 0 240 150\" role=\"img\" aria-label=\"{said}\"><rect class=\"ground\" x=\"1\" y=\"1\" width=\"238\" height=\"148\" rx=\"8\"/><text class=\"name\" x=\"120\" y=\"28\" text-anchor=\"middle\">{name}</text><text class=\"code\" x=\"120\" y=\"47\" text-anchor=\"middle\" direction=\"ltr\">{place.Place.Code}</text>{Markup.Join(Enum.GetValues<MatrixCategory>().Select(c => Field(c, place.Count(c), rightToLeft)))}</svg>");
    }

    private static IHtmlContent Field(MatrixCategory category, int count, bool rightToLeft)
    {
        var (row, column) = Math.DivRem((int)category, 4);
        var (x, y) = (12 + 55 * (rightToLeft ? 3 - column : column), 58 + 44 * row);
        var words = count > 1 ? $"{(int)category + 1} ×{count}" : $"{(int)category + 1}";
        return Markup.Of($"<rect class=\"{(count > 0 ? "there" : "gap")}\" x=\"{x}\" y=\"{y}\" width=\"50\" height=\"38\" rx=\"5\"/><text class=\"{(count > 0 ? "n" : "g")}\" x=\"{x + 25}\" y=\"{y + 25}\" text-anchor=\"middle\" direction=\"ltr\">{words}</text>");
    }
}
