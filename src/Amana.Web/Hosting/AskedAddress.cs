namespace Amana.Web.Hosting;

/// <summary>The address by which the house was asked, for whatever has to name it whole: what phones scan, links for respondents, lists of forms, feeds.</summary>
internal static class AskedAddress
{
    /// <summary>Without a slash at the end. Behind a proxy that ends TLS the request itself says http: where the house was asked by its public name, its public address is told, and no header of a proxy is believed.</summary>
    public static string AddressAsked(this HttpContext http)
    {
        var host = http.Request.Host.Value;
        return http.RequestServices.GetRequiredService<HostChoices>().PublicAddress is { } known && string.Equals(known.Authority, host, StringComparison.OrdinalIgnoreCase)
            ? known.GetLeftPart(UriPartial.Authority)
            : $"{http.Request.Scheme}://{host}";
    }
}
