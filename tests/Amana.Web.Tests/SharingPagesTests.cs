using System.Net;
using Amana.Domain.Accounts;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

/// <summary>Analysis and releases of an activity in which nothing was collected: each page says what will be here and what is missing first.</summary>
public sealed class SharingPagesTests(StaffDesk host) : IClassFixture<StaffDesk>
{
    [Fact]
    public async Task Say_what_is_missing_before_anything_can_be_counted_or_leave()
    {
        var desk = await host.SignedIn("lead");
        var address = await StaffDesk.Start(desk, "Nothing collected yet");
        Assert.NotNull((await desk.Read(address + "/analysis")).QuerySelector(".empty"));
        Assert.NotNull((await desk.Read(address + "/releases")).QuerySelector(".empty"));
        Assert.NotNull((await desk.Read(address + "/releases/new")).QuerySelector(".refusal"));
        Assert.NotNull((await desk.Read("/sharing")).QuerySelector(".empty"));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Get(address + "/releases/0195b0000000700080000000000000c1")).StatusCode);
    }

    [Fact]
    public async Task An_agreement_is_proposed_on_one_side_and_accepted_on_the_other()
    {
        var (ours, theirs) = (await Speaker("RIVER", "ourspeaker"), await Speaker("HILL", "theirspeaker"));
        var page = await ours.Read("/sharing/agreements");
        var hill = page.QuerySelectorAll("select[name='Input.RecipientId'] option").Single(o => o.TextContent.Contains("HILL", StringComparison.Ordinal)).GetAttribute("value")!;
        var river = page.QuerySelectorAll("select[name='Input.GiverId'] option").Single(o => o.TextContent.Contains("RIVER", StringComparison.Ordinal)).GetAttribute("value")!;
        using var proposed = await ours.Post("/sharing/agreements", "/sharing/agreements", ("Input.GiverId", river), ("Input.RecipientId", hill), ("Input.Title", "River and hill"), ("Input.Purpose", "Safer paths"),
            ("Input.Kinds", "DeidentifiedRecords"), ("Input.Safeguards", "Kept sealed"), ("Input.From.Day", "1"), ("Input.From.Month", "1"), ("Input.From.Year", "2026"), ("Input.Until.Day", "1"), ("Input.Until.Month", "1"),
            ("Input.Until.Year", "2036"), ("Input.SmallestGroup", "5"));
        Assert.Equal(HttpStatusCode.Redirect, proposed.StatusCode);
        var address = proposed.Headers.Location!.OriginalString.Split('?')[0];
        var hash = (await theirs.Read(address)).QuerySelector("input[name='Given.Hash']")!.GetAttribute("value")!;
        using (var unread = await theirs.Post(address, address + "?handler=Answer", ("Given.Answer", "Accepted"), ("Given.Hash", "00")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unread.StatusCode);
        using (var nobody = await (await host.SignedIn("stranger")).Post(address, address + "?handler=Answer", ("Given.Answer", "Accepted"), ("Given.Hash", hash)))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
        Assert.Contains("Agreements wait", (await theirs.Read("/home")).Body!.TextContent, StringComparison.Ordinal);
        using var accepted = await theirs.Post(address, address + "?handler=Answer", ("Given.Answer", "Accepted"), ("Given.Hash", hash));
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        Assert.Contains("in force", (await ours.Read(address)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<Desk> Speaker(string organisation, string name)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var id = (await scope.ServiceProvider.GetRequiredService<AmanaDb>().Set<Organisation>().SingleAsync(o => o.ShortName == organisation)).Id;
        Assert.True((await scope.ServiceProvider.GetRequiredService<AddStaffMember>()
            .Handle(AccessContext.House, id, "Made-up " + name, name + "@example.org", [Duty.Coordinator], StaffDesk.Password, CancellationToken.None)).IsDone);
        return await host.SignedIn(name);
    }
}
