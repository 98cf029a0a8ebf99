using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Forms;

/// <summary>A form as the list for phones names it.</summary>
public sealed record ListedForm(string FormId, string Version, string Title, string Md5);

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
        var forms = await db.Set<FormVersion>().AsNoTracking().Where(f => f.ActivityId == activity && f.State == FormState.Published && (formId == null || f.FormId == formId))
            .OrderBy(f => f.FormId).ThenByDescending(f => f.PublishedAt).Select(f => new ListedForm(f.FormId, f.Version, f.Title, f.Md5)).ToListAsync(cancellationToken);
        return allVersions ? forms : [.. forms.DistinctBy(f => f.FormId)];
    }
}

/// <summary>The XForm of a published version, for phones.</summary>
public sealed class PublishedFormXml(AmanaDb db)
{
    /// <summary>The newest published version of the form, or the one named; none when there is none.</summary>
    public async Task<(string XForm, string Md5)?> Read(ActivityId activity, string formId, string? version, CancellationToken cancellationToken)
    {
        var form = await db.Set<FormVersion>().AsNoTracking()
            .Where(f => f.ActivityId == activity && f.State != FormState.Draft && f.FormId == formId && (version == null || f.Version == version))
            .OrderByDescending(f => f.PublishedAt).Select(f => new { f.Id, f.Md5 }).FirstOrDefaultAsync(cancellationToken);
        if (form is null)
            return null;
        var xform = await db.Set<FormFile>().Where(f => f.FormVersionId == form.Id).Select(f => f.XForm).FirstAsync(cancellationToken);
        return (xform, form.Md5);
    }
}
