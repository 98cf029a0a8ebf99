using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Amana.Web.Tests;

/// <summary>The web host as it runs in an environment, spoken to over HTTP without a browser.</summary>
public class Host : WebApplicationFactory<Program>
{
    protected virtual string Environment => "Development";

    /// <summary>The folder in which this host keeps everything; it goes with the host.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("amana-web-").FullName;

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment(Environment).UseSetting("data", Folder);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

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
