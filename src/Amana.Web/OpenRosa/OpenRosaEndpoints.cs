using Amana.Features.Forms;
using Amana.Features.Records;
using Amana.Web.Api;
using Amana.Web.Hosting;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.OpenRosa;

/// <summary>OpenRosa 1.0 as ODK Collect, KoboCollect and Enketo speak it: form list, forms with their files, submissions. The phone's token stands in the address; where
/// a client can only ask for a name and a password, the same calls are found without the token.</summary>
public static class OpenRosaEndpoints
{
    /// <summary>Largest post, in bytes; announced to clients, which split what is larger.</summary>
    public const int MaxBody = 100_000_000;

    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly NoPersonalDataAttribute NoPeople = new();

    public static IServiceCollection AddOpenRosa(this IServiceCollection services)
    {
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, PhoneProblems>()); // before the one that writes for programs: the first that can, writes
        return services.AddScoped<PhoneDoor>().AddScoped<EntityFiles>().AddSingleton<WrongPhones>();
    }

    public static void MapOpenRosa(this WebApplication app)
    {
        foreach (var root in new[] { "/v1/key/{token}/projects/{number:int}", "/v1/projects/{number:int}" })
        {
            var phone = app.MapGroup(root).AllowAnonymous().DisableAntiforgery();
            phone.MapMethods("/formList", Reading, FormList).SpeaksToPhones("The forms that the phone may fill.").WithMetadata(NoPeople);
            phone.MapMethods("/forms/{formId}.xml", Reading, FormXml).SpeaksToPhones("A form as ODK XForm.").WithMetadata(NoPeople);
            phone.MapMethods("/forms/{formId}/manifest", Reading, Manifest).SpeaksToPhones("The files that belong to a form.").WithMetadata(NoPeople);
            phone.MapMethods("/forms/{formId}/attachments/{name}", Reading, Attachment).SpeaksToPhones("A file that belongs to a form, or an entity list of the activity.", kind: "application/octet-stream").WithMetadata(new DisclosesAttribute("identity", "contact")); // where the file is an entity list
            phone.MapEntityLists();
            phone.MapMethods("/submission", ["HEAD"], Preflight).WithMetadata(NoPeople);
            phone.MapPost("/submission", Submit).SpeaksToPhones("A record with its files; 201 when it is kept, 202 when parts are still awaited.", StatusCodes.Status201Created, takesFile: true).WithMetadata(new ChangesAttribute("identity", "narrative", "coded answers", "files"), new RequestSizeLimitAttribute(MaxBody));
        }

        app.MapMethods("/v1/projects/{number:int}/{**rest}", ["GET", "HEAD", "POST"], Unknown).AllowAnonymous().DisableAntiforgery().WithMetadata(NoPeople);
        app.MapDraftTests();
    }

    private static Task<IResult> FormList(HttpContext http, int number, string? formID, string? listAllVersions, PhoneDoor door, PublishedForms forms) =>
        door.Through(http, number, async caller =>
        {
            var root = FolderOf(http);
            var listed = await forms.Read(caller.Activity, formID, listAllVersions is "1" || string.Equals(listAllVersions, "true", StringComparison.OrdinalIgnoreCase), http.RequestAborted);
            return OpenRosaAnswer.Xml(http, OpenRosaXml.FormList(listed.Select(f =>
            {
                var (id, query) = (Uri.EscapeDataString(f.FormId), "?version=" + Uri.EscapeDataString(f.Version));
                return new OfferedForm(f.FormId, f.Title.Length > 0 ? f.Title : f.FormId, f.Version, f.Md5, $"{root}/forms/{id}.xml{query}", f.HasFiles ? $"{root}/forms/{id}/manifest{query}" : null);
            })));
        });

    private static Task<IResult> FormXml(HttpContext http, int number, string formId, string? version, PhoneDoor door, PublishedFormXml forms) =>
        door.Through(http, number, needsVersionHeader: false, then: async caller =>
            await forms.Find(caller.Activity, formId, version, http.RequestAborted) is { } form
                ? OpenRosaAnswer.Document(http, form.Md5) ?? OpenRosaAnswer.Document(http, await forms.Read(form.Id, http.RequestAborted), form.Md5)
                : OpenRosaAnswer.Refuse(http, 404, "openrosa.not-found"));

    private static Task<IResult> Manifest(HttpContext http, int number, string formId, string? version, PhoneDoor door, PublishedFormXml forms, FormAttachments files, EntityFiles lists) =>
        door.Through(http, number, async caller =>
        {
            if (await forms.Find(caller.Activity, formId, version, http.RequestAborted) is not { } form)
                return OpenRosaAnswer.Refuse(http, 404, "openrosa.not-found");
            var attached = await files.Read(form.Id, http.RequestAborted);
            var (folder, query) = (FolderOf(http), http.Request.QueryString.Value ?? "");
            return OpenRosaAnswer.Xml(http, OpenRosaXml.Manifest([.. Offered(attached, folder, query), .. await lists.Offered(caller.Activity, form.Files, attached, folder, query, http.RequestAborted)]));
        });

    private static Task<IResult> Attachment(HttpContext http, int number, string formId, string name, string? version, PhoneDoor door, PublishedFormXml forms, FormAttachments files, EntityFiles lists) =>
        door.Through(http, number, needsVersionHeader: false, then: async caller =>
        {
            if (await forms.Find(caller.Activity, formId, version, http.RequestAborted) is not { } form)
                return OpenRosaAnswer.Refuse(http, 404, "openrosa.not-found");
            return await files.Read(form.Id, name, http.RequestAborted) is { } file ? OpenRosaAnswer.File(http, file) : await lists.Give(http, caller, form.Files, name);
        });

    private static Task<IResult> Preflight(HttpContext http, int number, PhoneDoor door) =>
        door.Through(http, number, _ => Task.FromResult(OpenRosaAnswer.NoContent(http)));

    private static Task<IResult> Submit(HttpContext http, int number, PhoneDoor door, OpenEncrypted encrypted, ReceiveSubmission receive) =>
        door.Through(http, number, async caller =>
        {
            var posted = await PostedSubmission.Read(http, caller.Activity, caller.Phone);
            if (posted.Problem is { } problem)
                return OpenRosaAnswer.Refuse(http, problem.Status, problem.Key);
            var opened = await encrypted.Handle(caller.Who, posted.Submission!, keepParts: true, http.RequestAborted);
            return opened switch
            {
                { IsDone: false } => OpenRosaAnswer.OfRefusal(http, opened.Refusals[0]),
                { Result: { } submission } => OpenRosaAnswer.OfOutcome(http, await receive.Handle(caller.Who, submission, http.RequestAborted), posted.MoreFollows),
                _ => OpenRosaAnswer.PartsWait(http),
            };
        });

    /// <summary>Whatever else is asked without a token: first the credentials, then "not found".</summary>
    private static Task<IResult> Unknown(HttpContext http, int number, PhoneDoor door) =>
        door.Through(http, number, needsVersionHeader: false, then: _ => Task.FromResult(OpenRosaAnswer.Refuse(http, 404, "openrosa.not-found")));

    internal static IEnumerable<OfferedFile> Offered(IEnumerable<ListedAttachment> files, string folder, string query) =>
        files.Select(f => new OfferedFile(f.Name, f.Md5, $"{folder}/attachments/{Uri.EscapeDataString(f.Name)}{query}"));

    /// <summary>The address that was asked, without its last part.</summary>
    internal static string FolderOf(HttpContext http) => $"{http.AddressAsked()}{http.Request.Path.ToUriComponent()[..http.Request.Path.ToUriComponent().LastIndexOf('/')]}";
}
