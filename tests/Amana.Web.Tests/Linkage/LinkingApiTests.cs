using System.Net;
using System.Net.Http.Json;
using Amana.Domain.Accounts;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Web.Tests.OpenRosa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Linkage;

/// <summary>Records of one person are searched by a program that comes with a person's session; a second person decides, and a token does neither.</summary>
[Collection(DemoCollection.Name)]
public sealed class Linking_by_a_program(DemoHost host)
{
    private const string Address = "/api/v1/activities/1/linking";

    [Fact]
    public async Task Searches_for_a_need_shows_codes_and_leaves_the_decision_to_a_second_person()
    {
        // Two who say the same name: whatever else the demo holds, they are found.
        var phone = await host.Phone(1);
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.Created, (await phone.Submit(Submissions.Border(Guid.NewGuid()))).StatusCode);
        var (im, second) = (await host.SignedIn("im"), await host.SignedIn("protection"));
        var choices = await ProgramAnswers.Json(await im.Get(Address + "/choices"));
        var questions = choices.EnumerateArray().First(c => c.GetProperty("number").GetInt32() == 1).GetProperty("questions").EnumerateArray().Select(q => q.GetProperty("question").GetString()!).ToArray();
        Assert.Contains("full_name", questions);

        Assert.Equal("purpose.not-cited", await ProgramAnswers.Refused(await im.PostJson(Address, new { questions })));
        Assert.Equal("actor.no-role", await ProgramAnswers.Refused(await second.PostJson(Address, new { need = "N2", questions })));
        Assert.Equal("linking.too-few-questions", await ProgramAnswers.Refused(await im.PostJson(Address, new { need = "N2", questions = new[] { "sex" } })));
        Assert.Equal(HttpStatusCode.NotFound, (await im.PostJson(Address, new { with = 99, need = "N2", questions })).StatusCode);
        var done = await ProgramAnswers.Json(await im.PostJson(Address, new { need = "N2", questions }));
        Assert.True(done.GetProperty("here").GetInt32() > 0 && done.GetProperty("found").GetInt32() > 0, done.ToString());

        var listed = await ProgramAnswers.Json(await im.Get(Address));
        var pair = listed.EnumerateArray().First(p => p.GetProperty("state").GetString() == "Waiting");
        Assert.True(pair.GetProperty("because").GetArrayLength() > 0);
        var decision = $"{Address}/{pair.GetProperty("id").GetGuid()}/decision";
        Assert.Equal("linking.decided-by-finder", await ProgramAnswers.Refused(await im.PostJson(decision, new { same = true })));
        Assert.Equal(HttpStatusCode.NotFound, (await second.PostJson($"{Address}/{Guid.NewGuid()}/decision", new { same = true })).StatusCode);

        var token = (await host.Must(s => s.GetRequiredService<IssueApiTokenForMe>().Handle(host.As("protection"), new WantedApiToken("a program", [1], [.. Enum.GetValues<TokenUse>()], 7), CancellationToken.None))).Token;
        using (var program = host.CreateClient())
        {
            program.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.Equal("token.never", await ProgramAnswers.Refused(await program.PostAsJsonAsync(decision, new { same = true })));
            Assert.Equal("token.never", await ProgramAnswers.Refused(await program.PostAsJsonAsync(Address, new { need = "N2", questions })));
            Assert.Equal("token.never", await ProgramAnswers.Refused(await program.GetAsync(Address)));
        }

        Assert.Equal(HttpStatusCode.NoContent, (await second.PostJson(decision, new { same = false })).StatusCode);
        Assert.Contains(await host.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().Select(e => e.Kind).Distinct().ToListAsync()), k => k == "RecordsCompared");
    }
}
