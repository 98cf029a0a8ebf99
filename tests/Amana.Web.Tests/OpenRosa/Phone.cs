using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Amana.XForms;
using Amana.Domain.Shared;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>A phone as ODK Collect speaks: version header on every call, multipart submissions, nothing kept between calls.</summary>
public sealed class Phone(Host host, string root, AppUserId id)
{
    private static readonly XNamespace Response = "http://openrosa.org/http/response";

    public AppUserId Id => id;

    public string Root => root;

    public Task<HttpResponseMessage> Get(string path, string? version = "1.0", params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, version, headers);

    public Task<HttpResponseMessage> Head(string path, string? version = "1.0") => Send(HttpMethod.Head, path, null, version);

    public Task<HttpResponseMessage> Post(HttpContent body, string? version = "1.0") => Send(HttpMethod.Post, "/submission?deviceID=test", body, version);

    /// <summary>Posts a submission with its files.</summary>
    public Task<HttpResponseMessage> Submit(string xml, params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        var part = new ByteArrayContent(Encoding.UTF8.GetBytes(xml));
        part.Headers.ContentType = new("text/xml");
        form.Add(part, "xml_submission_file", "submission.xml");
        foreach (var (name, content) in files)
        {
            var file = new ByteArrayContent(content);
            file.Headers.ContentType = new("image/jpeg");
            form.Add(file, name, name);
        }

        return Post(form);
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? body, string? version, params (string Name, string Value)[] headers)
    {
        var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? new Uri(path) : new Uri(root + path, UriKind.Relative)) { Content = body };
        if (version is not null)
            request.Headers.Add("X-OpenRosa-Version", version);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.UserAgent.ParseAdd("org.odk.collect.android/v2026.2.0");
        return await client.SendAsync(request);
    }

    /// <summary>The message that the person reads on the phone.</summary>
    public static async Task<string> Message(HttpResponseMessage answer)
    {
        Assert.Equal("text/xml", answer.Content.Headers.ContentType?.MediaType);
        var document = SafeXml.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(Response + "OpenRosaResponse", document.Root?.Name);
        var message = document.Root?.Element(Response + "message")?.Value;
        Assert.False(string.IsNullOrWhiteSpace(message));
        Assert.DoesNotContain("⟦", message, StringComparison.Ordinal);
        return message;
    }
}

/// <summary>Submissions of the two sample forms, as phones write them.</summary>
public static class Submissions
{
    public static string Border(Guid instance, string name = "Amina Alwadi", string consent = "yes", string version = "1", string formId = "border_monitoring", string extra = "") => consent == "yes"
        ? string.Create(CultureInfo.InvariantCulture, $"""
            <data id="{formId}" version="{version}"><start>2026-11-20T08:00:00.000+03:00</start><interview_date>2026-11-20</interview_date><intro/><notice_language>ar</notice_language><consent>yes</consent><consent_given_by>self</consent_given_by><consent_means>signature</consent_means><consent_sharing>yes</consent_sharing><consent_referral>no</consent_referral><person><full_name>{name}</full_name><phone/><sex>female</sex><age>34</age><status>refugee</status></person><wgss><seeing>none</seeing><hearing>none</hearing><walking>a_lot</walking><remembering>none</remembering><selfcare>none</selfcare><communicating>none</communicating></wgss><crossing><crossing_place>QZ0101</crossing_place><outcome>crossed</outcome><narrative/><urgent_help>no</urgent_help></crossing>{extra}<meta><instanceID>uuid:{instance:D}</instanceID></meta></data>
            """)
        : string.Create(CultureInfo.InvariantCulture, $"""
            <data id="{formId}" version="{version}"><interview_date>2026-11-20</interview_date><notice_language>ar</notice_language><consent>{consent}</consent><person><full_name>{name}</full_name></person><meta><instanceID>uuid:{instance:D}</instanceID></meta></data>
            """);

    public static string Household(Guid instance, string name = "Tariq Benhar", string consent = "yes") => string.Create(CultureInfo.InvariantCulture, $"""
        <data id="household_needs" version="1"><interview_date>2026-11-20</interview_date><intro/><consent>{consent}</consent><consent_sharing>no</consent_sharing><respondent><respondent_name>{name}</respondent_name><sex>male</sex><age>41</age><disability>no</disability></respondent><household><district>QZ0201</district><household_size>4</household_size><shelter>rented</shelter><concerns>papers</concerns><documents>some</documents><comments/></household><meta><instanceID>uuid:{instance:D}</instanceID></meta></data>
        """);
}
