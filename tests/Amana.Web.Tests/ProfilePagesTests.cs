using System.Net;

namespace Amana.Web.Tests;

/// <summary>What an organisation asks of a role beyond the shipped profile.</summary>
public sealed class The_page_of_a_role(StaffDesk host) : IClassFixture<StaffDesk>
{
    private const string Address = "/set-up/competencies/Enumerator";

    [Fact]
    public async Task Raises_what_the_organisation_asks_and_shows_it_to_all()
    {
        var admin = await host.SignedIn("admin");
        var page = await admin.Read(Address);
        var selects = page.QuerySelectorAll("select[name^='Input.Levels']");
        Assert.Equal(19, selects.Length);
        // A competency of the shipped profile can be raised and not lowered; every other one can be asked at any level.
        var interviewing = selects.Single(s => page.QuerySelector($"label[for='{s.Id}']")!.TextContent.Contains("Interviewing", StringComparison.Ordinal));
        Assert.Equal(["", "Independent", "Leads"], interviewing.QuerySelectorAll("option").Select(o => o.GetAttribute("value")));
        Assert.Contains(selects, s => s.QuerySelectorAll("option").Length == 5);

        (string, string)[] Filled(string level, params (string, string)[] rest) => [.. selects.Select(s => (s.GetAttribute("name")!, s == interviewing ? level : "")), .. rest];
        using (var part = await admin.Post(Address, Address, ("Input.Levels[0]", "Independent"), ("Input.Reason", "Cut short")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, part.StatusCode);
        using (var silent = await admin.Post(Address, Address, Filled("Independent")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode); // no reason
        using (var below = await admin.Post(Address, Address, Filled("Aware", ("Input.Reason", "Fewer trainings"))))
            Assert.Contains("lower level", (await Host.Read(below)).QuerySelector(".errors, [role=alert]")!.TextContent, StringComparison.Ordinal);
        using (var saved = await admin.Post(Address, Address, Filled("Independent", ("Input.Reason", "Survivors are interviewed here"))))
            Assert.StartsWith("/set-up/competencies", saved.Headers.Location!.OriginalString, StringComparison.Ordinal);

        var lead = await host.SignedIn("lead");
        var list = await lead.Read("/set-up/competencies");
        Assert.Contains("asked by your organisation", list.QuerySelector("#Enumerator tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(list.QuerySelectorAll($"a[href='{Address}']"));
        Assert.DoesNotContain("asked by your organisation", (await (await host.SignedIn("stranger")).Read("/set-up/competencies")).QuerySelector("#Enumerator tbody")!.TextContent, StringComparison.Ordinal);
        using (var closed = await lead.Get(Address))
            Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
        using (var unknown = await admin.Get("/set-up/competencies/Nobody"))
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
