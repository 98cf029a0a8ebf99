using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Amana.XForms;
using Amana.Features.Demo;

namespace Amana.Browser.Tests.Journey;

/// <summary>Records come by the web page and by a phone; they are listed without identity, and one is opened for a need.</summary>
internal static class Collecting
{
    private static readonly XNamespace Forms = "http://openrosa.org/xforms/xformsList";

    public static async Task Run(Operation operation)
    {
        await Assessing.Enter(operation, "Implement");
        await Assessing.Consult(operation, "Implement");
        await Issue(operation);
        await EnterOnTheWeb(operation);
        await SendFromThePhone(operation, 28);
        await ListAndOpen(operation);
    }

    private static async Task Issue(Operation operation)
    {
        var lead = await operation.As("lead");
        await lead.Go(operation.At("collection"));
        await lead.Fill("Input.Label", operation.Say("Phone 1", "الهاتف 1"));
        await lead.ChooseNamed("Input.HeldBy", "Yusra");
        await lead.Press("Input.Label");
        operation.PhoneAddress = await lead.Text("code.secret");
    }

    /// <summary>The interviewer reads the notice, asks, and copies the code of the receipt onto the person's slip.</summary>
    private static async Task EnterOnTheWeb(Operation operation)
    {
        var interviewer = await operation.As("interviewer");
        await interviewer.Go(operation.At("enter"));
        Assert.True(await interviewer.Count("details[open] p") >= 11, "The notice is not read first.");
        await Answer(interviewer, "notice_language", operation.Language);
        await Answer(interviewer, "consent", "yes");
        await interviewer.Click(interviewer.Page.Locator("button[name=go][value=check]"));
        foreach (var (question, answer) in new[]
        {
            ("consent_given_by", "self"), ("consent_means", "signature"), ("consent_sharing", "yes"), ("consent_referral", "no"), ("sex", "female"), ("status", "refugee"),
            ("crossing_place", "QZ0101"), ("outcome", "crossed"), ("urgent_help", "no"),
        })
            await Answer(interviewer, question, answer);
        await interviewer.Page.Locator("input[name$='/full_name']").FillAsync("هدى القمري");
        await interviewer.Page.Locator("input[name$='/age']").FillAsync("34");
        await interviewer.Click(interviewer.Page.Locator("button[name=go][value=check]")); // the age opens the questions on difficulties
        foreach (var domain in new[] { "seeing", "hearing", "walking", "remembering", "selfcare", "communicating" })
            await Answer(interviewer, domain, "none");
        await interviewer.Click(interviewer.Page.Locator("button[name=go][value=send]"));
        Assert.True(await interviewer.Count("strong.receipt") == 1, await interviewer.Text("main"));
        operation.Receipt = await interviewer.Text("strong.receipt");
    }

    private static Task Answer(Visitor visitor, string question, string answer) =>
        visitor.Page.Locator($"input[type=radio][name$='/{question}'][value='{answer}']").CheckAsync();

    private static async Task SendFromThePhone(Operation operation, int many)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("X-OpenRosa-Version", "1.0");
        var list = SafeXml.Parse(await client.GetStringAsync(operation.PhoneAddress + "/formList"));
        var form = Assert.Single(list.Root!.Elements(Forms + "xform"));
        using var download = await client.GetAsync(form.Element(Forms + "downloadUrl")!.Value);
        Assert.Equal(HttpStatusCode.OK, download.StatusCode);
        for (var i = 0; i < many; i++)
        {
            using var body = new MultipartFormDataContent { { new StringContent(Submission(i), Encoding.UTF8, "text/xml"), "xml_submission_file", "submission.xml" } };
            using var answer = await client.PostAsync(operation.PhoneAddress + "/submission", body);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
    }

    /// <summary>Women and men at two crossings; two of them alone somewhere else, whom figures must not single out.</summary>
    private static string Submission(int i)
    {
        List<(string, string)> answers =
        [
            ("interview_date", "2026-11-20"), ("notice_language", "ar"), ("consent", "yes"), ("consent_given_by", "self"), ("consent_means", "signature"), ("consent_sharing", "yes"), ("consent_referral", "no"),
            ("person/full_name", "Amina Alwadi"), ("person/sex", i % 2 == 0 ? "female" : "male"), ("person/age", (25 + (i % 3)).ToString(CultureInfo.InvariantCulture)), ("person/status", "refugee"),
        ];
        answers.AddRange(new[] { "seeing", "hearing", "walking", "remembering", "selfcare", "communicating" }.Select(d => ("wgss/" + d, "none")));
        answers.AddRange([("crossing/crossing_place", i < 2 ? "QZ0104" : i % 4 < 2 ? "QZ0101" : "QZ0102"), ("crossing/outcome", i % 3 == 0 ? "crossed" : "waiting"), ("crossing/urgent_help", "no")]);
        return MadeUp.Submission("border_monitoring", "1", Guid.NewGuid(), answers);
    }

    private static async Task ListAndOpen(Operation operation)
    {
        var protection = await operation.As("protection");
        await protection.Go(operation.At("records"));
        Assert.Equal(29, await protection.Count("main tbody tr"));
        Assert.DoesNotContain("Amina", await protection.Text("main"), StringComparison.Ordinal);
        await protection.Click(protection.Page.Locator("main tbody th a").Last);
        await protection.Choose("NeedCode", "N1");
        await protection.Press("NeedCode");
        Assert.True(await protection.Page.GetByText("هدى القمري").CountAsync() == 1 || await protection.Page.GetByText("Amina Alwadi").CountAsync() == 1, "The opened record shows no name.");
    }
}
