using System.IO.Compression;
using System.Net;
using Amana.Web.Tests.OpenRosa;

namespace Amana.Web.Tests.Records;

/// <summary>A working copy of answers, on its page and for programs.</summary>
[Collection(DemoCollection.Name)]
public class A_working_copy(DemoHost host)
{
    [Fact]
    public async Task Is_taken_on_its_page_for_a_need_by_who_may_analyse()
    {
        var (im, interviewer) = (await host.SignedIn("im"), await host.SignedIn("interviewer1"));
        Assert.Contains("KEY", (await im.Read("/activities/1/answers")).Body!.TextContent, StringComparison.Ordinal);
        using var table = await im.Post("/activities/1/answers", "/activities/1/answers", ("NeedCode", "N1"), ("Format", "Tables"));
        Assert.Equal("text/csv", table.Content.Headers.ContentType!.MediaType);
        Assert.Equal("answers-1.csv", table.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.StartsWith("\uFEFFKEY,", System.Text.Encoding.UTF8.GetString(await table.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        using var workbook = await im.Post("/activities/1/answers", "/activities/1/answers", ("NeedCode", "N1"), ("Format", "Workbook"), ("Labels", "true"), ("Split", "true"));
        using (var zip = new ZipArchive(await workbook.Content.ReadAsStreamAsync()))
            Assert.NotNull(zip.GetEntry("xl/worksheets/sheet1.xml"));
        using var without = await im.Post("/activities/1/answers", "/activities/1/answers", ("NeedCode", ""), ("Format", "Tables"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using var refused = await interviewer.Post("/activities/1/answers", "/activities/1/answers", ("NeedCode", "N1"), ("Format", "Tables"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Is_taken_by_programs_under_the_same_rules()
    {
        var (im, interviewer) = (await host.SignedIn("im"), await host.SignedIn("interviewer1"));
        using var csv = await im.Get("/api/v1/activities/1/answers?need=N1&format=Flat&labels=en");
        Assert.True(csv.StatusCode == HttpStatusCode.OK, await csv.Content.ReadAsStringAsync());
        Assert.StartsWith("KEY,", (await csv.Content.ReadAsStringAsync()).TrimStart('\uFEFF'), StringComparison.Ordinal);
        using var without = await im.Get("/api/v1/activities/1/answers");
        Assert.Contains("purpose.not-cited", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var refused = await interviewer.Get("/api/v1/activities/1/answers?need=N1");
        Assert.Equal(("application/problem+json", HttpStatusCode.UnprocessableEntity), (refused.Content.Headers.ContentType!.MediaType, refused.StatusCode));
    }
}
