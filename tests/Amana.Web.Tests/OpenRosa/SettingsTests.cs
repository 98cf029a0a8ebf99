using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amana.Features.Accounts;
using Amana.Domain.Shared;
using Amana.Web.OpenRosa;
using Amana.Web.Ui;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>The QR code that sets a phone up (Collect's client-settings schema).</summary>
[Collection(DemoCollection.Name)]
public class The_settings_of_a_phone(DemoHost host)
{
    [Fact]
    public void Say_where_to_send_and_keep_nothing_that_was_sent()
    {
        using var packed = new MemoryStream(Convert.FromBase64String(CollectSettings.Encode("https://house.example/v1/key/abc/projects/7", "Project 7")));
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        using var json = JsonDocument.Parse(zlib);
        var general = json.RootElement.GetProperty("general");
        Assert.Equal("https://house.example/v1/key/abc/projects/7", general.GetProperty("server_url").GetString());
        Assert.False(general.GetProperty("analytics").GetBoolean());
        Assert.True(general.GetProperty("delete_send").GetBoolean());
        Assert.Equal("match_exactly", general.GetProperty("form_update_mode").GetString());
        Assert.Equal("Project 7", json.RootElement.GetProperty("project").GetProperty("name").GetString());
    }

    [Fact]
    public void Are_drawn_as_a_code_that_says_what_it_is()
    {
        using var written = new StringWriter();
        QrCode.Svg(CollectSettings.Encode("https://house.example/" + new string('x', 90), "Project 7"), "Code of a \"phone\"").WriteTo(written, HtmlEncoder.Default);
        var svg = written.ToString();
        Assert.Contains("role=\"img\"", svg, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Code of a &quot;phone&quot;\"", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", svg, StringComparison.Ordinal); // the policy forbids it
        Assert.True(svg.Split("h1v1").Length > 500);
    }

    /// <summary>As ODK Collect takes them in: the picture is read, unpacked from Base64 and zlib, and only settings of its own schema (client-settings.schema.json) count, each of its kind.</summary>
    [Theory]
    [InlineData("Project 7", 0)]
    [InlineData("مشروع ٧", 200)]
    public void Are_read_from_the_picture_as_they_were_meant(string name, int longer)
    {
        var address = "https://house.example/v1/key/" + new string('k', 64) + "/projects/7" + new string('x', longer);
        using var written = new StringWriter();
        QrCode.Svg(CollectSettings.Encode(address, name), "Code").WriteTo(written, HtmlEncoder.Default);
        using var zlib = new ZLibStream(new MemoryStream(Convert.FromBase64String(QrReading.Of(written.ToString()))), CompressionMode.Decompress);
        using var json = JsonDocument.Parse(zlib);
        Assert.Equal(["admin", "general", "project"], json.RootElement.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        var general = json.RootElement.GetProperty("general").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString(), StringComparer.Ordinal);
        Assert.Equal(address, general["server_url"]);
        Assert.Contains(general["form_update_mode"], new[] { "manual", "previously_downloaded", "match_exactly" });
        Assert.Contains(general["autosend"], new[] { "off", "wifi_only", "cellular_only", "wifi_and_cellular" });
        Assert.Equal(("True", "False"), (general["delete_send"], general["analytics"]));
        Assert.Equal(["analytics", "autosend", "delete_send", "form_update_mode", "server_url"], general.Keys.Order(StringComparer.Ordinal)); // no name and no password: the address says who comes
        Assert.Equal(JsonValueKind.False, json.RootElement.GetProperty("admin").GetProperty("change_server").ValueKind);
        Assert.Equal(name, json.RootElement.GetProperty("project").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Are_made_once_however_often_the_page_is_sent()
    {
        var (id, activity) = (new AppUserId(Guid.NewGuid()), await host.Activity(1));
        Task<Outcome<IssuedAppUser>> Issue() => host.Do(s => s.GetRequiredService<IssuePhoneToken>().Handle(host.As("im"), activity, "Tablet", host.As("interviewer1").Actor.StaffId!.Value, CancellationToken.None, id));
        Assert.True((await Issue()).IsDone);
        Assert.Equal("app-user.shown-once", Assert.Single((await Issue()).Refusals).Slug);
    }
}
