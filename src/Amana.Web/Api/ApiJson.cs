using System.Text.Json;
using Amana.Features.Platform;

namespace Amana.Web.Api;

/// <summary>Everything that programs find below <c>/api/</c>.</summary>
public static class ApiRoutes
{
    public static void MapApi(this WebApplication app)
    {
        app.MapApiDocument();
        app.MapActivitiesApi();
        app.MapFormsApi();
        app.MapRecordsApi();
        app.MapAnswersApi();
        app.MapEmergenciesApi();
        app.MapReferralsApi();
        app.MapLinkingApi();
    }
}

/// <summary>How answers to programs are written: names in camel case, words for values of lists.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = new(Mapping.Json) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
}
