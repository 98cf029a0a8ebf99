using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Forms;

/// <summary>A file of a form without its bytes.</summary>
public sealed record ListedAttachment(string Name, string ContentType, string Md5, int Size, bool Generated, DateTimeOffset AddedAt);

/// <summary>The files of a form version.</summary>
public sealed class FormAttachments(AmanaDb db)
{
    public async Task<IReadOnlyList<ListedAttachment>> Read(FormVersionId form, CancellationToken cancellationToken) =>
        await db.Set<FormAttachment>().AsNoTracking().Where(a => a.FormVersionId == form).OrderBy(a => a.Name)
            .Select(a => new ListedAttachment(a.Name, a.ContentType, a.Md5, a.Size, a.Generated, a.AddedAt)).ToListAsync(cancellationToken);

    /// <summary>One file with its bytes; none where the form has no such file.</summary>
    public async Task<FormAttachment?> Read(FormVersionId form, string name, CancellationToken cancellationToken) =>
        await db.Set<FormAttachment>().AsNoTracking().FirstOrDefaultAsync(a => a.FormVersionId == form && a.Name == name, cancellationToken);
}
