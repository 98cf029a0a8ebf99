using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Amana.Domain.Forms;
using Amana.Features.Forms;
using Amana.Web.Tests.OpenRosa;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Capture;

/// <summary>Drafts lie on devices for days, and meanwhile the form goes on.</summary>
[Collection(DemoCollection.Name)]
public sealed class A_draft_of_an_older_version(DemoHost host)
{
    [Fact]
    public async Task Is_gone_on_with_and_finished_for_as_long_as_that_version_takes_records()
    {
        var first = await host.Publish(1, await host.BorderForm("drafted"));
        var second = await host.Publish(1, (await host.BorderForm("drafted")).Replace("\"drafted\",\"1\"", "\"drafted\",\"2\"", StringComparison.Ordinal));
        var link = $"/fill/link/{(await Links.Make(host, form: "drafted")).Token}";
        using var page = await host.CreateClient().GetAsync(link);
        var told = JsonDocument.Parse(WebUtility.HtmlDecode((await page.Content.ReadAsStringAsync()).Split("data-fill=\"")[1].Split('"')[0])).RootElement;
        Assert.Equal([second.Id.Value], told.GetProperty("forms").EnumerateArray().Select(f => f.GetProperty("id").GetGuid()));
        Assert.Equal([first.Id.Value], told.GetProperty("older").EnumerateArray().Select(f => f.GetProperty("id").GetGuid()));
        await Set(first, FormState.Closing); // nobody begins with it, on phones either
        Assert.Equal(HttpStatusCode.OK, (await host.CreateClient().GetAsync($"{link}/forms/{first.Id.Value}")).StatusCode);
        var (_, kept) = await Links.Send(host, link + "/records", Links.Seal(await Links.Key(host), Submissions.Border(Guid.NewGuid(), formId: "drafted")));
        Assert.Equal("Accepted", kept.GetProperty("outcome").GetString());
        await Set(first, FormState.Closed);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CreateClient().GetAsync($"{link}/forms/{first.Id.Value}")).StatusCode);
        await Set(second, FormState.Closed);
    }

    private Task Set(PublishedTestForm form, FormState state) => host.Must(s => s.GetRequiredService<SetFormState>().Handle(host.As("im"), form.Activity, form.Id, state, CancellationToken.None));
}

/// <summary>The script that sends what waits, asked outside of a browser what it makes of answers and clocks.</summary>
public sealed class What_waits_on_a_device
{
    [Fact]
    public async Task Is_let_go_of_only_on_the_word_of_the_house_and_is_sent_whatever_the_clock_says()
    {
        var script = Path.Combine(Sources.Root, "src", "Amana.Web", "Capture", "Script", "sending.js");
        var ask = $$"""
            import { isDue, pause, read } from {{JsonSerializer.Serialize(new Uri(script).AbsoluteUri)}};
            const refusal = { type: "urn:amana:refusal:form.closed" };
            const now = Date.UTC(2026, 10, 28);
            console.log(JSON.stringify({
              answers: [[201, { outcome: "Accepted" }], [200, {}], [200, null], [401, {}], [403, {}], [403, refusal], [404, {}], [408, {}], [409, refusal], [413, {}], [422, refusal], [429, refusal], [500, refusal], [503, {}]]
                .map(([status, told]) => Object.keys(read(status, told)).join() || "later"),
              due: [isDue({ next: now - 1 }, now), isDue({ next: now + 60_000 }, now), isDue({ next: now + 365 * 86_400_000 }, now), isDue({ next: 0, held: "x" }, now)],
              longest: pause(1_000, 1), shortest: pause(0, 0),
            }));
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "--eval", ask]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (told, wrong) = (await node.StandardOutput.ReadToEndAsync(), await node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, wrong);
        var answer = JsonDocument.Parse(told).RootElement;
        Assert.Equal("received later later signIn later held later later held held held later later later", string.Join(' ', answer.GetProperty("answers").EnumerateArray().Select(a => a.GetString())));
        Assert.Equal([true, false, true, false], answer.GetProperty("due").EnumerateArray().Select(d => d.GetBoolean()));
        Assert.InRange(answer.GetProperty("longest").GetDouble(), 600_000, 750_000);
        Assert.InRange(answer.GetProperty("shortest").GetDouble(), 3_000, 5_000);
    }
}
