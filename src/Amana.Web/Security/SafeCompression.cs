namespace Amana.Web.Security;

/// <summary>
/// Lets a page be compressed only where its length tells nobody anything: over https, a request that carries cookies and does not come
/// from our own page or the reader's own hand is answered plain, because another site could read secrets off the compressed length (BREACH, 2013).
/// </summary>
public sealed class SafeCompression(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.IsHttps && request.Headers.Cookie.Count > 0 && request.Headers["Sec-Fetch-Site"].ToString() is not ("same-origin" or "none"))
            request.Headers.Remove("Accept-Encoding");
        return next(context);
    }
}
