using System.Net;
using Amana.Domain.Accounts;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

public sealed class The_page_of_keys(StaffDesk desk) : IClassFixture<StaffDesk>
{
    [Fact]
    public async Task Says_what_to_do_first_and_opens_nothing()
    {
        var page = await (await desk.SignedIn("admin")).Read("/set-up/keys");
        Assert.Contains("amana keys split", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form")); // keys are changed on the server alone
    }

    [Fact]
    public async Task Is_not_for_everybody()
    {
        using var answer = await (await desk.SignedIn("lead")).Get("/set-up/keys");
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }
}

public sealed class The_page_of_planned_disposal(StaffDesk desk) : IClassFixture<StaffDesk>
{
    [Fact]
    public async Task Is_for_the_focal_point_who_places_a_hold_there()
    {
        var lead = await desk.SignedIn("lead");
        var address = await StaffDesk.Start(lead, "Made-up monitoring");
        using (var refused = await lead.Get("/rights/disposals"))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        await using (var scope = desk.Services.CreateAsyncScope())
        {
            var us = (await scope.ServiceProvider.GetRequiredService<HouseReader>().ActingAs("admin@example.org", CancellationToken.None))!.Actor.OrganisationId!.Value;
            Assert.True((await scope.ServiceProvider.GetRequiredService<AddStaffMember>().Handle(AccessContext.House, us, "Made-up focal point", "focal@example.org",
                [Duty.DataProtectionFocalPoint], "slow river under seven bridges", CancellationToken.None)).IsDone);
        }

        var focal = await desk.SignedIn("focal");
        using var placed = await focal.Post("/rights/disposals", "/rights/disposals?handler=Place", ("Activity", address.Split('/')[^1]), ("Reason", "An inquiry, made up"));
        Assert.Equal(HttpStatusCode.Redirect, placed.StatusCode);
        using var again = await focal.Post("/rights/disposals", "/rights/disposals?handler=Place", ("Activity", address.Split('/')[^1]), ("Reason", "Another"));
        Assert.Contains("already", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
