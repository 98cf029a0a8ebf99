using Amana.Domain.Analysis;
using Amana.Domain.Capture;
using Amana.Domain.Forms;
using Amana.Domain.Participation;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>Removes what an activity keeps under its own keys: files of releases and their copies, what figures were shown, what waits to be taken in, its key pairs, marks of submissions, spoken words, held submissions.</summary>
public sealed class ErasesActivityFiles : IErasesActivities
{
    public async Task<int> Erase(AmanaDb db, ActivityId activity, CancellationToken cancellationToken)
    {
        await db.Set<FiguresShown>().Where(f => f.ActivityId == activity).ExecuteDeleteAsync(cancellationToken);
        await db.Set<ReleaseCopyFile>().Where(f => f.ActivityId == activity).ExecuteDeleteAsync(cancellationToken);
        await db.Set<SubmissionKey>().Where(k => k.ActivityId == activity).ExecuteDeleteAsync(cancellationToken);
        await db.Set<AwaitedPart>().Where(p => p.ActivityId == activity).ExecuteDeleteAsync(cancellationToken);
        await db.Set<AwaitedRecord>().Where(r => r.ActivityId == activity).ExecuteDeleteAsync(cancellationToken);
        await db.Set<SealingKey>().Where(k => k.ActivityId == activity).ExecuteDeleteAsync(cancellationToken);
        await db.Set<SubmissionMark>().Where(m => m.ActivityId == activity).ExecuteDeleteAsync(cancellationToken);
        await db.Set<Feedback>().Where(f => f.ActivityId == activity).ExecuteUpdateAsync(s => s.SetProperty(f => f.WordsBox, Array.Empty<byte>()), cancellationToken);
        await db.Set<QuarantinedSubmission>().Where(q => q.ActivityId == activity).ExecuteUpdateAsync(s => s.SetProperty(q => q.Box, Array.Empty<byte>()), cancellationToken);
        return await db.Set<ReleaseFile>().Where(f => f.ActivityId == activity).ExecuteDeleteAsync(cancellationToken);
    }
}
