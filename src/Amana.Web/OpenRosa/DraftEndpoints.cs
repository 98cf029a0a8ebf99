using Amana.Features.Forms;
using Amana.Features.Records;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.OpenRosa;

/// <summary>The same calls for one draft that is being tried. Its submissions are checked and thrown away; the form's name in the list says that it is a test.</summary>
public static class DraftEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly NoPersonalDataAttribute NoPeople = new();

    public static void MapDraftTests(this WebApplication app)
    {
        var draft = app.MapGroup("/v1/test/{token}/projects/{number:int}/forms/{formId}").AllowAnonymous().DisableAntiforgery();
        draft.MapMethods("/draft/formList", Reading, FormList).WithMetadata(NoPeople);
        draft.MapMethods("/draft.xml", Reading, FormXml).WithMetadata(NoPeople);
        draft.MapMethods("/draft/manifest", Reading, Manifest).WithMetadata(NoPeople);
        draft.MapMethods("/draft/attachments/{name}", Reading, Attachment).WithMetadata(NoPeople);
        draft.MapMethods("/draft/submission", ["HEAD"], Preflight).WithMetadata(NoPeople);
        draft.MapPost("/draft/submission", Submit).WithMetadata(NoPeople, new RequestSizeLimitAttribute(OpenRosaEndpoints.MaxBody));
    }

    private static Task<IResult> FormList(HttpContext http, int number, PhoneDoor door) =>
        door.Through(http, number, caller =>
        {
            var (form, folder) = (caller.Draft!.Form, OpenRosaEndpoints.FolderOf(http));
            var name = OpenRosaAnswer.Text(http, "openrosa.test-name", new { title = form.Title.Length > 0 ? form.Title : form.FormId });
            return Task.FromResult(OpenRosaAnswer.Xml(http, OpenRosaXml.FormList([new OfferedForm(form.FormId, name, form.Version, form.Md5, folder + ".xml", form.Files.Count > 0 ? folder + "/manifest" : null)])));
        });

    private static Task<IResult> FormXml(HttpContext http, int number, PhoneDoor door, PublishedFormXml forms) =>
        door.Through(http, number, needsVersionHeader: false, then: async caller =>
            OpenRosaAnswer.Document(http, caller.Draft!.Form.Md5) ?? OpenRosaAnswer.Document(http, await forms.Read(caller.Draft.Form.Id, http.RequestAborted), caller.Draft.Form.Md5));

    private static Task<IResult> Manifest(HttpContext http, int number, PhoneDoor door, FormAttachments files, EntityFiles lists) =>
        door.Through(http, number, async caller =>
        {
            var (form, folder) = (caller.Draft!.Form, OpenRosaEndpoints.FolderOf(http));
            var attached = await files.Read(form.Id, http.RequestAborted);
            return OpenRosaAnswer.Xml(http, OpenRosaXml.Manifest([.. OpenRosaEndpoints.Offered(attached, folder, ""), .. await lists.OfferedEmpty(caller.Activity, form.Files, attached, folder, http.RequestAborted)]));
        });

    private static Task<IResult> Attachment(HttpContext http, int number, string name, PhoneDoor door, FormAttachments files, EntityFiles lists) =>
        door.Through(http, number, needsVersionHeader: false, then: async caller =>
            await files.Read(caller.Draft!.Form.Id, name, http.RequestAborted) is { } file ? OpenRosaAnswer.File(http, file) : await lists.GiveEmpty(http, caller, caller.Draft.Form.Files, name));

    private static Task<IResult> Preflight(HttpContext http, int number, PhoneDoor door) =>
        door.Through(http, number, _ => Task.FromResult(OpenRosaAnswer.NoContent(http)));

    private static Task<IResult> Submit(HttpContext http, int number, PhoneDoor door, OpenEncrypted encrypted, TryDraft attempt) =>
        door.Through(http, number, async caller =>
        {
            var posted = await PostedSubmission.Read(http, caller.Activity, caller.Phone);
            if (posted.Problem is { } problem)
                return OpenRosaAnswer.Refuse(http, problem.Status, problem.Key);
            var opened = await encrypted.Handle(caller.Who, posted.Submission!, keepParts: false, http.RequestAborted);
            return opened switch
            {
                { IsDone: false } => OpenRosaAnswer.OfRefusal(http, opened.Refusals[0]),
                { Result: { } submission } => OpenRosaAnswer.OfTrial(http, await attempt.Handle(caller.Who, caller.Draft!, submission.Xml.Reveal(), http.RequestAborted)),
                _ => OpenRosaAnswer.PartsWait(http),
            };
        });
}
