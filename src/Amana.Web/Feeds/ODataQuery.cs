using System.Globalization;

namespace Amana.Web.Feeds;

/// <summary>What of an entity set is asked for: the part of OData 4.01's system query options that Power BI, Excel and R use. What is not understood is refused, never passed over.</summary>
/// <param name="Select">Properties; all where empty.</param>
/// <param name="Filter">Which lines; none for all.</param>
/// <param name="OrderBy">Property and direction.</param>
/// <param name="Skip">So many are passed over.</param>
/// <param name="Top">At most so many.</param>
/// <param name="Count">The number of all that match is told.</param>
public sealed record ODataQuery(IReadOnlyList<string> Select, Func<IReadOnlyDictionary<string, object?>, bool>? Filter, (string Property, bool Descending)? OrderBy, int Skip, int? Top, bool Count)
{
    /// <summary>Lines of one answer; more are behind the next link.</summary>
    public const int PageSize = 1000;

    /// <summary>Reads the options; throws <see cref="FormatException"/> with a plain sentence for what is not understood.</summary>
    public static ODataQuery Parse(IReadOnlyDictionary<string, string> options, IReadOnlyList<ODataProperty> properties)
    {
        foreach (var unknown in options.Keys.Where(k => k.StartsWith('$') && k is not ("$select" or "$filter" or "$orderby" or "$skip" or "$top" or "$count" or "$format")))
            throw new FormatException("The option " + unknown + " is not understood.");
        var names = properties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        string Known(string name) => names.Contains(name) ? name : throw new FormatException("There is no property '" + name + "'.");
        var select = options.TryGetValue("$select", out var chosen) && chosen != "*" ? chosen.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Known).ToList() : [];
        var filter = options.TryGetValue("$filter", out var condition) ? ODataFilter.Parse(condition, properties) : null;
        return new ODataQuery(select, filter, options.TryGetValue("$orderby", out var order) ? Order(order, Known) : null, Whole(options, "$skip") ?? 0, Whole(options, "$top"),
            options.TryGetValue("$count", out var count) && count == "true");
    }

    /// <summary>The lines asked for, how many match in all, and where the next page begins; none after the last.</summary>
    public (IReadOnlyList<IReadOnlyDictionary<string, object?>> Lines, int Matching, int? Next) Of(IEnumerable<IReadOnlyDictionary<string, object?>> lines)
    {
        var matching = (Filter is null ? lines : lines.Where(Filter)).ToList();
        if (OrderBy is { } order)
            matching = [.. order.Descending ? matching.OrderByDescending(l => l[order.Property], ODataFilter.Values) : matching.OrderBy(l => l[order.Property], ODataFilter.Values)];
        var wanted = Math.Min(Top ?? int.MaxValue, Math.Max(0, matching.Count - Skip));
        var page = matching.Skip(Skip).Take(Math.Min(wanted, PageSize)).Select(l => Select.Count == 0 ? l : Select.ToDictionary(s => s, s => l[s], StringComparer.Ordinal)).ToList();
        return (page, matching.Count, wanted > PageSize ? Skip + PageSize : null);
    }

    private static (string, bool) Order(string text, Func<string, string> known)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts is [var name] ? (known(name), false) : parts is [var of, "asc" or "desc"] ? (known(of), parts[1] == "desc") : throw new FormatException("Order by one property, with asc or desc.");
    }

    private static int? Whole(IReadOnlyDictionary<string, string> options, string name) => !options.TryGetValue(name, out var text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException(name + " is a whole number.");
}

/// <summary>A property of an entity type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its EDM type, such as <c>Edm.String</c>.</param>
/// <param name="Nullable">It can be missing.</param>
public sealed record ODataProperty(string Name, string Type, bool Nullable = true);
