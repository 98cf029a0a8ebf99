using System.Net;
using Amana.Domain.Records;
using Amana.Features.Platform;
using Amana.Web.Tests.OpenRosa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Records;

/// <summary>A submission that breaks a rule of its form, from the phone to the page that decides on it.</summary>
[Collection(DemoCollection.Name)]
public class A_held_submission(DemoHost host)
{
    [Fact]
    public async Task Is_received_in_plain_words_shown_with_question_and_rule_and_admitted_for_a_reason()
    {
        var phone = await host.Phone(1);
        using var answer = await phone.Submit(Submissions.Border(Guid.NewGuid(), "Name-In-Held").Replace("<age>34</age>", "<age>Secret-Age</age>", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("something does not fit the form", await Phone.Message(answer), StringComparison.Ordinal);
        var held = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<QuarantinedSubmission>().AsNoTracking().OrderByDescending(q => q.ReceivedAt).FirstAsync());

        var officer = await host.SignedIn("protection");
        var page = await officer.Read("/activities/1/quarantine");
        var row = page.QuerySelector($"input[value='{held.Id.Value}']")!.Closest("tr")!.TextContent;
        Assert.Contains("How old are you?", row, StringComparison.Ordinal);
        Assert.Contains("not of the kind that is asked for", row, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret-Age", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("Name-In-Held", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.False(host.Holds("Name-In-Held") || host.Holds("Secret-Age"));

        using var without = await officer.Post("/activities/1/quarantine", "/activities/1/quarantine", ("id", held.Id.Value.ToString()), ("admit", "true"));
        Assert.Contains("Say why", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var admitted = await officer.Post("/activities/1/quarantine", "/activities/1/quarantine", ("id", held.Id.Value.ToString()), ("admit", "true"), ("Reason", "Reason-Of-Admission"));
        Assert.Equal(HttpStatusCode.Redirect, admitted.StatusCode);
        Assert.False(host.Holds("Reason-Of-Admission"), "A reason stands open in a file of the house.");
        Assert.Equal(QuarantineState.Admitted, await host.Do(s => s.GetRequiredService<AmanaDb>().Set<QuarantinedSubmission>().Where(q => q.Id == held.Id).Select(q => q.State).SingleAsync()));
    }

    [Fact]
    public async Task Is_decided_by_nobody_who_only_collects()
    {
        var collector = await host.SignedIn("interviewer1");
        var page = await collector.Read("/activities/1/quarantine");
        Assert.Empty(page.QuerySelectorAll("input[name=id]"));
        var held = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<QuarantinedSubmission>().AsNoTracking().FirstAsync(q => q.State == QuarantineState.Waiting));
        using var refused = await collector.Post("/activities/1/quarantine", "/activities/1/quarantine", ("id", held.Id.Value.ToString()), ("admit", "false"), ("Reason", "No"));
        Assert.NotEqual(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.Equal(QuarantineState.Waiting, await host.Do(s => s.GetRequiredService<AmanaDb>().Set<QuarantinedSubmission>().Where(q => q.Id == held.Id).Select(q => q.State).SingleAsync()));
    }
}
