using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Amana.Web.Tests;

/// <summary>Forms and records for programs: the same rules and refusals as on the pages.</summary>
public class A_program(StaffDesk staff) : IClassFixture<StaffDesk>
{
    private static string Workbook(string id, string question) =>
        "survey\n,type,name,label\n,select_one yn,consent,Do you agree to take part?\n,text,faith," + question + "\nchoices\n,list_name,name,label\n,yn,yes,Yes\n,yn,no,No\nsettings\n,form_title,form_id,version\n,Paths," + id + ",1\n";

    [Fact]
    public async Task Uploads_reads_compares_and_is_held_by_the_same_rules()
    {
        var desk = await staff.SignedIn("lead");
        var forms = "/api/v1" + await StaffDesk.Start(desk, "Paths for programs") + "/forms";
        Assert.Equal(0, (await Read(desk, forms)).GetArrayLength());

        var bad = await Send(desk, HttpMethod.Post, forms + "?name=bad.csv", new StringContent("survey\n,type,name,label\n,txet,q1,What?\n,text,q1,\n", Encoding.UTF8, "text/csv"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);
        Assert.Contains("form.problem", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var first = await Upload(desk, forms, "paths", "What is your religion?");
        var second = await Upload(desk, forms, "paths_b", "What do you believe in?");
        var whole = await Read(desk, first);
        Assert.Equal("sensitive-topic", whole.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("weight").GetString() == "Serious").GetProperty("rule").GetString());
        Assert.Equal(["Wording"], (await Read(desk, first + "/differences/" + second[(second.LastIndexOf('/') + 1)..])).EnumerateArray().Select(d => d.GetProperty("kind").GetString()));
        Assert.StartsWith("<?xml", await (await desk.Get(first + "/xform")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var publish = await Send(desk, HttpMethod.Post, first + "/publish", null);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, publish.StatusCode);
        Assert.Contains("form.finding-open", await publish.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var key = whole.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("weight").GetString() == "Serious").GetProperty("key").GetString();
        Assert.Equal(HttpStatusCode.NoContent, (await Send(desk, HttpMethod.Post, first + "/answers", JsonContent.Create(new { key, reason = "So that places of prayer are safe." }))).StatusCode);
        Assert.DoesNotContain("form.finding-open", await (await Send(desk, HttpMethod.Post, first + "/publish", null)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brings_in_no_records_where_nothing_is_collected_and_sees_no_foreign_forms()
    {
        var desk = await staff.SignedIn("lead");
        var forms = "/api/v1" + await StaffDesk.Start(desk, "Nothing collected yet") + "/forms";
        var form = await Upload(desk, forms, "paths", "What do you like?");
        var import = await Send(desk, HttpMethod.Post, form + "/records?heardNotice=true", new StringContent("consent,faith\nyes,x\n", Encoding.UTF8, "text/csv"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, import.StatusCode);
        Assert.Equal(0, (await Read(desk, forms[..^"/forms".Length] + "/records")).GetProperty("total").GetInt32());
        var stranger = await staff.SignedIn("stranger");
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.Get(form)).StatusCode);
    }

    private static async Task<string> Upload(Desk desk, string forms, string id, string question)
    {
        var answer = await Send(desk, HttpMethod.Post, forms + "?name=paths.csv", new StringContent(Workbook(id, question), Encoding.UTF8, "text/csv"));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<JsonElement> Read(Desk desk, string address)
    {
        using var answer = await desk.Get(address);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static Task<HttpResponseMessage> Send(Desk desk, HttpMethod method, string address, HttpContent? content) =>
        desk.Send(new HttpRequestMessage(method, address) { Content = content, Headers = { { "Sec-Fetch-Site", "same-origin" } } });
}
