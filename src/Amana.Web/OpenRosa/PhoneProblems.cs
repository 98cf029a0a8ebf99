namespace Amana.Web.OpenRosa;

/// <summary>What goes wrong before or around the calls of phones (too large a post, an address that does not exist, a house that is not open yet) is told as everything else is told to a phone: as an
/// <c>OpenRosaResponse</c> whose words are shown to the person. Everything below the addresses of phones is answered so.</summary>
public sealed class PhoneProblems : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) =>
        context.HttpContext.Request.Path is var path && (path.StartsWithSegments("/v1/key", StringComparison.Ordinal) || path.StartsWithSegments("/v1/projects", StringComparison.Ordinal) || path.StartsWithSegments("/v1/test", StringComparison.Ordinal));

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var key = status switch
        {
            413 => "openrosa.too-large",
            404 or 405 or 401 => "openrosa.address-unknown",
            >= 400 and < 500 => "openrosa.not-understood",
            _ => "openrosa.not-kept",
        };
        await OpenRosaAnswer.Refuse(context.HttpContext, status, key).ExecuteAsync(context.HttpContext);
    }
}
