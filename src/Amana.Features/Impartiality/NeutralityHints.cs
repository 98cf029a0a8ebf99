using Amana.Domain.Forms;
using Amana.Domain.Impartiality;
using Amana.Features.Forms;

namespace Amana.Features.Impartiality;

/// <summary>Reads a form for wordings that may lead or force an answer. Hints for the person who reads it, never a verdict.</summary>
public sealed class NeutralityHints(CompiledFormReader forms)
{
    /// <summary>The hints, in the order of the questions; whether an answer is forced is known from the form's own logic.</summary>
    public async Task<IReadOnlyList<NeutralityHint>> Read(FormVersion form, CancellationToken cancellationToken)
    {
        var compiled = await forms.Read(form.Id, cancellationToken);
        return NeutralityReading.Of(form, path => compiled?.Find(path)?.Required is not null);
    }
}
