using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Amana.Features.Demo;
using Amana.XForms;

namespace Amana.Browser.Tests;

/// <summary>The collecting phone of the demo's activity 1.</summary>
internal static partial class DemoPhone
{
    private static readonly XNamespace Forms = "http://openrosa.org/xforms/xformsList";

    /// <summary>Sends an interview with this person to activity 1; the code on the receipt.</summary>
    public static async Task<string> Interview(House house, string name)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("X-OpenRosa-Version", "1.0");
        var door = house.Address + house.PhonePath;
        var form = SafeXml.Parse(await client.GetStringAsync(door + "/formList")).Root!.Elements(Forms + "xform").First(x => x.Element(Forms + "formID")!.Value == "border_monitoring");
        List<(string, string)> answers =
        [
            ("interview_date", "2026-11-20"), ("notice_language", "ar"), ("consent", "yes"), ("consent_given_by", "self"), ("consent_means", "signature"), ("consent_sharing", "yes"), ("consent_referral", "no"),
            ("person/full_name", name), ("person/sex", "female"), ("person/age", "34"), ("person/status", "refugee"),
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
