namespace Amana.Web.Api;

/// <summary>What an operation for programs is, beyond what its types say. Without it no operation stands in the document of the API, and below <c>/api/</c> a test fails.</summary>
/// <param name="Files">The kinds of file that it answers with, instead of JSON.</param>
public sealed record ApiOperation(params IReadOnlyList<string> Files)
{
    /// <summary>That the body is a file as it is.</summary>
    public bool TakesFile { get; init; }

    /// <summary>That somebody else may have changed it meanwhile (409).</summary>
    public bool MayConflict { get; init; }

    /// <summary>That it is called without a token: the way in stands in the address.</summary>
    public bool IsOpen { get; init; }
}

internal static class ApiOperationExtensions
{
    /// <summary>It answers with JSON.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, string summary, int status = StatusCodes.Status200OK, bool takesFile = false, bool mayConflict = false) =>
        endpoint.WithSummary(summary).Produces<T>(status).WithMetadata(new ApiOperation { TakesFile = takesFile, MayConflict = mayConflict });

    /// <summary>It answers with nothing (204): it is done.</summary>
    public static RouteHandlerBuilder Does(this RouteHandlerBuilder endpoint, string summary) =>
        endpoint.WithSummary(summary).Produces(StatusCodes.Status204NoContent).WithMetadata(new ApiOperation());

    /// <summary>It answers with a file.</summary>
    public static RouteHandlerBuilder AnswersFile(this RouteHandlerBuilder endpoint, string summary, params string[] kinds) =>
        endpoint.WithSummary(summary).Produces(StatusCodes.Status200OK).WithMetadata(new ApiOperation(kinds));

    /// <summary>What phones ask of the house (OpenRosa 1.0): no token in a header, XML or files as answers.</summary>
    public static RouteHandlerBuilder SpeaksToPhones(this RouteHandlerBuilder endpoint, string summary, int status = StatusCodes.Status200OK, string kind = "text/xml", bool takesFile = false) =>
        endpoint.WithSummary(summary).WithTags("openrosa").Produces(status).WithMetadata(new ApiOperation(kind) { IsOpen = true, TakesFile = takesFile });
}
