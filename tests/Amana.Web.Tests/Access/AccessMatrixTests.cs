using System.Net;
using System.Text;
using Amana.Web.Tests.OpenRosa;

namespace Amana.Web.Tests.Access;

/// <summary>Every way into the house, tried by everybody. What comes of it is written down in docs/access-matrix.md, and differs from it never.</summary>
[Collection(DemoCollection.Name)]
public sealed class The_access_matrix(DemoHost host)
{
    private static readonly string Page = Path.Combine(Sources.Root, "docs", "access-matrix.md");

    private static readonly string[] Columns = ["nobody", "stranger", "coordinator elsewhere", "colleague", "administrator", "focal point", "interviewer", "case worker", "information officer", "protection officer"];

    [Fact]
    public async Task Is_written_down_and_every_answer_carries_the_headers()
    {
        var (ways, readers, samples) = (await Ways.Of(host.Services), new Readers(host), await Samples.Of(host));
        Assert.DoesNotContain(ways, w => w.Data == "undeclared" || w.Method is not ("GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH")); // such as PAGE, from a method's name
        await readers.SignIn();
        var page = new StringBuilder(Preface()).Append("\n## Looking\n\n").Append(Row(["way in", "data about people", "open to", .. Columns])).Append(Row([.. Enumerable.Repeat("---", Columns.Length + 3)]));
        foreach (var way in ways.Where(w => w is { Method: "GET", Handler: null }))
            page.Append(Row([$"`{way.Route}`", way.Data, way.Policy, .. await Answers(readers, samples.Fill(way.Route))]));
        page.Append("\n## Opening one record\n\n").Append(Row(["the person's consent, and what is cited", .. Columns])).Append(Row([.. Enumerable.Repeat("---", Columns.Length + 1)]));
        foreach (var (state, code) in new[] { ("given", samples.Given), ("withdrawn", samples.Withdrawn) })
            foreach (var need in new[] { "N1", "N99", "" })
                page.Append(Row([$"{state}, {(need.Length == 0 ? "no need" : "need " + need)}", .. await Opened(readers, code, need)]));
        page.Append("\n## Changing\n\nEach of these was posted by nobody, by a stranger and by a colleague who is not on the team, with their own form token and without fields. Nobody and the stranger changed nothing.\n\n")
            .Append(Row(["way in", "data about people", "open to"])).Append(Row(["---", "---", "---"]));
        foreach (var way in ways.Where(w => w.Method != "GET" || w.Handler is not null))
            page.Append(Row([$"`{way.Name}`", way.Data, way.Policy]));
        Compare(page.ToString());
    }

    [Fact]
    public async Task Lets_nobody_and_no_stranger_change_anything()
    {
        var (ways, readers, samples) = (await Ways.Of(host.Services), new Readers(host), await Samples.Of(host));
        await readers.SignIn();
        var before = await host.Rows();
        foreach (var name in new[] { "nobody", "stranger" })
        {
            var token = await readers.FormToken(name);
            // Whom it concerns: what is signed in for, and in an activity that is not theirs. What a stranger does in their own account or organisation is theirs to do.
            foreach (var way in ways.Where(w => (w.Method != "GET" || w.Handler is not null) && !w.IsOpen && (name == "nobody" || w.Route.Contains("{number", StringComparison.Ordinal))))
            {
                using var request = new HttpRequestMessage(new HttpMethod(way.Method), samples.Fill(way.Route) + (way.Handler is { Length: > 0 } handler ? "?handler=" + handler : ""));
                if (way.Method != "GET")
                    request.Content = way.Route.StartsWith("/api", StringComparison.Ordinal) ? new StringContent("{}", Encoding.UTF8, "application/json") : new FormUrlEncodedContent([KeyValuePair.Create("form-token", token)]);
                using var answer = await readers[name].SendAsync(request);
                Every_answer.Check(answer);
                Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType
                    || InAWord.Of(answer) == "sign-in", $"{name}: {way.Name} answers {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        var after = await host.Rows();
        foreach (var table in before.Keys.Where(t => t is not ("ledger_entries" or "staff_sessions" or "data_keys")))
            Assert.True(before[table] == after[table], $"{table} changed from {before[table]} to {after[table]} rows");
    }

    private static async Task<IEnumerable<string>> Answers(Readers readers, string address)
    {
        var words = new List<string>();
        foreach (var name in Readers.Names)
        {
            using var answer = await readers[name].GetAsync(address);
            Every_answer.Check(answer);
            Assert.True((int)answer.StatusCode < 500, $"{name}: {address} breaks with {(int)answer.StatusCode}");
            words.Add(InAWord.Of(answer));
        }

        return words;
    }

    private static async Task<IEnumerable<string>> Opened(Readers readers, string code, string need)
    {
        if (code.Length == 0)
            return Columns.Select(_ => "no such record");
        var words = new List<string>();
        foreach (var name in Readers.Names)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("form-token", await readers.FormToken(name)), KeyValuePair.Create("NeedCode", need)]);
            using var answer = await readers[name].PostAsync($"/activities/1/records/{code}", form);
            Every_answer.Check(answer);
            words.Add(InAWord.Of(answer));
        }

        return words;
    }

    private static string Preface() => """
        # Who gets in where

        Written from the list of endpoints and from what each answered over HTTP; checked by a test. Do not edit it. To write it anew: `AMANA_WRITE_DOCS=1`, then run
        `The_access_matrix` of `tests/Amana.Web.Tests`. A way in that is not in here fails the build.

        Tried in the made-up operation on activity 1, which collects. *Stranger*: staff of another organisation. *Coordinator elsewhere*: another organisation's, with a duty over the
        operation. *Colleague*: the activity's organisation, not on its team. The last four are on the team. *Not there* (404) is said alike for what is absent and for what is not yours.
        Where a page *shows*, it shows its frame; what data about people it gives then is a matter of the gate, in the second table.

        """.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Row(IEnumerable<string> cells) => "| " + string.Join(" | ", cells) + " |\n";

    private static void Compare(string written)
    {
        if (Environment.GetEnvironmentVariable("AMANA_WRITE_DOCS") is { Length: > 0 })
            File.WriteAllText(Page, written);
        var kept = File.Exists(Page) ? File.ReadAllText(Page).Split('\n') : [];
        var differs = written.Split('\n').Except(kept, StringComparer.Ordinal).Concat(kept.Except(written.Split('\n'), StringComparer.Ordinal)).ToList();
        Assert.True(differs.Count == 0, "docs/access-matrix.md is not what the house answers. Look at each line, then write it anew with AMANA_WRITE_DOCS=1:\n" + string.Join('\n', differs.Take(20)));
    }
}
