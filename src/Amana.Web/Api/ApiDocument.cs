using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Amana.Domain.Shared;
using Amana.Features.Texts;
using Amana.Web.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Amana.Web.Api;

/// <summary>Describes what programs may ask (OpenAPI 3.1), made from the endpoints as they stand: addresses, queries, bodies, answers, refusals as problem details (RFC 9457) with every slug, and what each operation does with
/// data about people. The same for the same house always, so that the copy in docs/api can be compared. It holds no data.</summary>
internal static class ApiDocument
{
    /// <summary>Where the house says it.</summary>
    public const string Address = "/api/v1/openapi.json";

    /// <summary>The extension that says what an operation does with data about people.</summary>
    public const string People = "x-amana-personal-data";

    /// <summary>The extension with every slug of a refusal and its words.</summary>
    public const string Slugs = "x-amana-refusals";

    private const string Token = "token";

    public static IServiceCollection AddApi(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.ShouldInclude = static d => d.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Any() && d.HttpMethod != "HEAD" && !d.RelativePath!.StartsWith("v1/projects", StringComparison.Ordinal); // the same calls with a name and a password
        options.AddSchemaTransformer(static (schema, context, _) => Shape(schema, context.JsonTypeInfo));
        options.AddOperationTransformer(Describe);
        options.AddDocumentTransformer(Frame);
    });

    public static void MapApiDocument(this WebApplication app) => app.MapOpenApi(Address).RequireAuthorization().WithMetadata(new NoPersonalDataAttribute());

    /// <summary>Ids, texts in languages and numbers as they are written; what is empty is left out of answers.</summary>
    private static Task Shape(OpenApiSchema schema, JsonTypeInfo told)
    {
        var type = Nullable.GetUnderlyingType(told.Type) ?? told.Type;
        foreach (var property in told.Properties.Where(static p => p.IsGetNullable))
            schema.Required?.Remove(property.Name);
        if (Array.Exists(type.GetInterfaces(), static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>)))
            (schema.Type, schema.Format) = (JsonSchemaType.String, "uuid");
        else if (type == typeof(LocalText))
            (schema.Type, schema.AdditionalProperties) = (JsonSchemaType.Object, new OpenApiSchema { Type = JsonSchemaType.String });
        else if (type.IsPrimitive && type != typeof(bool) && schema.Type is { } read)
            (schema.Type, schema.Pattern) = (read & ~JsonSchemaType.String, null); // the framework would read a number in quotes too: nobody needs to write one
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var (facts, document) = (metadata.OfType<ApiOperation>().Last(), context.Document!);
        operation.OperationId = Id(context.Description.HttpMethod!, context.Description.RelativePath!);
        operation.Parameters = [.. InAddress(context.Description.RelativePath!, operation.Parameters ?? []), .. operation.Parameters ?? []];
        var (use, kinds) = Use(metadata.OfType<PersonalDataUseAttribute>().Last());
        operation.Description = use switch
        {
            "discloses" => $"Shows data about people ({string.Join(", ", kinds)}). It passes the gate and is entered in the ledger before it is shown.",
            "changes" => $"Changes data about people ({string.Join(", ", kinds)}), with its entry in the ledger.",
            _ => "No data about people.",
        };
        (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal))[People] = new JsonNodeExtension(new JsonObject { ["use"] = use, ["kinds"] = new JsonArray([.. kinds.Select(k => (JsonNode)k)]) });
        var binary = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/octet-stream"] = new() };
        if (facts.TakesFile)
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = facts.IsOpen ? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["multipart/form-data"] = new() } : binary };
        foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>())
            if (facts.Files.Count > 0)
                response.Content = facts.Files.ToDictionary(f => f, _ => new OpenApiMediaType(), StringComparer.Ordinal);
        if (facts.IsOpen)
        {
            operation.Security = [];
            return Task.CompletedTask;
        }

        operation.Responses["401"] = new OpenApiResponseReference("NotSignedIn", document);
        operation.Responses["404"] = new OpenApiResponseReference("NotThere", document);
        if (facts.MayConflict)
            operation.Responses["409"] = new OpenApiResponseReference("Changed", document);
        operation.Responses["422"] = new OpenApiResponseReference("Refused", document);
        return Task.CompletedTask;
    }

    private static Task Frame(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Amana", Version = "1", License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            Description = "The same use cases, rules and refusals as on the pages. Whatever shows or changes data about people passes the gate and is entered in the ledger first.",
        };
        document.Servers = []; // by which name the house is called is not taken from the request
        document.Tags = document.Tags is { } tags ? new HashSet<OpenApiTag>(tags.OrderBy(t => t.Name, StringComparer.Ordinal)) : null;
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal))
            paths.Add(path, item);
        document.Paths = paths;
        document.AddComponent(Token, (IOpenApiSecurityScheme)new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token that a person made for a program under My account, Tokens: for some activities, uses and days. It never opens a single record, nor does what needs a second pair of eyes.",
        });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] }];
        document.AddComponent("Problem", (IOpenApiSchema)Problem(document, context.ApplicationServices.GetRequiredService<Texts>()));
        document.AddComponent("NotSignedIn", (IOpenApiResponse)new OpenApiResponse { Description = "No token, or one that counts no more." });
        document.AddComponent("NotThere", Refusal(document, "Not there, or not yours to know of: both look alike."));
        document.AddComponent("Changed", Refusal(document, "Somebody changed it meanwhile: read it again."));
        document.AddComponent("Refused", Refusal(document, "Refused: the first reason is the type; every reason stands in reasons, each with who can mend it."));
        return Task.CompletedTask;
    }

    /// <summary>A refusal, with every slug that there is and its words in English: they stay what they are.</summary>
    private static OpenApiSchema Problem(OpenApiDocument document, Texts texts) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "reasons" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "urn:amana:refusal: and the slug of the first reason." },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["catalogue"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The version of the rules by which it was decided." },
            ["reasons"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference(nameof(ApiReason), document) },
        },
        Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal)
        {
            [Slugs] = new JsonNodeExtension(new JsonObject(texts.Keys.Where(static k => k.StartsWith("refusal.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(k => KeyValuePair.Create<string, JsonNode?>(k["refusal.".Length..], texts.Pattern(Language.English, k, Arguments.Of(null)))))),
        },
    };

    private static IOpenApiResponse Refusal(OpenApiDocument document, string description) => new OpenApiResponse
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", document) } },
    };

    /// <summary>What stands in the address but is read before the handler, such as a phone's token.</summary>
    private static IEnumerable<IOpenApiParameter> InAddress(string path, IList<IOpenApiParameter> told) =>
        path.Split('{').Skip(1).Select(static p => p.Split('}')[0].Split(':')[0]).Where(name => told.All(t => t.Name != name)).Select(static name => (IOpenApiParameter)new OpenApiParameter
        {
            Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = name == "number" ? JsonSchemaType.Integer : JsonSchemaType.String },
        });

    private static (string Use, IReadOnlyList<string> Kinds) Use(PersonalDataUseAttribute declared) =>
        (declared switch { DisclosesAttribute => "discloses", ChangesAttribute => "changes", _ => "none" }, declared.Kinds);

    private static string Id(string method, string path) => method.ToLowerInvariant() + string.Concat(path.Split('/', '{', '}', '.', '$', '?').Select(static s => s.Split(':')[0]).Where(static s => s.Length > 0).Select(static s => char.ToUpperInvariant(s[0]) + s[1..]));
}
