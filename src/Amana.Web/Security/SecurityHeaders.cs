namespace Amana.Web.Security;

/// <summary>
/// Puts the headers of the threat model on every answer, errors and files included: CSP, no sniffing, no referrer, no framing, isolation
/// from other sites, no device features, <c>no-store</c> unless the answer said otherwise, and HSTS where the connection is https.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    private const string NoFeatures =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), " +
        "magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), " +
        "screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

    // A form may ask for the place, and the browser then asks the person.
    private static readonly string FormFeatures = NoFeatures.Replace("geolocation=()", "geolocation=(self)", StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        // On starting, so that an error handler that clears the headers can not lose them.
        context.Response.OnStarting(static state => Write((HttpContext)state), context);
        return next(context);
    }

    private static Task Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        var policy = ContentPolicy.Of(context);
        headers.ContentSecurityPolicy = policy.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = policy.HoldsForm ? FormFeatures : NoFeatures;
        headers["X-Robots-Tag"] = "noindex, nofollow";
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return Task.CompletedTask;
    }
}
