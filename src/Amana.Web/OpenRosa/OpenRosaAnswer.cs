using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Records;
using Amana.Features.Texts;

namespace Amana.Web.OpenRosa;

/// <summary>Answers as OpenRosa clients read them: headers, status codes and messages that a person on a phone can act on.</summary>
public static class OpenRosaAnswer
{
    private const string TextXml = "text/xml; charset=utf-8";

    public static IResult NoContent(HttpContext http)
    {
        Announce(http);
        return Results.NoContent();
    }

    /// <summary>A list or a manifest; not sent again to a phone that has it as it is now.</summary>
    public static IResult Xml(HttpContext http, string xml)
    {
        var tag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(xml)))[..27];
        var known = http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal);
        Announce(http);
        http.Response.Headers.ETag = $"W/\"{tag}\"";
        return known ? Results.StatusCode(304) : Results.Text(xml, TextXml, Encoding.UTF8, 200);
    }

    /// <summary>"Not changed" to a phone that has the form already; nothing to one that has not.</summary>
    public static IResult? Document(HttpContext http, string md5)
    {
        if (!http.Request.Headers.IfNoneMatch.ToString().Contains(md5, StringComparison.Ordinal))
            return null;
        Announce(http);
        http.Response.Headers.ETag = $"\"{md5}\"";
        return Results.StatusCode(304);
    }

    /// <summary>A file of a form, as something to keep and never as a page; not sent again to a phone that has it, and the rest alone to one whose line broke.</summary>
    public static IResult File(HttpContext http, FormAttachment file)
    {
        if (Document(http, file.Md5) is { } known)
            return known;
        Announce(http);
        http.Response.Headers.ContentDisposition = "attachment; filename*=UTF-8''" + Uri.EscapeDataString(file.Name);
        return Results.Bytes(file.Content, file.ContentType == "text/csv" ? "text/csv; charset=utf-8" : file.ContentType, enableRangeProcessing: true, entityTag: new($"\"{file.Md5}\""));
    }

    /// <summary>A list of entities as a file; the tag is the list's stamp.</summary>
    public static IResult List(HttpContext http, string name, string csv, string stamp)
    {
        Announce(http);
        http.Response.Headers.ETag = $"\"{stamp}\"";
        http.Response.Headers.ContentDisposition = "attachment; filename*=UTF-8''" + Uri.EscapeDataString(name);
        return Results.Bytes(Encoding.UTF8.GetBytes(csv), "text/csv; charset=utf-8");
    }

    /// <summary>A form, exactly the bytes whose MD5 was announced; not sent again to a phone that has them.</summary>
    public static IResult Document(HttpContext http, string xform, string md5)
    {
        Announce(http);
        http.Response.Headers.ETag = $"\"{md5}\"";
        return Results.Bytes(Encoding.UTF8.GetBytes(xform), "application/xml; charset=utf-8");
    }

    /// <summary>A plain error, with a message that Collect shows to the person.</summary>
    public static IResult Refuse(HttpContext http, int status, string key, object? args = null)
    {
        Announce(http);
        return Results.Text(OpenRosaXml.Message("error", Text(http, key, args)), TextXml, Encoding.UTF8, status);
    }

    /// <summary>What became of a trial submission: always that nothing was kept.</summary>
    public static IResult OfTrial(HttpContext http, Outcome<DraftTried> outcome)
    {
        if (!outcome.IsDone)
            return OfRefusal(http, outcome.Refusals[0]);
        if (outcome.Result.Outcome == DraftOutcome.NotReadable)
            return Refuse(http, 400, "openrosa.not-readable");
        Announce(http);
        var key = outcome.Result.Findings == 0 ? "openrosa.test-clean" : "openrosa.test-findings";
        return Results.Text(OpenRosaXml.Message("submit_success", Text(http, key, new { count = outcome.Result.Findings })), TextXml, Encoding.UTF8, 201);
    }

    /// <summary>What became of a submission. A part after which more follow is answered 202: accepted, not yet whole.</summary>
    public static IResult OfOutcome(HttpContext http, Outcome<SubmissionReceipt> outcome, bool moreFollows)
    {
        if (!outcome.IsDone)
            return OfRefusal(http, outcome.Refusals[0]);
        Announce(http);
        var receipt = outcome.Result;
        var key = receipt.Kind switch
        {
            SubmissionOutcome.Quarantined => "openrosa.quarantined",
            SubmissionOutcome.Held => "openrosa.held",
            SubmissionOutcome.RefusedConsent => "openrosa.refusal-counted",
            _ => receipt.ReceiptCode is null ? "openrosa.received" : "openrosa.received-with-receipt",
        };
        return Results.Text(OpenRosaXml.Message("submit_success", Text(http, key, new { code = receipt.ReceiptCode ?? "" })), TextXml, Encoding.UTF8, moreFollows ? 202 : 201);
    }

    /// <summary>An encrypted record is not whole yet: what came waits sealed for the rest.</summary>
    public static IResult PartsWait(HttpContext http)
    {
        Announce(http);
        return Results.Text(OpenRosaXml.Message("submit_success", Text(http, "openrosa.parts-wait", null)), TextXml, Encoding.UTF8, 202);
    }

    /// <summary>A refusal of a use case, in words for a person on a phone.</summary>
    public static IResult OfRefusal(HttpContext http, Refusal refusal) => refusal.Slug switch
    {
        "submission.not-readable" => Refuse(http, 400, "openrosa.not-readable"),
        "submission.not-openable" => Refuse(http, 400, "openrosa.not-openable"),
        "submission.form-unknown" => Refuse(http, 404, "openrosa.not-found"),
        "submission.version-unknown" => Refuse(http, 404, "openrosa.version-unknown", new { version = refusal.Args["version"] }),
        "submission.instance-other-content" => Refuse(http, 409, "openrosa.instance-other-content"),
        "app-user.already-revoked" => Refuse(http, 403, "openrosa.no-right"),
        "record.edit-of-unknown" => Refuse(http, 404, "openrosa.edit-of-unknown"),
        "record.edited-meanwhile" => Refuse(http, 409, "openrosa.edited-meanwhile"),
        "record.waits-in-quarantine" => Refuse(http, 409, "openrosa.waits-in-quarantine"),
        "consent.withdrawn" => Refuse(http, 409, "openrosa.consent-withdrawn"),
        "actor.no-role" => Refuse(http, 403, "openrosa.may-not-edit"),
        "form.closed" => Refuse(http, 409, "openrosa.form-closed"),
        "activity.closed" => Refuse(http, 409, "openrosa.activity-closed"),
        "activity.not-collecting" => Refuse(http, 409, "openrosa.not-accepting"),
        "consent.not-given" => Refuse(http, 409, "openrosa.consent-missing"),
        _ => Refuse(http, 503, "openrosa.not-kept"),
    };

    /// <summary>A text in the phone's language.</summary>
    public static string Text(HttpContext http, string key, object? args) => http.RequestServices.GetRequiredService<Texts>().Get(LanguageOf(http), key, args);

    /// <summary>The language to answer in where the client asks for none: the activity's first.</summary>
    public static void Speak(HttpContext http, Language language) => http.Items[typeof(Language)] = language;

    private static Language LanguageOf(HttpContext http) =>
        http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => Language.Find(l.Value.Value)).FirstOrDefault(l => l is not null)
        ?? http.Items[typeof(Language)] as Language ?? Language.English;

    private static void Announce(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers["X-OpenRosa-Version"] = "1.0";
        headers["X-OpenRosa-Accept-Content-Length"] = "100000000";
        headers.ContentLanguage = LanguageOf(http).Code;
        headers.Date = DateTimeOffsetOf(http).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset DateTimeOffsetOf(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}
