using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>One request on the desk. It names no person: the receipt's code stays with whoever has the receipt.</summary>
public sealed record ShownRequest(RightsRequest Request, int Activity, string Title)
{
    /// <summary>The erasure answers it within a minute; nobody has to.</summary>
    public bool ByItself { get; init; }

    /// <summary>Who answered it; none when it was served by itself.</summary>
    public string? AnsweredBy { get; init; }

    public string? CheckedBy { get; init; }

    /// <summary>Those who received releases that may hold a row of the person, and have to confirm.</summary>
    public IReadOnlyList<ShownRecipient> Recipients { get; init; } = [];
}

public sealed record ShownRecipient(RecipientNotice Notice, string Organisation);

public sealed record ShownCertificate(CertificateId Id, int Activity, string Title, DisposalReason Reason, int People, DateTimeOffset At);

public sealed record ShownDesk(DateOnly Today, IReadOnlyList<ShownRequest> Requests, IReadOnlyList<ShownCertificate> Certificates)
{
    public int Overdue => Requests.Count(r => r.Request.DoneAt is null && r.Request.DueOn < Today);

    public int RecipientsOverdue => Requests.SelectMany(r => r.Recipients).Count(r => r.Notice.IsOverdue(Today));
}

/// <summary>All requests of people with their days, overdue and open first, with the recipients to chase, and all certificates. For the data protection focal point.</summary>
public sealed class RightsDesk(AmanaDb db, TimeProvider clock)
{
    public async Task<Outcome<ShownDesk>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        var requests = await db.Set<RightsRequest>().AsNoTracking().ToListAsync(cancellationToken);
        var certificates = await db.Set<DisposalCertificate>().AsNoTracking().ToListAsync(cancellationToken);
        var activities = await db.Set<Activity>().AsNoTracking().ToDictionaryAsync(a => a.Id, cancellationToken);
        var organisations = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        var staff = await db.Set<StaffMember>().AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
        var notices = (await db.Set<RecipientNotice>().AsNoTracking().ToListAsync(cancellationToken)).ToLookup(n => n.RequestId);
        var byItself = await ErasedByItself(requests, cancellationToken);
        string? Name(StaffId? id) => id is { } known ? staff.GetValueOrDefault(known) : null;
        var shown = requests.OrderBy(r => r.DoneAt is not null).ThenBy(r => r.DoneAt is null ? r.DueOn : DateOnly.MaxValue).ThenByDescending(r => r.DoneAt)
            .Select(r => new ShownRequest(r, activities[r.ActivityId].Number, activities[r.ActivityId].Title)
            {
                ByItself = byItself.Contains(r.PersonId), AnsweredBy = Name(r.AnsweredBy), CheckedBy = Name(r.CheckedBy),
                Recipients = [.. notices[r.Id].Select(n => new ShownRecipient(n, organisations.GetValueOrDefault(n.RecipientId, ""))).OrderBy(n => n.Organisation, StringComparer.Ordinal)],
            }).ToList();
        return new ShownDesk(clock.Today(), shown, [.. certificates.OrderByDescending(c => c.At)
            .Select(c => new ShownCertificate(c.Id, activities[c.ActivityId].Number, activities[c.ActivityId].Title, c.Reason, c.People, c.At))]);
    }

    private async Task<HashSet<PersonId>> ErasedByItself(List<RightsRequest> requests, CancellationToken cancellationToken)
    {
        var people = requests.Where(r => r.DoneAt is null).Select(r => r.PersonId).Distinct().ToList();
        return [.. await db.Set<PersonConsent>().Where(c => people.Contains(c.PersonId) && c.EndedAt != null && c.Basis == LegalBasis.Consent).Select(c => c.PersonId).ToListAsync(cancellationToken)];
    }
}

/// <summary>Names of staff, for pages that say who did what.</summary>
public sealed class StaffNames(AmanaDb db)
{
    public Task<Dictionary<StaffId, string>> Read(IReadOnlyList<StaffId> staff, CancellationToken cancellationToken) =>
        db.Set<StaffMember>().AsNoTracking().Where(s => staff.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
}
