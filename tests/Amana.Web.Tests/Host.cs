using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Amana.Web.Tests;

/// <summary>The web host as it runs in an environment, spoken to over HTTP without a browser.</summary>
public class Host : WebApplicationFactory<Program>
{
    protected virtual string Environment => "Development";

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment(Environment);

    /// <summary>A browser's client: asks for pages, keeps no cookies, follows nothing.</summary>
    public HttpClient Browser(string? language = null)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        if (language is not null) client.DefaultRequestHeaders.Add("Accept-Language", language);
        return client;
    }

    public static async Task<IHtmlDocument> Read(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
}

/// <summary>The host as it runs for real.</summary>
public sealed class ProductionHost : Host
{
    protected override string Environment => "Production";
}
