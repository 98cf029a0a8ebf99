using System.Globalization;
using System.Net;

namespace Amana.Web.Tests;

public class A_page_of_an_activity(StaffDesk host) : IClassFixture<StaffDesk>
{
    public static readonly string[] Parts =
        ["", "/overlaps", "/consultations", "/purpose", "/feedback", "/results", "/capacity", "/retention", "/evidence", "/rules", "/risk/revisions", "/report"];

    [Fact]
    public async Task Asks_strangers_to_sign_in()
    {
        foreach (var address in Parts.Select(p => "/activities/1" + p).Concat(["/home", "/activities", "/activities/start"]))
        {
            using var answer = await host.Browser().GetAsync(address);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.StartsWith("/accounts/sign-in", answer.Headers.Location!.AbsolutePath, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Is_not_there_for_another_organisation()
    {
        var address = await StaffDesk.Start(await host.SignedIn("lead"), "Seen by us alone");
        var stranger = await host.SignedIn("stranger");
        foreach (var part in Parts)
        {
            using var answer = await stranger.Get(address + part);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var missing = await stranger.Get("/activities/99999");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.DoesNotContain("Seen by us alone", (await stranger.Read("/activities")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stands_in_the_frame_of_rail_and_principles_and_lacks_no_text()
    {
        var desk = await host.SignedIn("lead");
        var address = await StaffDesk.Start(desk, "Framed");
        foreach (var language in new[] { "en", "fr", "es", "ar" })
        foreach (var part in Parts)
        {
            using (await desk.Get("/?lang=" + language))
            {
                var page = await desk.Read(address + part);
                Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
                Assert.Single(page.QuerySelectorAll("h1"));
                Assert.Equal(4, page.QuerySelectorAll("ol.rail > li").Length);
                Assert.Equal(8, page.QuerySelectorAll("ul.eight > li").Length);
                Assert.DoesNotContain("⟦", page.DocumentElement.TextContent, StringComparison.Ordinal);
                Assert.All(page.QuerySelectorAll("main :is(input:not([type=hidden]), select, textarea)"), e => Assert.NotNull(page.QuerySelector($"label[for='{e.Id}']")));
                Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count());
            }
        }
    }

    [Fact]
    public async Task Leads_nowhere_that_is_not_there()
    {
        var desk = await host.SignedIn("lead");
        var address = await StaffDesk.Start(desk, "Linked");
        var links = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in Parts)
            foreach (var link in (await desk.Read(address + part)).QuerySelectorAll("main a[href^='/']"))
                links.Add(link.GetAttribute("href")!.Split('#')[0]);
        foreach (var link in links.Where(l => l.Length > 0))
        {
            using var answer = await desk.Get(link);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect or HttpStatusCode.SeeOther or HttpStatusCode.Forbidden, $"{link} answers {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Refuses_an_opening_with_every_gap_and_the_link_that_mends_it()
    {
        var desk = await host.SignedIn("lead");
        var address = await StaffDesk.Start(desk, "Too early");
        using var answer = await desk.Post(address + "/rules", address + "/rules?handler=Enter", ("step", "Design"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await Host.Read(answer);
        var links = page.QuerySelectorAll("#errors .mend a").Select(a => a.GetAttribute("href"));
        Assert.Equal([address + "/consultations", address + "/overlaps"], links.Order());
        Assert.Equal(45, page.QuerySelectorAll("details.rule").Length);
    }

    [Fact]
    public async Task Enters_the_next_step_once_its_gaps_are_mended()
    {
        var desk = await host.SignedIn("lead");
        var address = await StaffDesk.Start(desk, "In time");
        using var searched = await desk.Post(address + "/overlaps", address + "/overlaps?handler=Search");
        Assert.Equal(HttpStatusCode.Redirect, searched.StatusCode);
        Assert.NotNull((await desk.Read(searched.Headers.Location!.OriginalString)).QuerySelector($".onward a[href^='{address}/']")); // nobody has to look for what comes next
        Assert.Null((await desk.Read(address + "/overlaps")).QuerySelector(".onward"));
        foreach (var found in (await desk.Read(address + "/overlaps")).QuerySelectorAll("tbody tr"))
        {
            var other = (await desk.Read(address + "/overlaps")).QuerySelector("input[name='Input.Other']")!.GetAttribute("value")!;
            using var told = await desk.Post(address + "/overlaps", address + "/overlaps?handler=Answer", ("Input.Other", other), ("Input.Answer", "NewIsNeeded"), ("Input.Reason", "Another group"));
            Assert.True(told.StatusCode == HttpStatusCode.Redirect, found.TextContent);
        }

        using var consulted = await desk.Post(address + "/consultations", address + "/consultations", ("Input.Step", "Assess"), ("Input.HeldOn.Day", Yesterday("%d")), ("Input.HeldOn.Month", Yesterday("%M")),
            ("Input.HeldOn.Year", Yesterday("yyyy")), ("Input.Groups", "Women"), ("Input.Method", "FocusGroup"), ("Input.Participants", "8"), ("Input.Said", "Not at the wells"), ("Input.Changed", "At home"));
        Assert.Equal(HttpStatusCode.Redirect, consulted.StatusCode);
        using var entered = await desk.Post(address + "/rules", address + "/rules?handler=Enter", ("step", "Design"));
        Assert.Equal(address + "?done=step-entered", entered.Headers.Location!.OriginalString);
        Assert.Equal("2 Design", (await desk.Read(address)).QuerySelector(".rail [aria-current=step] b")!.TextContent.Trim());
    }

    [Fact]
    public async Task Keeps_the_rows_that_were_typed_when_one_more_is_asked_for()
    {
        var desk = await host.SignedIn("lead");
        var address = await StaffDesk.Start(desk, "Rows");
        using var answer = await desk.Post(address + "/purpose", address + "/purpose?handler=Row&what=decision", ("Input.Decisions[0].Code", "D1"), ("Input.Decisions[0].Text", "Where lights stand"));
        var page = await Host.Read(answer);
        Assert.Equal("Where lights stand", page.QuerySelector("[name='Input.Decisions[0].Text']")!.GetAttribute("value"));
        Assert.Equal("D2", page.QuerySelector("[name='Input.Decisions[1].Code']")!.GetAttribute("value"));
        Assert.DoesNotContain("Where lights stand", (await desk.Read(address + "/purpose")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_field_of_every_error()
    {
        var desk = await host.SignedIn("lead");
        using var answer = await desk.Post("/activities/start", "/activities/start");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await Host.Read(answer);
        var links = page.QuerySelectorAll("#errors li a").ToList();
        Assert.Equal(8, links.Count);
        Assert.All(links, a => Assert.NotNull(page.GetElementById(a.GetAttribute("href")![1..])));
        Assert.Contains(links, a => a.TextContent.StartsWith("Title: ", StringComparison.Ordinal));
    }

    private static string Yesterday(string part) => TimeProvider.System.GetUtcNow().AddDays(-1).ToString(part, CultureInfo.InvariantCulture);
}
