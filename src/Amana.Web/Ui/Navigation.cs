using System.Collections.Frozen;

namespace Amana.Web.Ui;

/// <summary>
/// The one list of places. A place is shown when a page answers at its address, so that a subject appears in every menu the day its
/// first page exists.
/// </summary>
public sealed class Navigation(EndpointDataSource endpoints)
{
    private static readonly Place[] Staff =
    [
        new("nav.home", "/home"),
        new("nav.activities", "/activities"),
        new("nav.rights", "/rights"),
        new("nav.sharing", "/sharing"),
        new("nav.coordination", "/coordination"),
        new("nav.ledger", "/ledger"),
        new("nav.set-up", "/set-up"),
        new("nav.account", "/accounts/my-account"),
    ];

    private readonly Lazy<FrozenSet<string>> addresses = new(() => endpoints.Endpoints
        .OfType<RouteEndpoint>()
        .Select(e => "/" + e.RoutePattern.RawText?.Trim('/'))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The places of the staff's menu that exist.</summary>
    public IEnumerable<Place> ForStaff => Staff.Where(p => Exists(p.Href));

    /// <summary>Whether a page answers at an address without parameters.</summary>
    public bool Exists(string href) => addresses.Value.Contains(href);

    /// <summary>Whether a request is at a place or below it.</summary>
    public static bool IsAt(HttpRequest request, Place place) => request.Path.StartsWithSegments(place.Href, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A place of the menu: the key of its name and its address.</summary>
public sealed record Place(string Key, string Href);
