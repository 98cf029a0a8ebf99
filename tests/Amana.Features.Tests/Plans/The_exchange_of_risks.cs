using System.Text;
using System.Text.Json.Nodes;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Risk;
using Amana.Testing;
using CsCheck;

namespace Amana.Features.Tests.Plans;

public sealed class The_exchange_of_risks
{
    [Theory, OnEveryStore]
    public async Task Gives_the_pia_tool_its_questions_and_brings_everything_back(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        var written = house.Risks() with { OpinionOfPeople = "They fear to be seen." };
        await house.Do<WriteRiskAssessment, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, written, default));
        var file = PiaFile.Write(await house.State(), "en");
        var root = JsonNode.Parse(file)!.AsObject();
        Assert.Equal(["answers", "comments", "evaluations", "measures", "pia"], root.Select(p => p.Key).Order(StringComparer.Ordinal));
        var answers = root["answers"]!.AsArray().ToDictionary(a => a!["reference_to"]!.GetValue<int>(), a => a!["data"]!);
        Assert.All([111, 121, 211, 215, 321, 322, 323, 324, 325, 326], q => Assert.Contains(q, answers.Keys));
        Assert.InRange(answers[325]["gauge"]!.GetValue<int>(), 1, 4);
        var back = PiaFile.Read(Encoding.UTF8.GetBytes(file)).Result;
        Assert.Equal(written.Risks.Select(r => r with { OwnerId = null, AcceptedBy = null }), back.Risks);
        Assert.Equal("They fear to be seen.", back.OpinionOfPeople);
        Assert.DoesNotContain(house.Lead.Actor.StaffId!.Value.Value.ToString(), file, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Reads_what_the_tool_itself_wrote()
    {
        const string Theirs = """
            { "pia": { "name": "Made up", "concerned_people_opinion": "<p>They agree.</p>" },
              "answers": [
                { "reference_to": 321, "data": { "text": null, "gauge": null, "list": ["<b>Revenge</b>", "Shame &amp; loss"] } },
                { "reference_to": 324, "data": { "text": null, "gauge": null, "list": ["Encryption"] } },
                { "reference_to": 325, "data": { "text": "", "gauge": 3, "list": [] } },
                { "reference_to": 326, "data": { "text": "", "gauge": 2, "list": [] } },
                { "reference_to": "331", "data": { "text": "", "gauge": null, "list": ["Wrong help"] } } ],
              "measures": [ { "id": 4, "title": "Encryption", "content": "<p>All of it</p>", "placeholder": "x" } ], "evaluations": [], "comments": [] }
            """;
        var read = PiaFile.Read(Encoding.UTF8.GetBytes(Theirs)).Result;
        Assert.Equal(["Revenge", "Shame & loss", "Wrong help"], read.Risks.Select(r => r.Text));
        Assert.Equal((2, 3, RiskStage.Storage, "Encryption: All of it"), (read.Risks[0].Likelihood, read.Risks[0].Severity, read.Risks[0].Stage, read.Risks[0].Mitigation));
        Assert.Equal("They agree.", read.OpinionOfPeople);
    }

    [Theory]
    [InlineData("", "pia.not-a-pia"), InlineData("[]", "pia.not-a-pia"), InlineData("{\"pia\":1}", "pia.not-a-pia"), InlineData("{\"pia\":{}}", "pia.no-risk")]
    [InlineData("{\"pia\":{},\"measures\":[{\"placeholder\":\"amana-risk {\\\"Stage\\\":77}\"}]}", "pia.not-a-pia")]
    public void Refuses_what_is_no_file_of_the_tool(string file, string slug) => Assert.Equal(slug, Assert.Single(PiaFile.Read(Encoding.UTF8.GetBytes(file)).Refusals).Slug);

    [Fact]
    public void Never_breaks_on_a_damaged_file()
    {
        var whole = Encoding.UTF8.GetBytes("""{"pia":{"concerned_people_opinion":"x"},"answers":[{"reference_to":321,"data":{"list":["a"],"gauge":{}}}],"measures":[{"title":1,"placeholder":"amana-risk {\"Code\":\"R1\",\"Text\":\"t\",\"Stage\":\"Use\"}"}]}""");
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var damaged = whole.ToArray();
            damaged[at] = value;
            var read = PiaFile.Read(damaged);
            return !read.IsDone || read.Result.Risks.All(r => r.Likelihood is >= 1 and <= 4);
        }, iter: 2000);
    }
}
