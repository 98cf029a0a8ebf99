using System.Net;

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
}
