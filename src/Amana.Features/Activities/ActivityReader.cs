using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Cases;
using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Emergencies;
using Amana.Domain.Forms;
using Amana.Domain.Impartiality;
using Amana.Domain.Incidents;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>Reads what the rules look at. The entities are tracked, so a use case may apply a change to them and commit it. Holds no data about people.</summary>
public sealed class ActivityReader(AmanaDb db, Keyring keyring, TimeProvider clock)
{
    /// <summary>The activity's id by its number, or none.</summary>
    public async Task<ActivityId?> Find(int number, CancellationToken cancellationToken) =>
        await db.Set<Activity>().Where(a => a.Number == number).Select(a => (ActivityId?)a.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Everything the rules look at for the activity, as it stands now; none when there is no such activity.</summary>
    public async Task<ActivitySnapshot?> Snapshot(ActivityId id, CancellationToken cancellationToken)
    {
        var activity = await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken);
        if (activity is null)
            return null;
        var operation = await db.Set<HumanitarianOperation>().SingleAsync(cancellationToken);
        var plan = await db.Set<SharingPlan>().FirstOrDefaultAsync(p => p.ActivityId == id, cancellationToken);
        return new ActivitySnapshot
        {
            Now = clock.Now(),
            Limits = operation.Limits,
            Activity = activity,
            Overlaps = await db.Set<OverlapReview>().FirstOrDefaultAsync(r => r.ActivityId == id, cancellationToken),
            Purpose = await db.Set<PurposeStatement>().FirstOrDefaultAsync(p => p.ActivityId == id, cancellationToken),
            Consultations = await db.Set<Consultation>().Where(c => c.ActivityId == id).OrderBy(c => c.HeldOn).ToListAsync(cancellationToken),
            ResultsReturned = await db.Set<ResultsReturned>().Where(r => r.ActivityId == id).ToListAsync(cancellationToken),
            Feedback = await db.Set<Feedback>().Where(f => f.ActivityId == id).ToListAsync(cancellationToken),
            Risk = await db.Set<RiskAssessment>().FirstOrDefaultAsync(r => r.ActivityId == id, cancellationToken),
            Forms = await db.Set<FormVersion>().Where(f => f.ActivityId == id).OrderBy(f => f.UploadedAt).ToListAsync(cancellationToken),
            Notice = await db.Set<Notice>().Where(n => n.ActivityId == id).OrderByDescending(n => n.Version).FirstOrDefaultAsync(cancellationToken),
            Team = await Team(id, cancellationToken),
            Method = await db.Set<MethodStatement>().FirstOrDefaultAsync(m => m.ActivityId == id, cancellationToken),
            SharingPlan = plan,
            Agreements = await db.Set<Agreement>().Where(a => a.GiverId == activity.OrganisationId).ToListAsync(cancellationToken),
            Organisations = await db.Set<Organisation>().ToListAsync(cancellationToken),
            Releases = await db.Set<Release>().Where(r => r.ActivityId == id).OrderBy(r => r.ProposedAt).ToListAsync(cancellationToken),
            Referral = await db.Set<ReferralPathway>().FirstOrDefaultAsync(p => p.ActivityId == id, cancellationToken),
            Requests = await db.Set<RightsRequest>().Where(r => r.ActivityId == id).ToListAsync(cancellationToken),
            RecipientNotices = await db.Set<RecipientNotice>().Where(n => n.ActivityId == id).ToListAsync(cancellationToken),
            Incidents = await db.Set<Incident>().Where(i => i.ActivityId == id).ToListAsync(cancellationToken),
            Overrides = await db.Set<RuleOverride>().Where(o => o.ActivityId == id).OrderByDescending(o => o.AskedAt).ToListAsync(cancellationToken),
            Freezes = await db.Set<Freeze>().Where(f => f.LiftedAt == null && (f.ActivityId == id || f.Kind == FreezeKind.Account)).ToListAsync(cancellationToken),
            Collection = await Collection(id, cancellationToken),
            Safekeeping = await Safekeeping(cancellationToken),
        };
    }

    private async Task<List<TeamSeat>> Team(ActivityId id, CancellationToken cancellationToken)
    {
        var members = await db.Set<TeamMember>().Where(m => m.ActivityId == id).OrderBy(m => m.AssignedAt).ToListAsync(cancellationToken);
        var ids = members.Select(m => m.StaffId).Distinct().ToList();
        var staff = await db.Set<StaffMember>().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellationToken);
        var evidence = (await db.Set<CompetencyEvidence>().Where(e => ids.Contains(e.StaffId)).ToListAsync(cancellationToken)).ToLookup(e => e.StaffId);
        return [.. members.Select(m => new TeamSeat(m, staff[m.StaffId], [.. evidence[m.StaffId]]))];
    }

    private async Task<CollectionState> Collection(ActivityId id, CancellationToken cancellationToken)
    {
        var since = clock.Now().AddDays(-7);
        var records = db.Set<RecordEntry>().Where(r => r.ActivityId == id);
        var week = await records.Where(r => r.ReceivedAt >= since).Select(r => r.ReceivedAt).ToListAsync(cancellationToken);
        var withdrawn = await db.Set<PersonConsent>().Where(c => c.ActivityId == id && c.EndedAt != null).Select(c => c.EndedAt).ToListAsync(cancellationToken);
        var lasting = db.Set<PersonConsent>().Where(c => c.ActivityId == id && c.ExpiresOn != null && (c.State == ConsentState.Given || c.State == ConsentState.Renewed));
        var today = clock.Today();
        return new CollectionState
        {
            Lapsed = await lasting.CountAsync(c => c.ExpiresOn < today, cancellationToken),
            NextLapse = await lasting.Where(c => c.ExpiresOn >= today).MinAsync(c => c.ExpiresOn, cancellationToken),
            Records = await records.CountAsync(cancellationToken),
            Refusals = await db.Set<RefusalCount>().Where(c => c.ActivityId == id).SumAsync(c => c.Count, cancellationToken),
            InQuarantine = await db.Set<QuarantinedSubmission>().CountAsync(q => q.ActivityId == id && q.State == QuarantineState.Waiting, cancellationToken),
            PhonesInUse = await db.Set<AppUser>().CountAsync(a => a.ActivityId == id && a.RevokedAt == null, cancellationToken),
            BusiestDay = week.Count == 0 ? 0 : week.GroupBy(at => at.UtcDateTime.Date).Max(g => g.Count()),
            WithdrawnNotErased = withdrawn.Count,
            OldestWithdrawal = withdrawn.Min(),
        };
    }

    private async Task<SafekeepingState> Safekeeping(CancellationToken cancellationToken) => new()
    {
        VaultReady = keyring.EpochKey(keyring.Epoch) is not null,
        LedgerReady = true, // an entry that cannot be written stops the commit itself
        LedgerEntries = await db.Set<LedgerEntry>().LongCountAsync(cancellationToken),
        LastCheckpointAt = await db.Set<LedgerCheckpoint>().OrderByDescending(c => c.Size).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(cancellationToken),
    };
}
