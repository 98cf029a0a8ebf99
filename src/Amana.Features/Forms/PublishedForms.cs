using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Forms;

/// <summary>A form as the list for phones names it.</summary>
/// <param name="HasFiles">Phones ask for its manifest.</param>
public sealed record ListedForm(string FormId, string Version, string Title, string Md5, bool HasFiles);

/// <summary>The published forms of an activity that collects; none before it opens and after it ends.</summary>
public sealed class PublishedForms(AmanaDb db)
{
    /// <param name="activity">The activity.</param>
    /// <param name="formId">Only this form, where given.</param>
    /// <param name="allVersions">Every published version, not only the newest of each form.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ListedForm>> Read(ActivityId activity, string? formId, bool allVersions, CancellationToken cancellationToken)
    {
        if (!await db.Set<Activity>().AnyAsync(a => a.Id == activity && a.Step == PimStep.Implement, cancellationToken))
            return [];
        var found = await db.Set<FormVersion>().AsNoTracking().Where(f => f.ActivityId == activity && f.State == FormState.Published && (formId == null || f.FormId == formId))
            .OrderBy(f => f.FormId).ThenByDescending(f => f.PublishedAt).Select(f => new { f.FormId, f.Version, f.Title, f.Md5, f.Files }).ToListAsync(cancellationToken);
        var forms = found.Select(f => new ListedForm(f.FormId, f.Version, f.Title, f.Md5, f.Files.Count > 0)).ToList();
        return allVersions ? forms : [.. forms.DistinctBy(f => f.FormId)];
    }
}

/// <summary>A published version, closing and closed ones included, for phones that name it.</summary>
public sealed record PublishedVersion(FormVersionId Id, ActivityId ActivityId, string FormId, string Md5, IReadOnlyList<NeededFile> Files);

/// <summary>The XForm of a published version, for phones.</summary>
public sealed class PublishedFormXml(AmanaDb db)
{
    /// <summary>The newest published version of the form, or the one named; none when there is none.</summary>
    public async Task<PublishedVersion?> Find(ActivityId activity, string formId, string? version, CancellationToken cancellationToken) =>
        await db.Set<FormVersion>().AsNoTracking()
            .Where(f => f.ActivityId == activity && f.State != FormState.Draft && f.FormId == formId && (version == null || f.Version == version))
            .OrderBy(f => f.State == FormState.Published ? 0 : 1).ThenByDescending(f => f.PublishedAt)
            .Select(f => new PublishedVersion(f.Id, f.ActivityId, f.FormId, f.Md5, f.Files)).FirstOrDefaultAsync(cancellationToken);

    /// <inheritdoc cref="Find"/>
    public async Task<(string XForm, string Md5)?> Read(ActivityId activity, string formId, string? version, CancellationToken cancellationToken) =>
        await Find(activity, formId, version, cancellationToken) is { } form ? (await Read(form.Id, cancellationToken), form.Md5) : null;

    /// <summary>The XForm of a version, exactly as it is served.</summary>
    public Task<string> Read(FormVersionId form, CancellationToken cancellationToken) =>
        db.Set<FormFile>().Where(f => f.FormVersionId == form).Select(f => f.XForm).FirstAsync(cancellationToken);
}
