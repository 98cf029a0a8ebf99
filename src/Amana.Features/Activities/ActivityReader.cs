using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Analysis;
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
using Amana.Domain.Rights;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Domain.Vocabularies;
using Amana.Features.Platform;
using Amana.Features.Vocabularies;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>Reads what the rules look at. Holds no data about people. One activity costs as many queries as many do: each table is asked once.</summary>
public sealed class ActivityReader(AmanaDb db, RuleCounts counts, TimeProvider clock)
{
    /// <summary>The activity's id by its number, or none.</summary>
    public async Task<ActivityId?> Find(int number, CancellationToken cancellationToken) =>
        await db.Set<Activity>().Where(a => a.Number == number).Select(a => (ActivityId?)a.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Everything the rules look at for the activity, as it stands now; none when there is no such activity. The entities are tracked, so a use case may apply a change to them and commit it.</summary>
    public async Task<ActivitySnapshot?> Snapshot(ActivityId id, CancellationToken cancellationToken) =>
        (await Many([id], tracked: true, cancellationToken)).GetValueOrDefault(id);

    /// <summary>The same for many activities, to be looked at only.</summary>
    public Task<IReadOnlyDictionary<ActivityId, ActivitySnapshot>> Snapshots(IReadOnlyCollection<ActivityId> ids, CancellationToken cancellationToken) => Many(ids, tracked: false, cancellationToken);

    private async Task<IReadOnlyDictionary<ActivityId, ActivitySnapshot>> Many(IReadOnlyCollection<ActivityId> ids, bool tracked, CancellationToken cancellationToken)
    {
        var activities = await Set<Activity>(tracked).Where(a => ids.Contains(a.Id)).ToListAsync(cancellationToken);
        if (activities.Count == 0)
            return new Dictionary<ActivityId, ActivitySnapshot>();
        var limits = (await Set<HumanitarianOperation>(tracked).SingleAsync(cancellationToken)).Limits;
        var parts = await Read(ids, activities, tracked, cancellationToken);
        var releases = parts.Releases.SelectMany(r => r).ToList();
        var counted = await counts.Of(ids, releases, cancellationToken);
        var now = clock.Now();
        return activities.ToDictionary(a => a.Id, a => parts.Of(a) with
        {
            Now = now, Limits = limits, Collection = counted.Collection[a.Id], Bias = counted.Bias[a.Id], Accuracy = counted.Accuracy[a.Id], OpenCases = counted.OpenCases[a.Id], Safekeeping = counted.Safekeeping,
        });
    }

    private async Task<Parts> Read(IReadOnlyCollection<ActivityId> ids, List<Activity> activities, bool tracked, CancellationToken cancellationToken)
    {
        var givers = activities.Select(a => a.OrganisationId).Distinct().ToList();
        var profiles = await Set<OrganisationProfile>(tracked).ToListAsync(cancellationToken);
        async Task<Dictionary<ActivityId, T>> One<T>(IQueryable<T> rows, Func<T, ActivityId> of) where T : class => (await rows.ToListAsync(cancellationToken)).ToDictionary(of);
        async Task<ILookup<ActivityId, T>> Several<T>(IQueryable<T> rows, Func<T, ActivityId> of) where T : class => (await rows.ToListAsync(cancellationToken)).ToLookup(of);
        return new Parts
        {
            Overlaps = await One(Set<OverlapReview>(tracked).Where(r => ids.Contains(r.ActivityId)), r => r.ActivityId),
            Purposes = await One(Set<PurposeStatement>(tracked).Where(r => ids.Contains(r.ActivityId)), r => r.ActivityId),
            Risks = await One(Set<RiskAssessment>(tracked).Where(r => ids.Contains(r.ActivityId)), r => r.ActivityId),
            Methods = await One(Set<MethodStatement>(tracked).Where(r => ids.Contains(r.ActivityId)), r => r.ActivityId),
            Plans = await One(Set<SharingPlan>(tracked).Where(r => ids.Contains(r.ActivityId)), r => r.ActivityId),
            Referrals = await One(Set<ReferralPathway>(tracked).Where(r => ids.Contains(r.ActivityId)), r => r.ActivityId),
            Consultations = await Several(Set<Consultation>(tracked).Where(r => ids.Contains(r.ActivityId)).OrderBy(c => c.HeldOn), r => r.ActivityId),
            Returned = await Several(Set<ResultsReturned>(tracked).Where(r => ids.Contains(r.ActivityId)), r => r.ActivityId),
            Feedback = await Several(Set<Feedback>(tracked).Where(r => ids.Contains(r.ActivityId)), r => r.ActivityId),
            Forms = await Several(Set<FormVersion>(tracked).Where(r => ids.Contains(r.ActivityId)).OrderBy(f => f.UploadedAt), r => r.ActivityId),
            Notices = await Several(Set<Notice>(tracked).Where(n => ids.Contains(n.ActivityId) && !db.Set<Notice>().Any(m => m.ActivityId == n.ActivityId && m.Version > n.Version)), r => r.ActivityId),
            Releases = await Several(Set<Release>(tracked).Where(r => ids.Contains(r.ActivityId)).OrderBy(r => r.ProposedAt), r => r.ActivityId),
            Requests = await Several(Set<RightsRequest>(tracked).Where(r => ids.Contains(r.ActivityId)), r => r.ActivityId),
            Incidents = await Several(Set<Incident>(tracked).Where(r => ids.Contains(r.ActivityId)), r => r.ActivityId),
            RecipientNotices = await Several(Set<RecipientNotice>(tracked).Where(n => ids.Contains(n.ActivityId)), n => n.ActivityId),
            Freezes = await Set<Freeze>(tracked).Where(f => f.LiftedAt == null && (ids.Contains(f.ActivityId) || f.Kind == FreezeKind.Account)).ToListAsync(cancellationToken),
            Overrides = await Several(Set<RuleOverride>(tracked).Where(o => ids.Contains(o.ActivityId)).OrderByDescending(o => o.AskedAt), o => o.ActivityId),
            Agreements = (await Set<Agreement>(tracked).Where(a => givers.Contains(a.GiverId)).ToListAsync(cancellationToken)).ToLookup(a => a.GiverId),
            Organisations = await Set<Organisation>(tracked).ToListAsync(cancellationToken),
            Profiles = profiles,
            PlaceCodes = await db.Set<Domain.Coordination.Boundaries>().AsNoTracking().Select(b => b.Codes).SingleOrDefaultAsync(cancellationToken) ?? [],
            Vocabularies = VocabularyShelf.With(await db.Set<EditedTerm>().AsNoTracking().ToListAsync(cancellationToken)),
            Team = await Team(activities, profiles, tracked, cancellationToken),
            Shown = await db.Set<FiguresShown>().Where(f => ids.Contains(f.ActivityId)).Select(f => f.ActivityId).ToListAsync(cancellationToken),
        };
    }

    private async Task<ILookup<ActivityId, TeamSeat>> Team(List<Activity> activities, List<OrganisationProfile> profiles, bool tracked, CancellationToken cancellationToken)
    {
        var asks = activities.ToDictionary(a => a.Id, a => ProfilesInForce.Of(profiles, a.OrganisationId));
        var ids = asks.Keys.ToList();
        var members = await Set<TeamMember>(tracked).Where(m => ids.Contains(m.ActivityId)).OrderBy(m => m.AssignedAt).ToListAsync(cancellationToken);
        var people = members.Select(m => m.StaffId).Distinct().ToList();
        var staff = await Set<StaffMember>(tracked).Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellationToken);
        var evidence = (await Set<CompetencyEvidence>(tracked).Where(e => people.Contains(e.StaffId)).ToListAsync(cancellationToken)).ToLookup(e => e.StaffId);
        return members.ToLookup(m => m.ActivityId, m => new TeamSeat(m, staff[m.StaffId], [.. evidence[m.StaffId]]) { Profiles = asks[m.ActivityId] });
    }

    private IQueryable<T> Set<T>(bool tracked) where T : class => tracked ? db.Set<T>() : db.Set<T>().AsNoTracking();

    /// <summary>What was read of all activities, to be parted by activity.</summary>
    private sealed class Parts
    {
        public required Dictionary<ActivityId, OverlapReview> Overlaps { get; init; }
        public required Dictionary<ActivityId, PurposeStatement> Purposes { get; init; }
        public required Dictionary<ActivityId, RiskAssessment> Risks { get; init; }
        public required Dictionary<ActivityId, MethodStatement> Methods { get; init; }
        public required Dictionary<ActivityId, SharingPlan> Plans { get; init; }
        public required Dictionary<ActivityId, ReferralPathway> Referrals { get; init; }
        public required ILookup<ActivityId, Consultation> Consultations { get; init; }
        public required ILookup<ActivityId, ResultsReturned> Returned { get; init; }
        public required ILookup<ActivityId, Feedback> Feedback { get; init; }
        public required ILookup<ActivityId, FormVersion> Forms { get; init; }
        public required ILookup<ActivityId, Notice> Notices { get; init; }
        public required ILookup<ActivityId, Release> Releases { get; init; }
        public required ILookup<ActivityId, RightsRequest> Requests { get; init; }
        public required ILookup<ActivityId, Incident> Incidents { get; init; }
        public required ILookup<ActivityId, RecipientNotice> RecipientNotices { get; init; }
        public required ILookup<ActivityId, RuleOverride> Overrides { get; init; }
        public required List<Freeze> Freezes { get; init; }
        public required ILookup<OrganisationId, Agreement> Agreements { get; init; }
        public required List<Organisation> Organisations { get; init; }
        public required ILookup<ActivityId, TeamSeat> Team { get; init; }
        public required List<ActivityId> Shown { get; init; }
        public required List<OrganisationProfile> Profiles { get; init; }
        public required IReadOnlyList<VocabularyList> Vocabularies { get; init; }
        public required IReadOnlyList<string> PlaceCodes { get; init; }

        public ActivitySnapshot Of(Activity a) => new()
        {
            Now = default, Limits = new OperationLimits(), Activity = a, Organisations = Organisations, Profiles = Profiles, Vocabularies = Vocabularies, PlaceCodes = PlaceCodes, Agreements = [.. Agreements[a.OrganisationId]], Team = [.. Team[a.Id]],
            Overlaps = Overlaps.GetValueOrDefault(a.Id), Purpose = Purposes.GetValueOrDefault(a.Id), Risk = Risks.GetValueOrDefault(a.Id), Method = Methods.GetValueOrDefault(a.Id),
            SharingPlan = Plans.GetValueOrDefault(a.Id), Referral = Referrals.GetValueOrDefault(a.Id), Notice = Notices[a.Id].FirstOrDefault(),
            Consultations = [.. Consultations[a.Id]], ResultsReturned = [.. Returned[a.Id]], Feedback = [.. Feedback[a.Id]], Forms = [.. Forms[a.Id]], Releases = [.. Releases[a.Id]],
            FiguresShown = Shown.Contains(a.Id), Requests = [.. Requests[a.Id]], Incidents = [.. Incidents[a.Id]], RecipientNotices = [.. RecipientNotices[a.Id]], Overrides = [.. Overrides[a.Id]], Freezes = [.. Freezes.Where(f => f.ActivityId == a.Id || f.Kind == FreezeKind.Account)],
        };
    }
}
