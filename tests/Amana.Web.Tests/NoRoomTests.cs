using System.Data.Common;
using System.Net;
using System.Text;
using Amana.Features.Platform;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

/// <summary>A desk whose disk can be filled or write-protected: the database itself refuses, as it does then.</summary>
public sealed class CrampedDesk : StaffDesk
{
    internal Cramp Cramp { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.ConfigureDbContext<AmanaDb>(options => options.AddInterceptors(Cramp)));
    }
}

/// <summary>Sets a limit of the database on every connection that is opened.</summary>
internal sealed class Cramp : DbConnectionInterceptor
{
    public string Pragma { get; set; } = "";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // chosen by the test
        command.CommandText = "PRAGMA query_only=OFF; PRAGMA max_page_count=1073741823; " + Pragma;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}

public sealed class A_disk(CrampedDesk desk) : IClassFixture<CrampedDesk>
{
    [Theory]
    [InlineData("PRAGMA query_only=ON", "write-protected")]
    [InlineData("PRAGMA max_page_count=1", "full")]
    public async Task That_takes_nothing_in_is_said_plainly_and_work_goes_on_once_it_does(string pragma, string how)
    {
        var lead = await desk.SignedIn("lead");
        desk.Cramp.Pragma = pragma;
        try
        {
            HttpStatusCode status;
            var text = new StringBuilder();
            var tries = 0;
            do
            {
                using var answer = await Post(lead, how + tries);
                status = answer.StatusCode;
                text.Clear().Append(await answer.Content.ReadAsStringAsync());
            }
            while (status == HttpStatusCode.Redirect && ++tries < 200); // free pages inside the file are used up first
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains("There is no room to keep anything", text.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("Sqlite", text.ToString(), StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            desk.Cramp.Pragma = "";
        }

        using var later = await Post(lead, how + "-after");
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    private static Task<HttpResponseMessage> Post(Desk lead, string title) => lead.Post("/activities/start", "/activities/start",
        ("Input.Title", "Made-up activity " + title + new string('x', 60)), ("Input.Category", "ProtectionMonitoring"), ("Input.Place", "KE043"), ("Input.PlaceName", "Turkana"), ("Input.Population", "Women"),
        ("Input.Starts.Day", "1"), ("Input.Starts.Month", "11"), ("Input.Starts.Year", "2026"), ("Input.Ends.Day", "28"), ("Input.Ends.Month", "2"), ("Input.Ends.Year", "2027"),
        ("Input.Languages", "en"), ("Input.Level", "Confidential"));
}
