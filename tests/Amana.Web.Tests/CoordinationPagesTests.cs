using System.Net;
using Amana.Domain.Accounts;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

public class Pages_of_templates_vocabularies_and_coordination(StaffDesk host) : IClassFixture<StaffDesk>
{
    private static readonly string[] Addresses =
    [
        "/activities/templates", "/activities/templates/sudden-onset", "/activities/templates/case-management", "/activities/start?template=sudden-onset", "/set-up/vocabularies", "/set-up/vocabularies?Text=refugee",
        "/set-up/vocabularies/age-unhcr?Beside=age-older-people", "/set-up/vocabularies/specific-needs?term=ER", "/coordination", "/coordination/protocol", "/coordination/requests", "/coordination/services", "/coordination/limits", "/coordination/map", "/coordination/boundaries", "/set-up/competencies",
    ];

    /// <summary>A refusal that no page shows helps nobody: whatever posts has a place for it, of its own or in its frame.</summary>
    [Fact]
    public void Have_a_place_for_what_is_refused_wherever_something_is_posted()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Sources.Root, "src", "Amana.Web"), "*.cshtml", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith('_') && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal))
            .Select(f => (Name: Path.GetFileNameWithoutExtension(f), Text: File.ReadAllText(f))).Where(p => p.Text.Contains("method=\"post\"", StringComparison.Ordinal)).ToList();
        Assert.True(pages.Count > 50, pages.Count + " pages");
        Assert.Equal(["SignOut"], pages.Where(p => !new[] { "<a-error-summary", "ErrorsInFrame", "_Activity.cshtml", "@page \"/activities/{number" }.Any(w => p.Text.Contains(w, StringComparison.Ordinal))).Select(p => p.Name)); // which refuses nothing
    }

    [Fact]
    public async Task Ask_strangers_to_sign_in()
    {
        foreach (var address in Addresses)
        {
            using var answer = await host.Browser().GetAsync(address);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Are_whole_in_four_languages()
    {
        var desk = await host.SignedIn("lead");
        foreach (var language in new[] { "en", "fr", "es", "ar" })
        {
            using (await desk.Get("/?lang=" + language))
                foreach (var address in Addresses)
                {
                    var page = await desk.Read(address);
                    Assert.Single(page.QuerySelectorAll("h1"));
                    Assert.DoesNotContain("⟦", page.DocumentElement.TextContent, StringComparison.Ordinal);
                    Assert.All(page.QuerySelectorAll("main :is(input:not([type=hidden]):not([type=checkbox]), select, textarea)"), e => Assert.True(page.QuerySelector($"label[for='{e.Id}']") is not null, address + " " + e.OuterHtml));
                    Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count());
                }
        }
    }

    [Fact]
    public async Task Start_an_activity_from_a_template_and_show_its_plan()
    {
        var desk = await host.SignedIn("lead");
        using var answer = await desk.Post("/activities/start?template=protection-monitoring", "/activities/start", ("Input.Template", "protection-monitoring"), ("Input.Title", "From a template"),
            ("Input.Category", "ProtectionMonitoring"), ("Input.Place", "KE043"), ("Input.PlaceName", "Turkana"), ("Input.Population", "Women"), ("Input.Starts.Day", "1"), ("Input.Starts.Month", "11"), ("Input.Starts.Year", "2026"),
            ("Input.Ends.Day", "28"), ("Input.Ends.Month", "2"), ("Input.Ends.Year", "2027"), ("Input.Languages", "en"), ("Input.Languages", "es"), ("Input.Level", "Confidential"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var activity = answer.Headers.Location!.OriginalString.Split('?')[0];
        Assert.Contains("River Aid made up", (await desk.Read(activity + "/notice")).DocumentElement.OuterHtml, StringComparison.Ordinal);
        var risk = await desk.Read(activity + "/risk");
        Assert.True(risk.QuerySelectorAll("textarea[name$='.Text']").Length >= 10);
        using var pia = await desk.Get(activity + "/risk?handler=Export");
        Assert.Contains("\"reference_to\": 321", await pia.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var form = await desk.Get("/activities/templates/protection-monitoring?handler=Form");
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", form.Content.Headers.ContentType!.MediaType);
        using var csv = await desk.Get("/coordination?handler=Csv");
        Assert.Contains("#org", await csv.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var xlsx = await desk.Get("/coordination?handler=Xlsx");
        Assert.Equal((byte)'P', (await xlsx.Content.ReadAsByteArrayAsync())[0]);
    }

    [Fact]
    public async Task Keep_what_they_are_given()
    {
        var desk = await host.SignedIn("lead");
        var other = (await desk.Read("/coordination/requests")).QuerySelector("#ask option[value]:not([value=''])")!.GetAttribute("value")!;
        using var asked = await desk.Post("/coordination/requests", "/coordination/requests", ("Input.AskedOf", other), ("Input.What", "Figures by district"), ("Input.Purpose", "To plan teams"));
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var stranger = await host.SignedIn("stranger");
        var form = (await stranger.Read("/coordination/requests")).QuerySelector("input[name='Answering.Request']")!.GetAttribute("value")!;
        using var empty = await stranger.Post("/coordination/requests", "/coordination/requests?handler=Answer", ("Answering.Request", form), ("Answering.Answer", "DoNotShare"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var answered = await stranger.Post("/coordination/requests", "/coordination/requests?handler=Answer", ("Answering.Request", form), ("Answering.Answer", "DoNotShare"), ("Answering.BenefitOfSharing", "Sooner help"),
            ("Answering.RiskOfSharing", "A group is known"), ("Answering.RiskOfNotSharing", "Asked twice"), ("Answering.Reason", "Not yet"), ("Answering.SharingLikelihood", "3"), ("Answering.SharingImpact", "3"),
            ("Answering.NotSharingLikelihood", "1"), ("Answering.NotSharingImpact", "2"));
        Assert.Equal(HttpStatusCode.Redirect, answered.StatusCode);
        Assert.Contains("Not yet", (await desk.Read("/coordination/requests")).Body!.TextContent, StringComparison.Ordinal);
        using var refused = await desk.Post("/set-up/vocabularies/sex", "/set-up/vocabularies/sex", ("Input.TermCode", "x"), ("Input.Words[0].Language", "en"), ("Input.Words[0].Words", "X"), ("Input.Note", "n"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Ask_a_second_person_before_a_limit_changes()
    {
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var us = (await scope.ServiceProvider.GetRequiredService<HouseReader>().ActingAs("admin@example.org", CancellationToken.None))!.Actor.OrganisationId!.Value;
            Assert.True((await scope.ServiceProvider.GetRequiredService<AddStaffMember>().Handle(AccessContext.House, us, "Made-up focal point", "focal@example.org",
                [Duty.DataProtectionFocalPoint], StaffDesk.Password, CancellationToken.None)).IsDone);
        }

        var focal = await host.SignedIn("focal");
        var page = await focal.Read("/coordination/limits");
        (string Name, string Value)[] fields = [.. page.QuerySelectorAll("input[name^='Input.Values']").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)), ("Input.Reason", "Villages are small here")];
        Assert.Equal(OperationLimit.All.Count + 1, fields.Length);
        using var far = await focal.Post("/coordination/limits", "/coordination/limits?handler=Propose", [("Input.Values[0]", "1"), .. fields[1..]]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, far.StatusCode);
        var told = await Host.Read(far);
        Assert.True(told.QuerySelector("#errors a")?.GetAttribute("href") == "#Input_Values_0_", told.QuerySelector("main")?.InnerHtml);
        using var asked = await focal.Post("/coordination/limits", "/coordination/limits?handler=Propose", [("Input.Values[0]", "6"), .. fields[1..]]);
        Assert.True(asked.StatusCode == HttpStatusCode.Redirect, (await Host.Read(asked)).QuerySelector("main")?.TextContent);
        var waiting = await focal.Read("/coordination/limits");
        Assert.Contains("Villages are small here", waiting.QuerySelector("#limits-waiting")!.TextContent, StringComparison.Ordinal);
        using var own = await focal.Post("/coordination/limits", "/coordination/limits?handler=Decide", ("accept", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.StatusCode);
        using var back = await focal.Post("/coordination/limits", "/coordination/limits?handler=Decide", ("accept", "false"));
        Assert.True(back.StatusCode == HttpStatusCode.Redirect, (await Host.Read(back)).QuerySelector("main")?.TextContent);
        Assert.Null((await focal.Read("/coordination/limits")).QuerySelector("#limits-waiting"));
    }
}

/// <summary>The map of the made-up operation, whose boundaries are there.</summary>
[Collection(OpenRosa.DemoCollection.Name)]
public sealed class The_map_with_boundaries(OpenRosa.DemoHost host)
{
    [Fact]
    public async Task Is_drawn_with_its_table_in_both_directions_on_a_small_page()
    {
        var desk = await host.SignedIn("im");
        foreach (var language in new[] { "en", "ar" })
        {
            using (await desk.Get("/?lang=" + language))
            {
            }

            using var answer = await desk.Get("/coordination/map");
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 1, 100_000);
            var page = await Host.Read(answer);
            var map = Assert.Single(page.QuerySelectorAll("svg.map-shapes"));
            Assert.Equal(10, map.QuerySelectorAll("path").Length);
            Assert.NotEmpty(map.QuerySelectorAll("path.none")); // where nobody works shows too
            Assert.False(string.IsNullOrWhiteSpace(map.GetAttribute("aria-label")));
            var table = page.QuerySelectorAll("table").First(t => t.QuerySelectorAll("tbody tr").Length == 10);
            Assert.Contains("QZ0202", table.TextContent, StringComparison.Ordinal);
        }

        using (await desk.Get("/?lang=en"))
        {
        }
    }

    [Fact]
    public async Task Takes_a_file_from_those_who_keep_the_places_alone_and_says_what_is_wrong()
    {
        var file = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "samples", "boundaries.geojson"));
        var im = await host.SignedIn("im");
        Assert.Null((await im.Read("/coordination/boundaries")).QuerySelector("#import"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Import(im, file, "/coordination/services")).StatusCode); // no duty, whatever is sent
        var keeper = await host.SignedIn("coordination");
        using (var wrong = await Import(keeper, file.Replace("QZ", "ZZ", StringComparison.Ordinal)))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains("QZ01", (await Host.Read(wrong)).QuerySelector("#errors")!.TextContent, StringComparison.Ordinal);
        }

        using var done = await Import(keeper, file);
        Assert.Equal("/coordination/boundaries?done=boundaries-imported", done.Headers.Location!.OriginalString);
        Assert.Equal(10, (await keeper.Read("/coordination/boundaries")).QuerySelectorAll("tbody tr").Length);
    }

    private static async Task<HttpResponseMessage> Import(Desk desk, string file, string tokenFrom = "/coordination/boundaries")
    {
        var token = (await desk.Read(tokenFrom)).QuerySelector("input[name='form-token']")!.GetAttribute("value")!;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(token), "form-token" }, { new StringContent("Made-up boundaries, of today"), "Input.Source" },
            { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(file)), "Input.File", "boundaries.geojson" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/coordination/boundaries") { Content = content };
        return await desk.Send(request);
    }
}
