using System.Net;
using Amana.Features.Principles;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

public sealed class The_findings_of_the_operation(StaffDesk host) : IClassFixture<StaffDesk>
{
    private const string Address = "/operation/findings";

    [Fact]
    public async Task Ask_strangers_to_sign_in()
    {
        using var answer = await host.Browser().GetAsync(Address);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Name_activity_rule_owner_and_day_and_are_whole_in_four_languages()
    {
        var lead = await host.SignedIn("lead");
        await StaffDesk.Start(lead, "Watched over the operation");
        await using (var scope = host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<NoteRuleChanges>().Handle(default);
        foreach (var language in new[] { "fr", "es", "ar", "en" })
            using (await lead.Get("/?lang=" + language))
                Assert.DoesNotContain("⟦", (await lead.Read(Address)).DocumentElement.TextContent, StringComparison.Ordinal);

        var page = await lead.Read(Address);
        Assert.Single(page.QuerySelectorAll("h1"));
        var row = Assert.Single(page.QuerySelectorAll("main table:first-of-type tbody tr"), r => r.TextContent.Contains("CO-1", StringComparison.Ordinal) && r.TextContent.Contains("Watched over the operation", StringComparison.Ordinal));
        Assert.Contains("Made-up lead", row.TextContent, StringComparison.Ordinal); // whom nobody asked: the lead mends it
        Assert.DoesNotContain("–", row.LastElementChild!.TextContent, StringComparison.Ordinal); // the operation's limit from the day on which it was noted
        Assert.Contains("Watched over the operation", page.QuerySelectorAll("main table")[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_narrowed_to_a_principle_and_to_what_is_late()
    {
        var lead = await host.SignedIn("lead");
        await StaffDesk.Start(lead, "Narrowed");
        var one = await lead.Read(Address + "?only=Coordination");
        var rules = one.QuerySelectorAll("main a[href*='/rules/']:not(.btn)").Select(a => a.GetAttribute("href")!.Split('/')[^1]).ToList();
        Assert.NotEmpty(rules);
        Assert.All(rules, r => Assert.StartsWith("CO-", r, StringComparison.Ordinal));
        Assert.Empty((await lead.Read(Address + "?late=true")).QuerySelectorAll("main a[href*='/rules/']:not(.btn)"));
    }

    [Fact]
    public async Task Show_nobody_the_activities_of_others()
    {
        var lead = await host.SignedIn("lead");
        await StaffDesk.Start(lead, "Ours alone");
        var stranger = await host.SignedIn("stranger");
        Assert.DoesNotContain("Ours alone", (await stranger.Read(Address)).DocumentElement.TextContent, StringComparison.Ordinal);
    }
}
