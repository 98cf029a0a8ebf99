using Microsoft.AspNetCore.Http.Features;

namespace Amana.Web.Security;

/// <summary>
/// Answers 413 before a body is read when its declared length is over the endpoint's limit. Pages take 20 MB; an endpoint that takes
/// more carries <c>[RequestSizeLimit]</c> and <c>[RequestFormLimits]</c>.
/// </summary>
public sealed class BodyLimit(RequestDelegate next)
{
    /// <summary>Bytes that a page's form may bring, files included.</summary>
    public const long Pages = 20L * 1024 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata>()?.MaxRequestBodySize
            ?? context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize
            ?? Pages;
        if (context.Request.ContentLength is not { } length || length <= limit) return next(context);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    }
}
