using Amana.Web.Feeds;

namespace Amana.Web.Tests;

/// <summary>What programs ask of a feed.</summary>
public sealed class A_query_of_the_feed
{
    private static readonly ODataProperty[] Properties = [new("Name", "Edm.String"), new("Count", "Edm.Int64"), new("At", "Edm.DateTimeOffset")];

    private static readonly IReadOnlyList<IReadOnlyDictionary<string, object?>> Lines =
    [
        .. new (string Name, long? Count)[] { ("tent", 12), ("outside", 7), ("it's a house", null), ("tent, old", 30) }
            .Select(l => new Dictionary<string, object?> { ["Name"] = l.Name, ["Count"] = l.Count, ["At"] = DateTimeOffset.UnixEpoch }),
    ];

    [Theory]
    [InlineData("Count gt 7", "tent|tent, old")]
    [InlineData("Count le 7", "outside")]
    [InlineData("Count eq null", "it's a house")]
    [InlineData("Count ne null and not (Name eq 'tent')", "outside|tent, old")]
    [InlineData("contains(Name, 'tent') or Name eq 'it''s a house'", "tent|it's a house|tent, old")]
    [InlineData("Name in ('tent','outside')", "tent|outside")]
    [InlineData("startswith(Name,'out')", "outside")]
    [InlineData("At lt 2000-01-01T00:00:00Z and Count ge 30", "tent, old")]
    public void Filters(string condition, string expected) =>
        Assert.Equal(expected, string.Join('|', Ask(("$filter", condition)).Of(Lines).Lines.Select(l => l["Name"])));

    [Fact]
    public void Chooses_orders_counts_and_pages()
    {
        var (page, matching, next) = Ask(("$select", "Name"), ("$orderby", "Count desc"), ("$skip", "1"), ("$top", "2"), ("$count", "true")).Of(Lines);
        Assert.Equal(["tent", "outside"], page.Select(l => l["Name"]));
        Assert.All(page, l => Assert.Equal(["Name"], l.Keys));
        Assert.Equal((4, null), (matching, next));
        var many = Enumerable.Range(0, 2500).Select(i => (IReadOnlyDictionary<string, object?>)new Dictionary<string, object?> { ["Name"] = "n", ["Count"] = (long)i, ["At"] = null }).ToList();
        Assert.Equal((1000, 1000), (Ask().Of(many).Lines.Count, Ask().Of(many).Next));
        Assert.Equal((500, null), (Ask(("$skip", "2000")).Of(many).Lines.Count, Ask(("$skip", "2000")).Of(many).Next));
    }

    [Theory]
    [InlineData("$filter", "Secret eq 1")]
    [InlineData("$filter", "Name eq 'open")]
    [InlineData("$filter", "Name eq")]
    [InlineData("$filter", "Name like 'x'")]
    [InlineData("$filter", "Name eq 'a' Name eq 'b'")]
    [InlineData("$select", "Secret")]
    [InlineData("$orderby", "Name sideways")]
    [InlineData("$top", "-1")]
    [InlineData("$expand", "People")]
    public void That_is_not_understood_is_refused(string option, string value) => Assert.Throws<FormatException>(() => Ask((option, value)));

    [Fact]
    public void That_is_nested_without_end_is_refused() =>
        Assert.Throws<FormatException>(() => Ask(("$filter", new string('(', 500) + "Count eq 1" + new string(')', 500))));

    private static ODataQuery Ask(params (string Name, string Value)[] options) => ODataQuery.Parse(options.ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal), Properties);
}
