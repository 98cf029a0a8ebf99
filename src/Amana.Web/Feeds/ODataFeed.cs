using System.Globalization;
using System.Text.Json;
using System.Xml;
using Amana.Features.Activities;
using Amana.Features.Analysis;
using Amana.Features.Sharing;
using Amana.Web.Api;
using Amana.Web.Hosting;
using Amana.Web.Ledger;
using Amana.Web.Security;
using Microsoft.AspNetCore.WebUtilities;

namespace Amana.Web.Feeds;

/// <summary>Live figures for Power BI, Excel and R as an OData 4 feed, one for each activity and need: <c>/api/odata/7/N1/</c>, with a token or a sign-in. Figures come protected, through the same door as the analysis page;
/// records of people come only from an approved release, with codes of the reader's own. The same lines as plain JSON or CSV stand under <c>/api/v1/activities/7/figures</c>.</summary>
public static class ODataFeed
{
    private static readonly ODataProperty[] Figures =
    [
        new("Id", "Edm.String", false), new("Question", "Edm.String", false), new("Answer", "Edm.String", false), new("By", "Edm.String", false), new("Group", "Edm.String", false),
        new("Count", "Edm.Int64"), new("Mark", "Edm.String", false), new("Records", "Edm.Int32", false), new("CountedAt", "Edm.DateTimeOffset", false),
    ];

    private static readonly ODataProperty[] Released = [new("Release", "Edm.String", false), new("Row", "Edm.String", false), new("Column", "Edm.String", false), new("Value", "Edm.String")];

    /// <summary>What programs of other houses and tools of analysis ask for.</summary>
    public static void MapOutsiders(this WebApplication app)
    {
        app.MapWitness();
        app.MapODataFeed();
    }

    public static void MapODataFeed(this WebApplication app)
    {
        var feed = app.MapGroup("/api/odata/{number:int}/{need}").RequireAuthorization().DisableAntiforgery().WithTags("feeds");
        feed.MapGet("", Service).AnswersFile("The feed's sets (OData 4).", "application/json").WithMetadata(new NoPersonalDataAttribute());
        feed.MapGet("/$metadata", Metadata).AnswersFile("What the feed's sets hold (CSDL).", "application/xml").WithMetadata(new NoPersonalDataAttribute());
        feed.MapGet("/Figures", ReadFigures).AnswersFile("Figures of a need, protected as on the page; takes $select, $filter, $orderby, $top, $skip and $count.", "application/json").WithMetadata(new DisclosesAttribute("coded answers"));
        feed.MapGet("/Released", ReadReleased).AnswersFile("Rows of approved releases, with codes of the reader's own; takes the same options.", "application/json").WithMetadata(new DisclosesAttribute("coded answers"));
        app.MapGet("/api/v1/activities/{number:int}/figures", Plain).WithTags("figures").Answers<IReadOnlyList<FigureLine>>("All figures of a need, protected as on the page; as CSV when text/csv is accepted.").RequireAuthorization().DisableAntiforgery().WithMetadata(new DisclosesAttribute("coded answers"));
    }

    private static Task<IResult> Service(HttpContext http, int number, string need, ActivityReader activities, Features.Platform.Door door) => ActivitiesApi.Within(http, number, activities, async id =>
        await door.ForReading(http.User.ToAccess(), id, http.RequestAborted) is { IsDone: false } refused ? ActivitiesApi.Problem(http, refused.Refusals)
        : Json(http, new Dictionary<string, object?>
        {
            ["@odata.context"] = Root(http, number, need) + "$metadata", ["value"] = new[] { "Figures", "Released" }.Select(name => new Dictionary<string, string> { ["name"] = name, ["kind"] = "EntitySet", ["url"] = name }),
        }));

    private static IResult Metadata(HttpContext http)
    {
        Head(http);
        return Results.Text(Csdl(), "application/xml");
    }

    private static Task<IResult> ReadFigures(HttpContext http, int number, string need, ActivityReader activities, FiguresFeed feed) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        if (Asked(http, Figures, out var query) is { } wrong)
            return wrong;
        var read = await feed.Read(http.User.ToAccess().Citing(need), id, http.RequestAborted);
        return read.IsDone ? Answer(http, (number, need, "Figures"), query!, read.Result.Select(Line)) : ActivitiesApi.Problem(http, read.Refusals);
    });

    private static Task<IResult> ReadReleased(HttpContext http, int number, string need, ActivityReader activities, ReleasedRows rows) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        if (Asked(http, Released, out var query) is { } wrong)
            return wrong;
        var read = await rows.Read(http.User.ToAccess().Citing(need), id, http.RequestAborted);
        return read.IsDone ? Answer(http, (number, need, "Released"), query!, read.Result.Select(r => Values(("Release", r.Release), ("Row", r.Row), ("Column", r.Column), ("Value", r.Value)))) : ActivitiesApi.Problem(http, read.Refusals);
    });

    private static Task<IResult> Plain(HttpContext http, int number, string? need, ActivityReader activities, FiguresFeed feed) => ActivitiesApi.Within(http, number, activities, async id =>
    {
        var read = await feed.Read(http.User.ToAccess().Citing(need), id, http.RequestAborted);
        if (!read.IsDone)
            return ActivitiesApi.Problem(http, read.Refusals);
        return http.Request.Headers.Accept.ToString().Contains("text/csv", StringComparison.OrdinalIgnoreCase)
            ? Results.Bytes(CsvFile.Write([.. Figures.Select(p => p.Name)], read.Result.Select(l => (IReadOnlyList<string>)[.. Line(l).Values.Select(v => v is DateTimeOffset at ? at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) : Convert.ToString(v, CultureInfo.InvariantCulture) ?? "")])), "text/csv; charset=utf-8")
            : Results.Json(read.Result, ApiJson.Options);
    });

    private static IReadOnlyDictionary<string, object?> Line(FigureLine l) => Values(("Id", l.Id), ("Question", l.Question), ("Answer", l.Answer), ("By", l.By), ("Group", l.Group), ("Count", l.Count),
        ("Mark", l.Mark), ("Records", l.Records), ("CountedAt", l.CountedAt));

    private static Dictionary<string, object?> Values(params (string Name, object? Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

    /// <summary>Reads the options before anything is counted; a mistake is told and nothing is entered.</summary>
    private static IResult? Asked(HttpContext http, ODataProperty[] properties, out ODataQuery? query)
    {
        query = null;
        try
        {
            query = ODataQuery.Parse(http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal), properties);
            return null;
        }
        catch (FormatException e)
        {
            Head(http);
            return Results.Json(new { error = new { code = "query", message = e.Message } }, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static IResult Answer(HttpContext http, (int Number, string Need, string Set) of, ODataQuery query, IEnumerable<IReadOnlyDictionary<string, object?>> lines)
    {
        var (page, matching, next) = query.Of(lines);
        var root = Root(http, of.Number, of.Need);
        var answer = new Dictionary<string, object?> { ["@odata.context"] = $"{root}$metadata#{of.Set}{(query.Select.Count > 0 ? $"({string.Join(',', query.Select)})" : "")}" };
        if (query.Count)
            answer["@odata.count"] = matching;
        answer["value"] = page;
        if (next is { } skip)
        {
            var options = http.Request.Query.Where(q => q.Key is not ("$skip" or "$top")).ToDictionary(q => q.Key, q => (string?)q.Value.ToString(), StringComparer.Ordinal);
            options["$skip"] = skip.ToString(CultureInfo.InvariantCulture);
            if (query.Top is { } top)
                options["$top"] = (top - ODataQuery.PageSize).ToString(CultureInfo.InvariantCulture);
            answer["@odata.nextLink"] = QueryHelpers.AddQueryString(root + of.Set, options);
        }

        return Json(http, answer);
    }

    private static IResult Json(HttpContext http, Dictionary<string, object?> answer)
    {
        Head(http);
        return Results.Json(answer, new JsonSerializerOptions(), "application/json;odata.metadata=minimal");
    }

    private static void Head(HttpContext http) => http.Response.Headers["OData-Version"] = "4.0";

    /// <summary>A whole address, which every library for OData takes as a context.</summary>
    private static string Root(HttpContext http, int number, string need) => string.Create(CultureInfo.InvariantCulture, $"{http.AddressAsked()}/api/odata/{number}/{Uri.EscapeDataString(need)}/");

    private static string Csdl()
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            const string Edmx = "http://docs.oasis-open.org/odata/ns/edmx";
            const string Edm = "http://docs.oasis-open.org/odata/ns/edm";
            xml.WriteStartElement("edmx", "Edmx", Edmx);
            xml.WriteAttributeString("Version", "4.0");
            xml.WriteStartElement("edmx", "DataServices", Edmx);
            xml.WriteStartElement("Schema", Edm);
            xml.WriteAttributeString("Namespace", "Amana");
            Entity(xml, Edm, "Figure", Figures, "Id");
            Entity(xml, Edm, "ReleasedValue", Released, "Release", "Row", "Column");
            xml.WriteStartElement("EntityContainer", Edm);
            xml.WriteAttributeString("Name", "Feed");
            foreach (var (name, type) in new[] { ("Figures", "Amana.Figure"), ("Released", "Amana.ReleasedValue") })
            {
                xml.WriteStartElement("EntitySet", Edm);
                xml.WriteAttributeString("Name", name);
                xml.WriteAttributeString("EntityType", type);
                xml.WriteEndElement();
            }

            xml.WriteEndDocument();
        }

        return text.ToString();
    }

    private static void Entity(XmlWriter xml, string space, string name, ODataProperty[] properties, params string[] keys)
    {
        xml.WriteStartElement("EntityType", space);
        xml.WriteAttributeString("Name", name);
        xml.WriteStartElement("Key", space);
        foreach (var key in keys)
        {
            xml.WriteStartElement("PropertyRef", space);
            xml.WriteAttributeString("Name", key);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        foreach (var property in properties)
        {
            xml.WriteStartElement("Property", space);
            xml.WriteAttributeString("Name", property.Name);
            xml.WriteAttributeString("Type", property.Type);
            if (!property.Nullable)
                xml.WriteAttributeString("Nullable", "false");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
