using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

/// <summary>What programs read of the API is what the house does.</summary>
public sealed class The_document_of_the_API(StaffDesk staff) : IClassFixture<StaffDesk>
{
    private const string Address = "/api/v1/openapi.json";

    private static readonly string Copy = Path.Combine(Sources.Root, "docs", "api", "openapi.json");

    private static readonly JsonSerializerOptions Lines = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    [Fact]
    public async Task Stands_in_the_docs_as_the_house_says_it()
    {
        var told = (await Read()).ToJsonString(Lines) + "\n";
        if (Environment.GetEnvironmentVariable("AMANA_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Copy)!);
            await File.WriteAllTextAsync(Copy, told);
        }

        Assert.True(File.Exists(Copy) && await File.ReadAllTextAsync(Copy) == told, "docs/api/openapi.json is not what the house says; write it anew with AMANA_WRITE_DOCS=1.");
        using var nobody = await staff.NewDesk().Get(Address);
        Assert.NotEqual(HttpStatusCode.OK, nobody.StatusCode);
    }

    [Fact]
    public async Task Describes_every_operation_with_what_it_does_with_data_about_people_and_how_it_refuses()
    {
        var document = await Read();
        var told = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (Path: p.Key, Method: o.Key, Operation: o.Value!))).ToList();
        var endpoints = staff.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && e.RoutePattern.RawText != Address)
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods).ToList();
        Assert.True(endpoints.Count > 30);
        Assert.Equal(endpoints.Count, told.Count(o => o.Path.StartsWith("/api/", StringComparison.Ordinal)));
        Assert.Equal(told.Count, told.Select(o => (string)o.Operation["operationId"]!).Distinct(StringComparer.Ordinal).Count());
        foreach (var (path, method, operation) in told)
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]), $"{method} {path} says nothing of itself.");
            Assert.Equal(path.Split('{').Length - 1, operation["parameters"]?.AsArray().Count(p => (string)p!["in"]! == "path") ?? 0);
            Assert.Contains((string)operation["x-amana-personal-data"]!["use"]!, new[] { "none", "discloses", "changes" });
            if (path.StartsWith("/api/", StringComparison.Ordinal))
                Assert.Equal("#/components/responses/Refused", (string?)operation["responses"]!["422"]!["$ref"]);
            else
                Assert.Empty(operation["security"]!.AsArray());
            Assert.True(method != "post" || path.EndsWith("/publish", StringComparison.Ordinal) || path.EndsWith("/end", StringComparison.Ordinal) || operation["requestBody"] is not null, $"{method} {path} takes nothing.");
        }
    }

    [Fact]
    public async Task Tells_a_refusal_that_programs_get()
    {
        var document = await Read();
        using var refused = await (await staff.SignedIn("lead")).Get("/api/v1/activities/4711/rules");
        var slug = ((string)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["type"]!)["urn:amana:refusal:".Length..];
        Assert.False(string.IsNullOrWhiteSpace((string?)document["components"]!["schemas"]!["Problem"]!["x-amana-refusals"]![slug]));
    }

    [Fact]
    public async Task Leads_nowhere_that_is_not_there()
    {
        var document = await Read();
        var ways = References(document).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(ways);
        Assert.All(ways, way => Assert.True(way[2..].Split('/').Aggregate((JsonNode?)document, (at, step) => at is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at?[step]) is not null, way));
    }

    private async Task<JsonNode> Read()
    {
        using var answer = await (await staff.SignedIn("lead")).Get(Address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p.Key == "$ref" ? [(string)p.Value!] : References(p.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };
}
