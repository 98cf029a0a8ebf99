using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;

namespace Amana.Features.Rights;

/// <summary>Destroys, by itself, the data of every activity whose retention date has passed, whose plan says destroy, and which no legal hold keeps (DP-6, SEC-5).
/// The plan was approved when collection was opened; nobody has to order it again.</summary>
public sealed class DisposeByDate(DisposalPlan plan, ActivityReader activities, ActivityDisposal disposal)
{
    /// <summary>Returns how many activities were disposed of, each in a run of its own with a certificate of its own.</summary>
    public async Task<Outcome<int>> Handle(AccessContext who, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var due in (await plan.Planned(cancellationToken)).Where(p => p.Standing == DisposalStanding.Due))
        {
            if (await activities.Snapshot(due.Activity, cancellationToken) is not { } snapshot)
                continue;
            await disposal.Run(who, snapshot, null, DisposalReason.RetentionPassed, cancellationToken);
            done++;
        }

        return done;
    }
}
