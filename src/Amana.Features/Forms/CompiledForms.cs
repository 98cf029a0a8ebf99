using System.Collections.Concurrent;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.XForms;
using Amana.XForms.Evaluation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Forms;

/// <summary>Forms ready to be evaluated, kept in memory: a published version never changes.</summary>
public sealed class CompiledForms
{
    private readonly ConcurrentDictionary<FormVersionId, CompiledForm> _forms = new();

    public CompiledForm? Find(FormVersionId id) => _forms.GetValueOrDefault(id);

    public CompiledForm Keep(FormVersionId id, CompiledForm form) => _forms.GetOrAdd(id, form);
}

/// <summary>Loads a form version for evaluation.</summary>
public sealed class CompiledFormReader(AmanaDb db, CompiledForms forms)
{
    /// <summary>The compiled form, or none when there is no such version.</summary>
    public async Task<CompiledForm?> Read(FormVersionId id, CancellationToken cancellationToken)
    {
        if (forms.Find(id) is { } kept)
            return kept;
        var xform = await db.Set<FormFile>().Where(f => f.FormVersionId == id).Select(f => f.XForm).FirstOrDefaultAsync(cancellationToken);
        return xform is not null && SafeXml.Parse(xform).Document is { } document && CompiledForm.FromXForm(document, out _) is { } compiled ? forms.Keep(id, compiled) : null;
    }
}
