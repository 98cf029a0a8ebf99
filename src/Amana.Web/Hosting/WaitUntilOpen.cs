namespace Amana.Web.Hosting;

/// <summary>The endpoint answers without the store, so it need not wait until the house is open.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsNoStoreAttribute : Attribute;

/// <summary>Lets requests that need the store wait until the house is open: 30 seconds at most, then a calm 503.</summary>
public sealed class WaitUntilOpen(RequestDelegate next, Opening opening, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!opening.IsOpen && context.GetEndpoint()?.Metadata.GetMetadata<NeedsNoStoreAttribute>() is null && !await Opens(context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "10";
            return;
        }

        await next(context);
    }

    private async Task<bool> Opens(CancellationToken cancellationToken)
    {
        try
        {
            await opening.Opened.WaitAsync(Longest, clock, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
