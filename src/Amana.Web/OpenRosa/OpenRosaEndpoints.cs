using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Activities;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Records;
using Amana.Web.Security;

namespace Amana.Web.OpenRosa;

/// <summary>OpenRosa 1.0 as ODK Collect, KoboCollect and Enketo speak it: form list, form, submission; the phone's token stands in the address.</summary>
public static class OpenRosaEndpoints
{
    /// <summary>Largest submission in one part, in bytes; announced to clients.</summary>
    public const int MaxBody = 100_000_000;

    private const string Root = "/v1/key/{token}/projects/{number:int}";

    public static IServiceCollection AddOpenRosa(this IServiceCollection services) => services.AddScoped<PhoneDoor>();

    public static void MapOpenRosa(this WebApplication app)
    {
        var phone = app.MapGroup(Root).AllowAnonymous().DisableAntiforgery();
        phone.MapMethods("/formList", ["GET", "HEAD"], FormList).WithMetadata(new NoPersonalDataAttribute());
        phone.MapMethods("/forms/{formId}.xml", ["GET", "HEAD"], Form).WithMetadata(new NoPersonalDataAttribute());
        phone.MapMethods("/forms/{formId}/manifest", ["GET", "HEAD"], Manifest).WithMetadata(new NoPersonalDataAttribute());
        phone.MapMethods("/submission", ["HEAD"], Preflight).WithMetadata(new NoPersonalDataAttribute());
        phone.MapPost("/submission", Submit).WithMetadata(new ChangesAttribute("identity", "narrative", "coded answers", "files"), new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBody));
        app.MapMethods("/v1/projects/{number:int}/{**rest}", ["GET", "HEAD", "POST"], static (HttpContext http) => OpenRosaAnswer.Refuse(http, 401, "openrosa.no-credentials"))
            .AllowAnonymous().DisableAntiforgery().WithMetadata(new NoPersonalDataAttribute());
    }

    private static Task<IResult> FormList(HttpContext http, string token, int number, string? formID, bool? listAllVersions, PhoneDoor door, PublishedForms forms) =>
        door.Through(http, token, number, async caller =>
        {
            var listed = await forms.Read(caller.Activity, formID, listAllVersions ?? false, http.RequestAborted);
            return OpenRosaAnswer.Xml(http, 200, OpenRosaXml.FormList(listed, BaseOf(http)));
        });

    private static Task<IResult> Form(HttpContext http, string token, int number, string formId, string? version, PhoneDoor door, PublishedFormXml forms) =>
        door.Through(http, token, number, needsVersionHeader: false, then: async caller =>
            await forms.Read(caller.Activity, formId, version, http.RequestAborted) is { } form
                ? OpenRosaAnswer.Document(http, form.XForm, form.Md5)
                : OpenRosaAnswer.Refuse(http, 404, "openrosa.not-found"));

    private static Task<IResult> Manifest(HttpContext http, string token, int number, string formId, string? version, PhoneDoor door, PublishedFormXml forms) =>
        door.Through(http, token, number, async caller =>
            await forms.Read(caller.Activity, formId, version, http.RequestAborted) is not null
                ? OpenRosaAnswer.Xml(http, 200, OpenRosaXml.EmptyManifest())
                : OpenRosaAnswer.Refuse(http, 404, "openrosa.not-found"));

    private static Task<IResult> Preflight(HttpContext http, string token, int number, PhoneDoor door) =>
        door.Through(http, token, number, _ => Task.FromResult(OpenRosaAnswer.NoContent(http)));

    private static Task<IResult> Submit(HttpContext http, string token, int number, PhoneDoor door, ReceiveSubmission receive) =>
        door.Through(http, token, number, async caller =>
        {
            var posted = await PostedSubmission.Read(http, caller.Activity, caller.Phone.Id.Value);
            if (posted.Problem is { } problem)
                return OpenRosaAnswer.Refuse(http, problem.Status, problem.Key);
            var outcome = await receive.Handle(caller.Who, posted.Submission!, http.RequestAborted);
            return OpenRosaAnswer.OfOutcome(http, outcome);
        });

    /// <summary>The address that phones know this activity by.</summary>
    private static string BaseOf(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path.Value![..http.Request.Path.Value!.LastIndexOf('/')]}";
}

/// <summary>A phone at the door: its token, its activity, its holder.</summary>
public sealed record PhoneCaller(AppUser Phone, AccessContext Who, ActivityId Activity);

/// <summary>Lets phones in by the token in the address. A wrong token is answered like a revoked one, and asks for no password.</summary>
public sealed class PhoneDoor(ActivityReader activities, PhoneByToken phones)
{
    public Task<IResult> Through(HttpContext http, string token, int number, Func<PhoneCaller, Task<IResult>> then) => Through(http, token, number, needsVersionHeader: true, then);

    public async Task<IResult> Through(HttpContext http, string token, int number, bool needsVersionHeader, Func<PhoneCaller, Task<IResult>> then)
    {
        http.Response.Headers.CacheControl = HttpMethods.IsPost(http.Request.Method) ? "no-store" : "private, no-cache";
        if (needsVersionHeader && http.Request.Headers["X-OpenRosa-Version"] != "1.0")
            return OpenRosaAnswer.Refuse(http, 400, "openrosa.version-header", announce: false);
        var activity = await activities.Find(number, http.RequestAborted);
        if (activity is not { } id || await phones.Read(token, id, http.RequestAborted) is not { } phone)
            return OpenRosaAnswer.Refuse(http, 403, "openrosa.no-right", announce: false);
        return await then(new PhoneCaller(phone.Phone, phone.Who, id));
    }
}
