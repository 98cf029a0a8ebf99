using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Participation;

/// <summary>What anybody may know about an activity: who asks, why, who sees it, until when it is kept, and how to speak to it (DP-5, PC-3).</summary>
public sealed record PublicActivity(int Number, string Title, string Organisation, LocalText Purpose, IReadOnlyDictionary<string, NoticeText> Notice, DateOnly? KeptUntil, FeedbackChannel? Feedback)
{
    /// <summary>Uses that people were not told of when they agreed and that were found compatible, in words for everybody, with the last day (DP-4).</summary>
    public IReadOnlyList<(LocalText Words, DateOnly Until)> AlsoUsedFor { get; init; } = [];

    /// <summary>The notice read aloud, by language.</summary>
    public IReadOnlyDictionary<string, NoticeRecording> Recordings { get; init; } = NoticeContent.Empty.Recordings;
}

/// <summary>The activities whose purpose is published and that hold data now. Needs no sign-in and shows nothing about anybody.</summary>
public sealed class PublicActivities(AmanaDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<PublicActivity>> Read(CancellationToken cancellationToken)
    {
        var activities = await db.Set<Activity>().AsNoTracking().Where(a => a.Step == PimStep.Implement || a.Step == PimStep.Evaluate).OrderBy(a => a.Number).ToListAsync(cancellationToken);
        var ids = activities.Select(a => a.Id).ToList();
        var purposes = await db.Set<PurposeStatement>().AsNoTracking().Where(p => ids.Contains(p.ActivityId) && p.PublishedAt != null).ToDictionaryAsync(p => p.ActivityId, cancellationToken);
        var notices = (await db.Set<Notice>().AsNoTracking().Where(n => ids.Contains(n.ActivityId)).ToListAsync(cancellationToken)).ToLookup(n => n.ActivityId);
        var organisations = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        return
        [
            .. activities.Where(a => purposes.ContainsKey(a.Id)).Select(a => new PublicActivity(
                a.Number, a.Title, organisations.GetValueOrDefault(a.OrganisationId, ""), purposes[a.Id].Content.Statement,
                notices[a.Id].MaxBy(n => n.Version)?.Content.Texts ?? NoticeContent.Empty.Texts, a.Retention?.KeptUntil(a.Period), a.Feedback)
            {
                Recordings = notices[a.Id].MaxBy(n => n.Version)?.Content.Recordings ?? NoticeContent.Empty.Recordings,
                AlsoUsedFor = [.. purposes[a.Id].CompatibleUses.Where(u => u.Needs.Any(n => u.Carries(n, clock.Today()))).Select(u => (u.ToldPublicly, u.Until))],
            }),
        ];
    }
}
