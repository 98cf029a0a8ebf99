using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Amana.Domain.Records;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>What becomes of a submission from a phone (OpenRosa Form Submission 1.0; status codes as ODK Central answers them).</summary>
[Collection(DemoCollection.Name)]
public partial class A_submission(DemoHost host)
{
    [Fact]
    public async Task Is_kept_once_and_answered_with_the_person_s_receipt()
    {
        var phone = await host.Phone(1);
        var xml = Submissions.Border(Guid.NewGuid(), "Name-Kept-Sealed");
        var before = await host.Rows();
        using var first = await phone.Submit(xml);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.True(first.Headers.CacheControl?.NoStore);
        var code = Receipt().Match(await Phone.Message(first)).Value;
        Assert.NotEmpty(code);
        var after = await host.Rows();
        Assert.Equal(before["records"] + 1, after["records"]);
        Assert.Equal(before["people"] + 1, after["people"]);

        using var again = await phone.Submit(xml);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Contains(code, await Phone.Message(again), StringComparison.Ordinal);
        Assert.Equal(after, await host.Rows());
        Assert.False(host.Holds("Name-Kept-Sealed"), "A name stands open in a file of the house.");
    }

    [Fact]
    public async Task With_a_known_id_and_other_content_is_a_conflict_that_changes_nothing()
    {
        var phone = await host.Phone(1);
        var id = Guid.NewGuid();
        await phone.Submit(Submissions.Border(id, "One"));
        var before = await host.Rows();
        using var other = await phone.Submit(Submissions.Border(id, "Two"));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        await Phone.Message(other);
        Assert.Equal(before, await host.Rows());
    }

    [Fact]
    public async Task Sent_thirty_times_at_once_is_one_record()
    {
        var phone = await host.Phone(1);
        var xml = Submissions.Border(Guid.NewGuid());
        var before = await host.Rows();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => phone.Submit(xml)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        var messages = await Task.WhenAll(answers.Select(Phone.Message));
        Assert.Single(messages.Distinct());
        var after = await host.Rows();
        foreach (var table in new[] { "records", "people", "submission_marks", "consents" })
            Assert.Equal(before[table] + 1, after[table]);
    }

    [Theory]
    [InlineData("unknown form", HttpStatusCode.NotFound)]
    [InlineData("unknown version", HttpStatusCode.NotFound)]
    [InlineData("not XML", HttpStatusCode.BadRequest)]
    [InlineData("empty", HttpStatusCode.BadRequest)]
    [InlineData("with a DTD", HttpStatusCode.BadRequest)]
    [InlineData("a spreadsheet", HttpStatusCode.BadRequest)]
    public async Task That_cannot_be_read_or_placed_is_refused_in_words_and_keeps_nothing(string what, HttpStatusCode expected)
    {
        var phone = await host.Phone(1);
        var before = await host.Rows();
        using var answer = await phone.Submit(what switch
        {
            "unknown form" => Submissions.Border(Guid.NewGuid(), formId: "nobody_knows"),
            "unknown version" => Submissions.Border(Guid.NewGuid(), version: "77"),
            "with a DTD" => "<!DOCTYPE data [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + Submissions.Border(Guid.NewGuid(), "&e;"),
            "a spreadsheet" => "PK\u0003\u0004" + new string('\u0001', 400),
            "empty" => "",
            _ => "this is no form",
        });
        Assert.Equal(expected, answer.StatusCode);
        await Phone.Message(answer);
        Assert.Equal(before, await host.Rows());
    }

    [Theory]
    [InlineData("no part")]
    [InlineData("no multipart")]
    [InlineData("cut")]
    public async Task That_came_broken_is_refused_and_keeps_nothing(string how)
    {
        var phone = await host.Phone(1);
        var before = await host.Rows();
        var cut = new StringContent("--b\r\nContent-Disposition: form-data; name=\"xml_submission_file\"; filename=\"s.xml\"\r\n\r\n" + Submissions.Border(Guid.NewGuid())[..300], Encoding.UTF8);
        cut.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        using var answer = await phone.Post(how switch
        {
            "no part" => new MultipartFormDataContent { { new StringContent("x"), "other" } },
            "cut" => cut,
            _ => new StringContent(Submissions.Border(Guid.NewGuid()), Encoding.UTF8, "text/xml"),
        });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Phone.Message(answer);
        Assert.Equal(before, await host.Rows());
    }

    [Fact]
    public async Task Without_consent_leaves_nothing_but_a_count()
    {
        var phone = await host.Phone(1);
        var before = await host.Rows();
        var counted = await Refusals();
        var xml = Submissions.Border(Guid.NewGuid(), "Name-Of-A-Refusal", consent: "no");
        using var answer = await phone.Submit(xml);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.DoesNotMatch(Receipt(), await Phone.Message(answer));
        using var again = await phone.Submit(xml);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(counted + 1, await Refusals());
        var after = await host.Rows();
        // The count, the mark by which a repetition is known, and the ledger's line: nothing else grows.
        var grown = after.Where(t => t.Value != before[t.Key]).Select(t => t.Key);
        Assert.DoesNotContain(grown, t => t is not ("refusal_counts" or "submission_marks") && !t.StartsWith("ledger", StringComparison.Ordinal));
        Assert.False(host.Holds("Name-Of-A-Refusal"), "Something of a refusal was kept.");
    }

    [Fact]
    public async Task From_a_revoked_phone_is_refused()
    {
        var phone = await host.Phone(1);
        var activity = await host.Activity(1);
        await host.Do(s => s.GetRequiredService<RevokePhoneToken>().Handle(host.As("im"), activity, phone.Id, CancellationToken.None));
        using var answer = await phone.Submit(Submissions.Border(Guid.NewGuid()));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task To_an_activity_that_no_longer_collects_is_a_conflict_and_stays_on_the_phone()
    {
        var phone = await host.Phone(4);
        var before = await host.Rows();
        using var answer = await phone.Submit(Submissions.Household(Guid.NewGuid()));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        await Phone.Message(answer);
        var after = await host.Rows();
        Assert.Equal(before["records"] + before["quarantine"], after["records"] + after["quarantine"]);
    }

    [Fact]
    public async Task While_the_review_of_risks_has_lapsed_waits_sealed_and_is_not_lost()
    {
        var phone = await host.Phone(2, "coordination", "interviewer2");
        var xml = Submissions.Household(Guid.NewGuid(), "Name-In-Quarantine");
        var before = await host.Rows();
        using var answer = await phone.Submit(xml);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var again = await phone.Submit(xml);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        var after = await host.Rows();
        Assert.Equal(before["records"], after["records"]);
        Assert.Equal(before["quarantine"] + 1, after["quarantine"]);
        Assert.False(host.Holds("Name-In-Quarantine"));
        var held = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<QuarantinedSubmission>().OrderByDescending(q => q.ReceivedAt).FirstAsync());
        Assert.Contains("DNH-2", held.HeldBy);
    }

    private Task<int> Refusals() => host.Do(s => s.GetRequiredService<AmanaDb>().Set<RefusalCount>().SumAsync(c => c.Count));

    [GeneratedRegex("[A-Z0-9]{3,}(?:-[A-Z0-9]{3,})+")]
    private static partial Regex Receipt();
}
