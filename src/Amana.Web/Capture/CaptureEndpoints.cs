using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Capture;
using Amana.Web.Api;
using Amana.Web.Consent;
using Amana.Web.Hosting;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Capture;

/// <summary>What the page of a form asks for besides itself: blank forms and their files, the place to send sealed records to, the service worker, the manifest.
/// Everything lies under <c>/fill/</c>, which is the service worker's scope.</summary>
public static class CaptureEndpoints
{
    /// <summary>Largest sealed record, in bytes.</summary>
    public const int MaxRecord = 100_000_000;

    /// <summary>An empty page, to go to when one leaves without a line.</summary>
    public const string Away = "/fill/away";

    private const string Staff = "/fill/activity/{number:int}";
    private const string Link = "/fill/link/{token}";

    public static IServiceCollection AddCapture(this IServiceCollection services) => services.AddScoped<FillCallerReader>().AddScoped<Records.PlainForm>();

    public static void MapCapture(this WebApplication app)
    {
        app.MapNoticeSounds();
        app.MapGet("/fill/worker.js", Worker).AllowAnonymous().WithMetadata(new NoPersonalDataAttribute(), new NeedsNoStoreAttribute());
        app.MapGet(Away, static () => Results.Text("<!doctype html><html lang=\"und\"><head><meta charset=\"utf-8\"><title> </title></head><body></body></html>", "text/html; charset=utf-8"))
            .AllowAnonymous().WithMetadata(new NoPersonalDataAttribute(), new NeedsNoStoreAttribute());
        foreach (var root in new[] { Staff, Link })
        {
            // A manifest holds nothing but the address that was asked; browsers ask for it without cookies.
            app.MapGet(root + "/app.webmanifest", Manifest).AllowAnonymous().WithMetadata(new NoPersonalDataAttribute());
            var forms = app.MapGet(root + "/forms/{form:guid}", Form).WithMetadata(new NoPersonalDataAttribute());
            var files = app.MapGet(root + "/forms/{form:guid}/{name}", File).WithMetadata(new NoPersonalDataAttribute());
            var records = app.MapPost(root + "/records", Receive).DisableAntiforgery()
                .WithMetadata(new ChangesAttribute("identity", "narrative", "coded answers", "files"), new RequestSizeLimitAttribute(MaxRecord));
            if (root == Link)
            {
                forms.AllowAnonymous();
                files.AllowAnonymous();
                records.AllowAnonymous();
            }
        }
    }

    private static Task Worker(HttpContext http, Assets assets)
    {
        // A worker stands under the policy of its own file: it may ask this host, and no other.
        ContentPolicy.Of(http).Allow("connect-src", "'self'");
        return assets.Answer(http, "fill-worker.js");
    }

    private static IResult Manifest(HttpContext http, PageTexts texts, Assets assets)
    {
        var path = http.Request.Path.Value!;
        return Results.Json(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["id"] = path[..path.LastIndexOf('/')], ["name"] = texts.Plain("fill.app"), ["short_name"] = texts.Plain("fill.app"), ["start_url"] = path[..path.LastIndexOf('/')], ["scope"] = "/fill/",
            ["display"] = "standalone", ["lang"] = texts.Language.Code, ["dir"] = texts.Language.Direction, ["theme_color"] = "#083c3c", ["background_color"] = "#faf7f2",
            ["icons"] = new[] { new { src = assets.Url("mark.svg"), type = "image/svg+xml", sizes = "any", purpose = "any" } },
        }, contentType: "application/manifest+json");
    }

    private static async Task<IResult> Form(HttpContext http, Guid form, FillCallerReader callers, FormToFillXml forms) =>
        await callers.Find(http) is { } caller && await forms.Read(caller.Activity, caller.Link?.FormId, new FormVersionId(form), http.RequestAborted) is { } xform
            ? Results.Text(xform, "application/xml; charset=utf-8")
            : Results.NotFound();

    private static async Task<IResult> File(HttpContext http, Guid form, string name, FillCallerReader callers, FormToFillXml forms) =>
        await callers.Find(http) is { } caller && await forms.Read(caller.Activity, caller.Link?.FormId, new FormVersionId(form), name, http.RequestAborted) is { } file
            ? Results.Bytes(file.Content, file.ContentType)
            : Results.NotFound();

    /// <summary>Takes a sealed record. Who may send is settled before the body is read.</summary>
    private static async Task<IResult> Receive(HttpContext http, FillCallerReader callers, ReceiveSealedRecord receive)
    {
        if (await callers.Find(http) is not { } caller)
            return ActivitiesApi.Problem(http, [new Refusal(http.Request.RouteValues.ContainsKey("token") ? "form-link.not-found" : "activity.not-found")]);
        using var envelope = new MemoryStream((int)Math.Clamp(http.Request.ContentLength ?? 0, 0, MaxRecord));
        await http.Request.Body.CopyToAsync(envelope, http.RequestAborted);
        var outcome = await receive.Handle(caller.Who, caller.Activity, caller.Link, envelope.GetBuffer().AsMemory(0, (int)envelope.Length), http.RequestAborted);
        return outcome.IsDone
            ? Results.Json(new { outcome = outcome.Result.Kind.ToString(), receiptCode = outcome.Result.Kind == SubmissionOutcome.RefusedConsent ? null : outcome.Result.ReceiptCode, repeated = outcome.Result.Repeated })
            : ActivitiesApi.Problem(http, outcome.Refusals);
    }
}
