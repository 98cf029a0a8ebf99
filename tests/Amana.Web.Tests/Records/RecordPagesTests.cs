using System.Net;
using Amana.Domain.Records;
using Amana.Features.Platform;
using Amana.Web.Tests.OpenRosa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Records;

/// <summary>One record over the pages: opened, judged, written about, corrected, its history and files.</summary>
[Collection(DemoCollection.Name)]
public class The_pages_of_a_record(DemoHost host)
{
    [Fact]
    public async Task Correct_it_with_a_reason_and_show_what_changed()
    {
        var phone = await host.Phone(1);
        using var sent = await phone.Submit(Submissions.Border(Guid.NewGuid(), "Name-To-Correct"));
        var code = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<RecordEntry>().OrderByDescending(r => r.ReceivedAt).Select(r => r.Code).FirstAsync());
        var (page, officer, im) = ($"/activities/1/records/{code}", await host.SignedIn("protection"), await host.SignedIn("im"));

        Assert.DoesNotContain("Name-To-Correct", (await officer.Read(page)).DocumentElement.OuterHtml, StringComparison.Ordinal);
        using var form = await officer.Post(page, page + "/correct", ("NeedCode", "N1"));
        var shown = await Host.Read(form);
        Assert.Equal("Name-To-Correct", shown.QuerySelector("input[name='a:/data/person/full_name']")!.GetAttribute("value"));
        (string, string)[] changed = [("NeedCode", "N1"), ("Version", "1"), ("go", "save"), ("a:/data/person/full_name", "Name-Corrected")];
        using var without = await officer.Post(page, page + "/correct?handler=Form", changed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using var saved = await officer.Post(page, page + "/correct?handler=Form", [.. changed, ("Reason", "Spelt-Wrong")]);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        using var own = await officer.Post(page, page + "?handler=Review", ("Judgement", "Approved"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.StatusCode);
        using var judged = await im.Post(page, page + "?handler=Review", ("Judgement", "Approved"));
        using var commented = await im.Post(page, page + "?handler=Comment", ("Words", "Words-On-Record"));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (judged.StatusCode, commented.StatusCode));
        using var refused = await im.Post(page, page, ("NeedCode", "N1"));
        Assert.DoesNotContain("Words-On-Record", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var opened = await officer.Post(page, page, ("NeedCode", "N1"));
        var whole = await opened.Content.ReadAsStringAsync();
        Assert.All(["Name-Corrected", "Words-On-Record", "Spelt-Wrong", "Approved"], words => Assert.Contains(words, whole, StringComparison.Ordinal));
        using var history = await officer.Post(page, page + "/history", ("NeedCode", "N1"));
        var told = await history.Content.ReadAsStringAsync();
        Assert.All(["Name-To-Correct", "Name-Corrected", "Spelt-Wrong"], words => Assert.Contains(words, told, StringComparison.Ordinal));
        Assert.All([opened, history], p => Assert.DoesNotContain("/data/", Host.Read(p).Result.QuerySelector("main")!.TextContent, StringComparison.Ordinal)); // questions in words, never places
        Assert.Contains("When filling in began", whole, StringComparison.Ordinal);
        Assert.All(["Name-Corrected", "Words-On-Record", "Spelt-Wrong"], words => Assert.False(host.Holds(words), words + " stands open in a file of the house."));
        Assert.Contains(code, (await im.Read("/activities/1/records?Review=Approved")).DocumentElement.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Do_what_programs_do_by_the_same_rules()
    {
        var phone = await host.Phone(1);
        using var sent = await phone.Submit(Submissions.Border(Guid.NewGuid(), "Name-For-Programs"));
        var code = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<RecordEntry>().OrderByDescending(r => r.ReceivedAt).Select(r => r.Code).FirstAsync());
        var (record, officer, im) = ($"/api/v1/activities/1/records/{code}", await host.SignedIn("protection"), await host.SignedIn("im"));

        Assert.Contains("purpose.not-cited", await Told(officer.Get(record), HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.Contains("actor.no-role", await Told(im.Get(record + "?need=N1"), HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        await Told(officer.Get("/api/v1/activities/1/records/NOSUCHCODE?need=N1"), HttpStatusCode.NotFound);
        Assert.Contains("Name-For-Programs", await Told(officer.Get(record + "?need=N1"), HttpStatusCode.OK), StringComparison.Ordinal);

        Task<HttpResponseMessage> Post(Desk desk, string path, object body) => desk.PostJson(record + path, body);
        var answers = new Dictionary<string, string> { ["/data/person/full_name"] = "Name-By-Program" };
        Assert.Contains("record.reason-missing", await Told(Post(officer, "/versions", new { fromVersion = 1, answers }), HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        await Told(Post(officer, "/versions", new { fromVersion = 1, answers, reason = "Spelling" }), HttpStatusCode.Created);
        await Told(Post(officer, "/versions", new { fromVersion = 1, answers = new Dictionary<string, string> { ["/data/person/age"] = "35" }, reason = "Late" }), HttpStatusCode.Conflict);
        await Told(Post(officer, "/review", new { state = "Approved" }), HttpStatusCode.UnprocessableEntity);
        await Told(Post(im, "/review", new { state = "Approved" }), HttpStatusCode.NoContent);
        await Told(Post(im, "/comments", new { words = "Said-By-Program" }), HttpStatusCode.NoContent);
        var versions = await Told(officer.Get(record + "/versions?need=N1"), HttpStatusCode.OK);
        Assert.All(["Name-By-Program", "Name-For-Programs", "Said-By-Program", "Correction"], words => Assert.Contains(words, versions, StringComparison.Ordinal));
        Assert.Contains("findings", await Told(officer.Get("/api/v1/activities/1/held"), HttpStatusCode.OK), StringComparison.Ordinal);
        await Told(officer.Get(record + $"/files/{Guid.NewGuid():D}?need=N1"), HttpStatusCode.NotFound);
    }

    private static async Task<string> Told(Task<HttpResponseMessage> asked, HttpStatusCode expected)
    {
        using var answer = await asked;
        var told = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, $"{answer.StatusCode}: {told}");
        return told;
    }
}
