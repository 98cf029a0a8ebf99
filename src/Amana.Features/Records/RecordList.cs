using Amana.Domain.Cases;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>One line of the list: a random code, when it came, how it stands and who follows the person up. No identity (IC-6).</summary>
public sealed record ListedRecord(string Code, DateTimeOffset ReceivedAt, FormVersionId FormVersionId, RecordState State, int CheckFindings, ReviewState Review, int Version, StaffId? FollowedBy);

/// <summary>A page of a list, and how many there are in all.</summary>
public sealed record ListedPage<T>(IReadOnlyList<T> Items, int Total, int Page, int PageSize);

/// <summary>Records of an activity, without identity, newest first.</summary>
public sealed class RecordList(Door door, AmanaDb db)
{
    public const int PageSize = 50;

    /// <param name="who">Who reads.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="filter">Part of a code, and whether only those with findings.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Outcome<ListedPage<ListedRecord>>> Read(AccessContext who, ActivityId activity, RecordFilter filter, int page, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<ListedPage<ListedRecord>>.RefusedBy(loaded.Refusals);
        var records = db.Set<RecordEntry>().AsNoTracking().Where(r => r.ActivityId == activity);
        if (!string.IsNullOrWhiteSpace(filter.Code))
        {
            var code = Ids.Normalise(filter.Code);
            records = records.Where(r => r.Code.StartsWith(code));
        }

        if (filter.WithFindings)
            records = records.Where(r => r.CheckFindings > 0);
        if (filter.Review is { } review)
            records = records.Where(r => r.Review == review);
        var followed = db.Set<CaseAssignment>().Where(c => c.EndedAt == null);
        if (filter.FollowedBy is { } worker)
            records = records.Where(r => followed.Any(c => c.RecordId == r.Id && c.WorkerId == worker));
        if (filter.Unfollowed)
            records = records.Where(r => r.State == RecordState.InUse && !followed.Any(c => c.RecordId == r.Id));
        var total = await records.CountAsync(cancellationToken);
        var items = await records.OrderByDescending(r => r.ReceivedAt).ThenBy(r => r.Code).Skip((Math.Max(1, page) - 1) * PageSize).Take(PageSize)
            .Select(r => new ListedRecord(r.Code, r.ReceivedAt, r.FormVersionId, r.State, r.CheckFindings, r.Review, r.Version,
                followed.Where(c => c.RecordId == r.Id).Select(c => (StaffId?)c.WorkerId).FirstOrDefault())).ToListAsync(cancellationToken);
        return new ListedPage<ListedRecord>(items, total, Math.Max(1, page), PageSize);
    }
}

/// <summary>Which records are listed.</summary>
/// <param name="Code">The beginning of a code.</param>
/// <param name="WithFindings">Only those with findings.</param>
/// <param name="Review">Only those that were looked at so far.</param>
/// <param name="FollowedBy">Only those in this caseload.</param>
/// <param name="Unfollowed">Only those in use that are in nobody's caseload.</param>
public sealed record RecordFilter(string? Code, bool WithFindings, ReviewState? Review = null, StaffId? FollowedBy = null, bool Unfollowed = false);

/// <summary>Submissions that wait in quarantine, and what holds them. Nothing of their content.</summary>
public sealed class QuarantineList(Door door, AmanaDb db)
{
    /// <summary>Most that are listed; those that wait come first.</summary>
    public const int Most = 500;

    public async Task<Outcome<IReadOnlyList<HeldSubmission>>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<IReadOnlyList<HeldSubmission>>.RefusedBy(loaded.Refusals);
        var held = await db.Set<QuarantinedSubmission>().AsNoTracking().Where(q => q.ActivityId == activity).OrderBy(q => q.State == QuarantineState.Waiting ? 0 : 1).ThenByDescending(q => q.ReceivedAt)
            .Take(Most)
            .Select(q => new HeldSubmission(q.Id, q.ReceivedAt, q.FormVersionId, q.HeldBy, q.Findings, q.State, q.DecidedAt)).ToListAsync(cancellationToken);
        return held;
    }
}

public sealed record HeldSubmission(
    QuarantineId Id, DateTimeOffset ReceivedAt, FormVersionId FormVersionId, IReadOnlyList<string> HeldBy, IReadOnlyList<CheckFinding> Findings, QuarantineState State, DateTimeOffset? DecidedAt);
