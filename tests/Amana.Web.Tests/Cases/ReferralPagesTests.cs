using System.Net;
using Amana.Web.Tests.OpenRosa;

namespace Amana.Web.Tests.Cases;

/// <summary>A person is passed to a service by pages alone.</summary>
[Collection(DemoCollection.Name)]
public sealed class Referring_by_pages(DemoHost host)
{
    [Fact]
    public async Task Takes_the_yes_to_the_service_and_ends_with_an_outcome_that_both_sides_see()
    {
        var (yes, no) = (await Referable.Record(host, agreed: true), await Referable.Record(host, agreed: false));
        var officer = await host.SignedIn("protection");
        var page = await officer.Read($"/activities/1/records/{yes}/refer");
        var service = page.QuerySelectorAll("select[name='Input.Service'] option").Single(o => o.TextContent.Contains("Legal help desk", StringComparison.Ordinal)).GetAttribute("value")!;
        var field = page.QuerySelector("input[name='Input.Fields']")!.GetAttribute("value")!;
        (string, string)[] Filled(string record) => [("Input.Service", service), ("Input.Urgency", "Urgent"), ("Input.Fields", field), ("Input.Words", "Safe at the well before noon"), ("code", record)];
        using (var refused = await officer.Post($"/activities/1/records/{no}/refer", $"/activities/1/records/{no}/refer", Filled(no)))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using (var sent = await officer.Post($"/activities/1/records/{yes}/refer", $"/activities/1/records/{yes}/refer", Filled(yes)))
            Assert.Equal("/activities/1/referrals?done=referral-sent", sent.Headers.Location!.OriginalString);
        var code = (await officer.Read("/activities/1/referrals")).QuerySelector("tbody th bdi")!.TextContent;
        Assert.False(host.Holds("Safe at the well"));

        using (var other = await (await host.SignedIn("coordination")).Get("/coordination/referrals/" + code))
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        var desk = await host.SignedIn("legal");
        var address = "/coordination/referrals/" + code;
        Assert.DoesNotContain("Safe at the well", (await desk.Read(address)).DocumentElement.TextContent, StringComparison.Ordinal);
        using (var read = await desk.Post(address, address + "?handler=Open"))
            Assert.Contains("Safe at the well before noon", (await Host.Read(read)).DocumentElement.TextContent, StringComparison.Ordinal);
        using (var accepted = await desk.Post(address, address + "?handler=Accept"))
            Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        using (var done = await desk.Post(address, address + "?handler=Finish", ("Outcome", "Received")))
            Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Contains("The service was received", (await officer.Read("/activities/1/referrals")).QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("can be read no more", (await desk.Read(address)).DocumentElement.TextContent, StringComparison.Ordinal);
    }
}
