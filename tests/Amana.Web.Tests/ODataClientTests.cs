using System.Xml;
using Amana.Web.Tests.OpenRosa;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;

namespace Amana.Web.Tests;

/// <summary>The feed as Microsoft's OData library reads it, which Power BI and Excel are built on. It knows nothing of ours but the address.</summary>
[Collection(DemoCollection.Name)]
public sealed class The_feed_of_figures(DemoHost host)
{
    [Fact]
    public async Task Is_read_whole_by_an_OData_library_from_its_address_alone()
    {
        var desk = await host.SignedIn("im");
        var model = await Model(desk);
        Assert.Equal(["Figures", "Released"], (await Sets(desk, model)).Order());
        var figures = await Entries(desk, model, "/api/odata/1/N1/Figures?$count=true");
        Assert.Equal((long)figures.Entries.Count, figures.Count);
        Assert.Contains(figures.Entries, e => e["Count"] is long and >= 5 && e["CountedAt"] is DateTimeOffset && e["Records"] is int);
        Assert.Contains(figures.Entries, e => e["Count"] is null && e["Mark"] is "small" or "protecting");
        var some = await Entries(desk, model, "/api/odata/1/N1/Figures?$select=Question,Count&$filter=Count%20gt%20100&$orderby=Count%20desc&$top=3");
        Assert.Equal(3, some.Entries.Count);
        Assert.All(some.Entries, e => Assert.Equal(["Count", "Question"], e.Keys.Order()));
        Assert.Empty((await Entries(desk, model, "/api/odata/1/N1/Released")).Entries); // the one release serves another need
    }

    [Fact]
    public async Task Gives_the_rows_of_approved_releases_page_by_page()
    {
        var desk = await host.SignedIn("im");
        var model = await Model(desk);
        var (all, address) = (new List<IReadOnlyDictionary<string, object?>>(), (string?)"/api/odata/1/N2/Released");
        for (var pages = 0; address is not null; pages++)
        {
            Assert.True(pages < 50);
            var page = await Entries(desk, model, address);
            all.AddRange(page.Entries);
            address = page.Next?.PathAndQuery;
        }

        Assert.True(all.Count > 1000);
        Assert.Equal(all.Count, all.Select(e => (e["Release"], e["Row"], e["Column"])).Distinct().Count()); // the key is one
    }

    private static async Task<IEdmModel> Model(Desk desk)
    {
        using var answer = await desk.Get("/api/odata/1/N1/$metadata");
        using var xml = XmlReader.Create(await answer.Content.ReadAsStreamAsync());
        var model = CsdlReader.Parse(xml);
        Assert.True(model.Validate(out var errors), string.Join('\n', errors.Select(e => e.ErrorMessage)));
        return model;
    }

    private static async Task<List<string>> Sets(Desk desk, IEdmModel model)
    {
        using var answer = await desk.Get("/api/odata/1/N1");
        using var reader = new ODataMessageReader(await Answer.Of(answer), new ODataMessageReaderSettings(), model);
        return [.. reader.ReadServiceDocument().EntitySets.Select(s => s.Name)];
    }

    private static async Task<(List<IReadOnlyDictionary<string, object?>> Entries, long? Count, Uri? Next)> Entries(Desk desk, IEdmModel model, string address)
    {
        using var answer = await desk.Get(address);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        using var reader = new ODataMessageReader(await Answer.Of(answer), new ODataMessageReaderSettings(), model);
        var set = model.EntityContainer.FindEntitySet(address.Split('/')[^1].Split('?')[0]);
        var lines = reader.CreateODataResourceSetReader(set, set.EntityType);
        var entries = new List<IReadOnlyDictionary<string, object?>>();
        (long? count, Uri? next) = (null, null);
        while (lines.Read())
        {
            if (lines is { State: ODataReaderState.ResourceEnd, Item: ODataResource line })
                entries.Add(line.Properties.OfType<ODataProperty>().ToDictionary(p => p.Name, p => (object?)p.Value));
            if (lines is { State: ODataReaderState.ResourceSetEnd, Item: ODataResourceSet whole })
                (count, next) = (whole.Count, whole.NextPageLink);
        }

        return (entries, count, next);
    }

    /// <summary>An answer as the library takes it: its headers and its body.</summary>
    private sealed class Answer(HttpResponseMessage answer, Stream body) : IODataResponseMessage
    {
        public static async Task<Answer> Of(HttpResponseMessage answer) => new(answer, await answer.Content.ReadAsStreamAsync());

        public IEnumerable<KeyValuePair<string, string>> Headers => answer.Headers.Concat(answer.Content.Headers).Select(h => KeyValuePair.Create(h.Key, string.Join(',', h.Value)));

        public int StatusCode { get => (int)answer.StatusCode; set => throw new NotSupportedException(); }

        public string? GetHeader(string headerName) => Headers.FirstOrDefault(h => string.Equals(h.Key, headerName, StringComparison.OrdinalIgnoreCase)).Value;

        public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException();

        public Stream GetStream() => body;
    }
}
