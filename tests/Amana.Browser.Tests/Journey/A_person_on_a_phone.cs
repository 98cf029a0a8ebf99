using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Amana.Features.Demo;
using Amana.XForms;

namespace Amana.Browser.Tests.Journey;

/// <summary>A person with a slip of paper and a phone: in Arabic, without script, 390 pixels wide. They read what is held, take sharing back, ask for a correction, complain in confidence and read the answer, and take all back.</summary>
[Collection("browser")]
public sealed partial class A_person_on_a_phone(Chromium chromium, DemoHouse demo) : IClassFixture<DemoHouse>
{
    private static readonly XNamespace Forms = "http://openrosa.org/xforms/xformsList";

    [Fact]
    public async Task Withdraws_and_complains_in_Arabic()
    {
        var code = await Interview();
        await using var person = await chromium.Visit(demo.House, "ar", script: false, width: 390, height: 844);
        await person.Go("/public");
        await Fits(person);
        await Show(person, code);
        Assert.Equal("rtl", await person.Page.Locator("html").GetAttributeAsync("dir"));
        Assert.DoesNotContain(code, person.Path, StringComparison.Ordinal);

        await person.Click(person.Page.Locator("button[formaction*='handler=Copy' i]").First);
        Assert.True(await person.Count("main dl.facts") == 2, await person.Text("main"));
        await Fits(person);
        await Show(person, code);
        await person.Click(person.Page.Locator("button[formaction*='handler=Slip' i]").First);
        Assert.Equal((code, 1), (await person.Text(".slip .code"), await person.Count("svg.qr")));
        await Fits(person);

        await Show(person, code);
        await person.Page.Locator("input[name='Input.Parts']").First.CheckAsync();
        await person.Press("Input.Parts");
        Assert.True(await person.Count(".notice.met") == 1, await person.Text("main"));

        await Show(person, code);
        await person.Page.Locator("details:has(input[name='Input.Kind']) > summary").ClickAsync();
        await person.Tick("Input.Kind", "Correction");
        await person.Fill("Input.Words", "عمري ٣٤ وليس ٤٣.");
        await person.Press("Input.Words");
        Assert.True(await person.Count(".notice.met") == 1, await person.Text("main"));

        await Complain(person);

        await Show(person, code);
        await person.Page.Locator("details:has(form[action*='handler=All' i]) > summary").ClickAsync();
        await person.PressHandler("All");
        await Fits(person);
        await person.Go("/public/receipt");
    }

    private async Task Complain(Visitor person)
    {
        await person.Go("/public/feedback?activity=1");
        await person.Tick("Input.Kind", "Complaint");
        await person.Tick("Input.Confidential");
        await person.Fill("Input.Words", "طلب مني أحدهم مالًا كي يسجل اسمي.");
        await Fits(person);
        await person.Press("Input.Words");
        var code = await person.Text("p.code");
        Assert.StartsWith("FB-", code, StringComparison.Ordinal);
        await Fits(person);

        await using (var officer = await chromium.Visit(demo.House, "en"))
        {
            await officer.SignIn("im@demo.example", demo.House.Password);
            await officer.Go("/activities/1/feedback");
            Assert.Equal(0, await officer.Count("tbody .chip")); // for others it does not exist
        }

        await using (var focal = await chromium.Visit(demo.House, "en"))
        {
            await focal.SignIn("focal@demo.example", demo.House.Password);
            await focal.Go("/activities/1/feedback");
            var row = focal.Page.Locator("tbody tr").Filter(new() { Has = focal.Page.Locator(".chip") }).First;
            await row.Locator("textarea").FillAsync("شكرًا. أبعدنا ذلك الشخص عن العمل.");
            await focal.Click(row.Locator("form[action*='Answered' i] button"));
        }

        await person.Go("/public/feedback");
        await person.Page.Locator("details:has(input[name='Code']) > summary").ClickAsync();
        await person.Fill("Code", code);
        await person.Press("Code");
        Assert.Contains("أبعدنا", await person.Text("blockquote"), StringComparison.Ordinal);
    }

    private static async Task Show(Visitor person, string code)
    {
        await person.Go("/public/receipt");
        await person.Fill("Input.Code", code);
        await person.Press("Input.Code");
        Assert.True(await person.Count("main dl.facts") == 1, await person.Text("main"));
        await Fits(person);
    }

    private static async Task Fits(Visitor visitor) =>
        Assert.True(await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, visitor.Path + " is too wide.");

    /// <summary>The interview that the slip comes from, sent by a phone of the demo.</summary>
    private async Task<string> Interview()
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("X-OpenRosa-Version", "1.0");
        var door = demo.House.Address + demo.House.PhonePath;
        var form = SafeXml.Parse(await client.GetStringAsync(door + "/formList")).Root!.Elements(Forms + "xform").First(x => x.Element(Forms + "formID")!.Value == "border_monitoring");
        List<(string, string)> answers =
        [
            ("interview_date", "2026-11-20"), ("notice_language", "ar"), ("consent", "yes"), ("consent_given_by", "self"), ("consent_means", "signature"), ("consent_sharing", "yes"), ("consent_referral", "no"),
            ("person/full_name", "هدى القمري"), ("person/sex", "female"), ("person/age", "34"), ("person/status", "refugee"),
            .. new[] { "seeing", "hearing", "walking", "remembering", "selfcare", "communicating" }.Select(d => ("wgss/" + d, "none")),
            ("crossing/crossing_place", "QZ0101"), ("crossing/outcome", "crossed"), ("crossing/urgent_help", "no"),
        ];
        var xml = MadeUp.Submission("border_monitoring", form.Element(Forms + "version")!.Value, Guid.NewGuid(), answers);
        using var body = new MultipartFormDataContent { { new StringContent(xml, Encoding.UTF8, "text/xml"), "xml_submission_file", "submission.xml" } };
        using var answer = await client.PostAsync(door + "/submission", body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return Receipt().Match(await answer.Content.ReadAsStringAsync()).Value;
    }

    [GeneratedRegex("AM-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Receipt();
}
