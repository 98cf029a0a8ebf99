using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Capture;

/// <summary>A form that can be filled now.</summary>
/// <param name="Languages">The form's own name of each language, by tag; empty where the form has one language without a name.</param>
/// <param name="Files">Names of the files that the form asks for: pictures, sounds, lists.</param>
public sealed record FormToFill(FormVersionId Id, string FormId, string Version, string Title, IReadOnlyDictionary<string, string> Languages, IReadOnlyList<string> Files)
{
    /// <summary>The version with its elements.</summary>
    public required FormVersion Whole { get; init; }
}

/// <summary>What a page needs to let somebody fill: forms, notice, and the key to seal to. Nothing about people.</summary>
/// <param name="Number">The activity's number.</param>
/// <param name="Title">The activity's title.</param>
/// <param name="Languages">Tags of the languages that the activity declares.</param>
/// <param name="Notice">The newest notice, by language; empty where there is none.</param>
/// <param name="Forms">The newest published version of each form.</param>
/// <param name="Key">The key to seal to; none once the activity is closed.</param>
/// <param name="Held">Why the one who asks may not collect now; empty when they may.</param>
public sealed record FillableActivity(
    int Number, string Title, IReadOnlyList<string> Languages, IReadOnlyDictionary<string, NoticeText> Notice, IReadOnlyList<FormToFill> Forms, PublicSealingKey? Key, IReadOnlyList<Refusal> Held)
{
    /// <summary>Versions that nobody begins any more and that still take records: drafts that were begun with them are gone on with and finished, whatever was published since.</summary>
    public IReadOnlyList<FormToFill> Older { get; init; } = [];

    /// <summary>The notice read aloud, by language.</summary>
    public IReadOnlyDictionary<string, NoticeRecording> Recordings { get; init; } = NoticeContent.Empty.Recordings;
}

/// <summary>What can be filled in an activity, for staff who may read it or the holder of a link.</summary>
public sealed class FormsToFill(ActivityReader activities, CompiledFormReader compiled, FormAttachments files, MakeSealingKey keys)
{
    private const int MostOlder = 20;

    /// <param name="who">Who will collect.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="formId">Only this form, where given.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>None where there is no such activity, or where it is not for them to read.</returns>
    public async Task<FillableActivity?> Read(AccessContext who, ActivityId activity, string? formId, CancellationToken cancellationToken)
    {
        if (await activities.Snapshot(activity, cancellationToken) is not { } s || Authority.MayRead(s, who.Actor).Count > 0)
            return null;
        var newest = Newest(s, formId).ToList();
        var forms = await Told(s, newest, cancellationToken);
        var older = s.Forms.Where(f => f.Accepts && (formId is null || f.FormId == formId) && !newest.Contains(f)).OrderByDescending(f => f.PublishedAt).Take(MostOlder);
        var held = Gate.Decide(s, new GateRequest(who.Actor, Operation.Collect) { Form = forms.Count == 1 ? forms[0].Id : null }).Refusals;
        var key = s.Activity.Step == PimStep.Closed ? null : await keys.Handle(who, s.Activity, cancellationToken);
        return new FillableActivity(s.Activity.Number, s.Activity.Title, s.Activity.Languages, s.Notice?.Content.Texts ?? NoticeContent.Empty.Texts, forms, key is { IsDone: true } ? key.Result : null, held)
        {
            Older = await Told(s, older, cancellationToken), Recordings = s.Notice?.Content.Recordings ?? NoticeContent.Empty.Recordings,
        };
    }

    private async Task<List<FormToFill>> Told(ActivitySnapshot s, IEnumerable<FormVersion> versions, CancellationToken cancellationToken)
    {
        var told = new List<FormToFill>();
        foreach (var form in versions)
            told.Add(new FormToFill(form.Id, form.FormId, form.Version, form.Title, await Languages(form, s.Activity.Languages[0], cancellationToken),
                [.. (await files.Read(form.Id, cancellationToken)).Select(f => f.Name)]) { Whole = form });
        return told;
    }

    private static IEnumerable<FormVersion> Newest(ActivitySnapshot s, string? formId) =>
        s.Forms.Where(f => f.State == FormState.Published && (formId is null || f.FormId == formId)).OrderByDescending(f => f.PublishedAt).DistinctBy(f => f.FormId);

    private async Task<IReadOnlyDictionary<string, string>> Languages(FormVersion form, string onlyLanguage, CancellationToken cancellationToken)
    {
        var names = (await compiled.Read(form.Id, cancellationToken))?.Languages ?? [];
        return names.GroupBy(n => XlsFormUpload.TagOf(n, onlyLanguage), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }
}

/// <summary>The XForm of a version that can be filled, and its files.</summary>
public sealed class FormToFillXml(AmanaDb db, FormAttachments files)
{
    /// <summary>The XForm; none for a draft, a closed form, another form than the one named, and a form of another activity.</summary>
    public async Task<string?> Read(ActivityId activity, string? formId, FormVersionId form, CancellationToken cancellationToken) =>
        await IsOpen(activity, formId, form, cancellationToken)
            ? await db.Set<FormFile>().Where(f => f.FormVersionId == form).Select(f => f.XForm).FirstOrDefaultAsync(cancellationToken)
            : null;

    /// <summary>A file of the form; none under the same conditions, and where the form has no such file.</summary>
    public async Task<FormAttachment?> Read(ActivityId activity, string? formId, FormVersionId form, string name, CancellationToken cancellationToken) =>
        await IsOpen(activity, formId, form, cancellationToken) ? await files.Read(form, name, cancellationToken) : null;

    private Task<bool> IsOpen(ActivityId activity, string? formId, FormVersionId form, CancellationToken cancellationToken) =>
        db.Set<FormVersion>().AnyAsync(f => f.Id == form && f.ActivityId == activity && (f.State == FormState.Published || f.State == FormState.Closing) && (formId == null || f.FormId == formId), cancellationToken);
}
