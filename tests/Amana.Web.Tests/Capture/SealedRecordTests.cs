using System.Net;
using Amana.Domain.Capture;
using Amana.Features.Capture;
using Amana.Web.Tests.OpenRosa;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Capture;

[Collection(DemoCollection.Name)]
public sealed class A_sealed_record(DemoHost host)
{
    [Fact]
    public async Task Is_opened_on_arrival_kept_once_and_answered_with_the_persons_receipt()
    {
        var link = await Links.Make(host);
        var envelope = Links.Seal(await Links.Key(host), Submissions.Border(Guid.NewGuid(), "Name-From-A-Browser"));
        var before = await host.Rows();
        var (status, first) = await Links.Send(host, $"/fill/link/{link.Token}/records", envelope);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Accepted", first.GetProperty("outcome").GetString());
        var code = first.GetProperty("receiptCode").GetString();
        Assert.False(string.IsNullOrEmpty(code));
        var after = await host.Rows();
        Assert.Equal(before["records"] + 1, after["records"]);

        var (_, again) = await Links.Send(host, $"/fill/link/{link.Token}/records", envelope);
        Assert.True(again.GetProperty("repeated").GetBoolean());
        Assert.Equal(code, again.GetProperty("receiptCode").GetString());
        Assert.Equal(after, await host.Rows());
        Assert.False(host.Holds("Name-From-A-Browser"), "A name stands open in a file of the house.");
    }

    [Fact]
    public async Task With_a_no_leaves_nothing_but_a_count()
    {
        var link = await Links.Make(host);
        var before = await host.Rows();
        var (_, answer) = await Links.Send(host, $"/fill/link/{link.Token}/records", Links.Seal(await Links.Key(host), Submissions.Border(Guid.NewGuid(), consent: "no")));
        Assert.Equal("RefusedConsent", answer.GetProperty("outcome").GetString());
        Assert.Equal(before["records"], (await host.Rows())["records"]);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("changed")]
    [InlineData("for another use")]
    [InlineData("empty")]
    [InlineData("no envelope")]
    public async Task That_is_not_as_it_was_sealed_is_refused_and_changes_nothing(string what)
    {
        var link = await Links.Make(host);
        var envelope = Links.Seal(await Links.Key(host), Submissions.Border(Guid.NewGuid()));
        byte[] sent = what switch
        {
            "cut" => envelope[..200],
            "changed" => [.. envelope[..400], (byte)(envelope[400] ^ 1), .. envelope[401..]],
            "for another use" => [.. envelope[..4], .. Guid.NewGuid().ToByteArray(), .. envelope[20..]],
            "empty" => [],
            _ => [.. Enumerable.Repeat((byte)'x', 5_000)],
        };
        var before = await host.Rows();
        var (status, problem) = await Links.Send(host, $"/fill/link/{link.Token}/records", sent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.StartsWith("sealed-record.", Links.TypeOf(problem), StringComparison.Ordinal);
        Assert.Equal(before, await host.Rows());
    }

    [Fact]
    public async Task From_another_site_is_refused()
    {
        var link = await Links.Make(host);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/fill/link/{link.Token}/records") { Content = new ByteArrayContent([1, 2, 3]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await host.Browser().SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Asks_staff_to_sign_in()
    {
        using var client = host.CreateClient();
        using var answer = await client.PostAsync("/fill/activity/1/records", new ByteArrayContent([1]));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}

[Collection(DemoCollection.Name)]
public sealed class A_link_to_a_form(DemoHost host)
{
    [Fact]
    public async Task For_one_use_takes_one_record_however_often_it_comes_and_no_other()
    {
        var link = await Links.Make(host, FormLinkUse.Once);
        var key = await Links.Key(host);
        var address = $"/fill/link/{link.Token}";
        var mine = Links.Seal(key, Submissions.Border(Guid.NewGuid()));
        var others = Enumerable.Range(0, 8).Select(_ => Links.Seal(key, Submissions.Border(Guid.NewGuid()))).ToList();
        Assert.Equal(HttpStatusCode.OK, (await Links.Send(host, address + "/records", mine)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Links.Send(host, address + "/records", mine)).Status);
        foreach (var other in others)
            Assert.Equal("form-link.used", Links.TypeOf((await Links.Send(host, address + "/records", other)).Body));
        using var page = await host.Browser().GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task For_one_use_lets_one_of_many_in_that_come_at_the_same_moment()
    {
        var link = await Links.Make(host, FormLinkUse.Once);
        var key = await Links.Key(host);
        var before = (await host.Rows())["records"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Links.Send(host, $"/fill/link/{link.Token}/records", Links.Seal(key, Submissions.Border(Guid.NewGuid())))));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(before + 1, (await host.Rows())["records"]);
    }

    [Fact]
    public async Task That_is_revoked_looks_like_one_that_never_was()
    {
        var link = await Links.Make(host);
        using var open = await host.Browser().GetAsync($"/fill/link/{link.Token}");
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        var activity = await host.Activity(1);
        Assert.True((await host.Do(s => s.GetRequiredService<RevokeFormLink>().Handle(host.As("im"), activity, link.Id, CancellationToken.None))).IsDone);
        using var revoked = await host.Browser().GetAsync($"/fill/link/{link.Token}");
        using var never = await host.Browser().GetAsync("/fill/link/" + new string('x', 64));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (revoked.StatusCode, never.StatusCode));
        Assert.Equal(await WordsOf(never), await WordsOf(revoked));
        Assert.Equal("form-link.not-found", Links.TypeOf((await Links.Send(host, $"/fill/link/{link.Token}/records", [1])).Body));
    }

    [Fact]
    public async Task Is_made_by_those_who_may_plan_the_activity_and_stands_nowhere_open()
    {
        var activity = await host.Activity(1);
        var wanted = new NewFormLink("border_monitoring", "Market", FormLinkUse.Open, host.As("interviewer1").Actor.StaffId!.Value, 7);
        Assert.False((await host.Do(s => s.GetRequiredService<MakeFormLink>().Handle(host.As("interviewer1"), activity, wanted, CancellationToken.None))).IsDone);
        foreach (var (bad, slug) in new[] { (wanted with { Days = 0 }, "form-link.end-out-of-range"), (wanted with { Days = 400 }, "form-link.end-out-of-range"), (wanted with { FormId = "nobody_knows" }, "form-link.form-not-published") })
            Assert.Equal(slug, (await host.Do(s => s.GetRequiredService<MakeFormLink>().Handle(host.As("im"), activity, bad, CancellationToken.None))).Refusals[0].Slug);
        var link = await Links.Make(host);
        Assert.False(host.Holds(link.Token), "A token stands open in a file of the house.");
    }

    [Fact]
    public async Task Gives_the_blank_form_of_its_own_and_no_other()
    {
        var link = await Links.Make(host);
        using var page = await host.Browser().GetAsync($"/fill/link/{link.Token}");
        var told = (await Host.Read(page)).QuerySelector("#fill")!.GetAttribute("data-fill")!;
        var form = System.Text.Json.JsonDocument.Parse(told).RootElement.GetProperty("forms")[0].GetProperty("xml").GetString()!;
        Assert.Contains("border_monitoring", await host.Browser().GetStringAsync(form), StringComparison.Ordinal);
        using var other = await host.Browser().GetAsync($"/fill/link/{link.Token}/forms/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private static async Task<string> WordsOf(HttpResponseMessage answer) => (await Host.Read(answer)).QuerySelector("main")!.TextContent;
}
