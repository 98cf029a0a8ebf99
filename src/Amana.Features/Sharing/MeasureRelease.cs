using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;
using Amana.Features.Platform;

namespace Amana.Features.Sharing;

/// <summary>Measures a release before it is proposed: the smallest group, the records below the threshold, the expected re-identifications, and what would mend it.</summary>
public sealed class MeasureRelease(ReleaseDraftReader drafts, FileBesideFigures beside)
{
    public async Task<Outcome<MeasuredRelease>> Handle(AccessContext who, ActivityId activity, ReleaseDraft draft, CancellationToken cancellationToken)
    {
        var prepared = await drafts.Prepare(who, activity, draft, cancellationToken);
        if (!prepared.IsDone)
            return Outcome<MeasuredRelease>.RefusedBy(prepared.Refusals);
        return (await prepared.Result.Hold(beside, who, cancellationToken)).Release.Measured;
    }
}
