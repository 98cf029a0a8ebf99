using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>One request on the desk. It names no person: the receipt's code stays with whoever has the receipt.</summary>
public sealed record ShownRequest(RequestId Id, int Activity, string Title, RightKind Kind, RequestChannel Channel, DateTimeOffset ReceivedAt)
{
    public DateOnly DueOn { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
    public CertificateId? Certificate { get; init; }

    /// <summary>The erasure answers it within a minute; nobody has to.</summary>
    public bool ByItself { get; init; }

    /// <summary>Who received releases before the request; a row of the person may be in them.</summary>
    public IReadOnlyList<ReleasedTo> Recipients { get; init; } = [];

    public DateTimeOffset? ToldAt { get; init; }
}

public sealed record ShownCertificate(CertificateId Id, int Activity, string Title, DisposalReason Reason, int People, DateTimeOffset At);

public sealed record ShownDesk(DateOnly Today, IReadOnlyList<ShownRequest> Requests, IReadOnlyList<ShownCertificate> Certificates);

/// <summary>All requests of people with their days, overdue and open first, and all certificates. For the data protection focal point.</summary>
public sealed class RightsDesk(AmanaDb db, TimeProvider clock)
{
    public async Task<Outcome<ShownDesk>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        var requests = await db.Set<RightsRequest>().AsNoTracking().ToListAsync(cancellationToken);
        var certificates = await db.Set<DisposalCertificate>().AsNoTracking().ToListAsync(cancellationToken);
        var activities = await db.Set<Activity>().AsNoTracking().ToDictionaryAsync(a => a.Id, cancellationToken);
        var told = await Told(cancellationToken);
        var byItself = await ErasedByItself(requests, cancellationToken);
        var shown = new List<ShownRequest>();
        foreach (var r in requests.OrderBy(r => r.DoneAt is not null).ThenBy(r => r.DoneAt is null ? r.DueOn : DateOnly.MaxValue).ThenByDescending(r => r.DoneAt))
        {
            var activity = activities[r.ActivityId];
            shown.Add(new ShownRequest(r.Id, activity.Number, activity.Title, r.Kind, r.Channel, r.ReceivedAt)
            {
                DueOn = r.DueOn, DoneAt = r.DoneAt, Certificate = r.CertificateId, ByItself = byItself.Contains(r.PersonId),
                Recipients = await Recipients.Of(db, r.ActivityId, null, r.ReceivedAt, cancellationToken), ToldAt = told.TryGetValue(r.Id.Value.ToString("D"), out var at) ? at : null,
            });
        }

        return new ShownDesk(clock.Today(), shown, [.. certificates.OrderByDescending(c => c.At)
            .Select(c => new ShownCertificate(c.Id, activities[c.ActivityId].Number, activities[c.ActivityId].Title, c.Reason, c.People, c.At))]);
    }

    private async Task<HashSet<PersonId>> ErasedByItself(List<RightsRequest> requests, CancellationToken cancellationToken)
    {
        var people = requests.Where(r => r.DoneAt is null).Select(r => r.PersonId).Distinct().ToList();
        var consents = await db.Set<PersonConsent>().AsNoTracking().Where(c => people.Contains(c.PersonId) && c.State == ConsentState.Withdrawn).ToListAsync(cancellationToken);
        var notices = (await db.Set<Notice>().AsNoTracking().ToListAsync(cancellationToken)).Where(n => n.Content.Basis == LegalBasis.Consent).Select(n => n.Id).ToHashSet();
        return [.. consents.Where(c => notices.Contains(c.NoticeId)).Select(c => c.PersonId)];
    }

    // That recipients were told is kept where it cannot be altered: in the ledger.
    private async Task<Dictionary<string, DateTimeOffset>> Told(CancellationToken cancellationToken)
    {
        var entries = await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Kind == TellRecipients.Kind).ToListAsync(cancellationToken);
        return entries.GroupBy(SubjectOf, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Min(e => e.At), StringComparer.Ordinal);
    }

    private static string SubjectOf(LedgerEntry entry)
    {
        using var json = System.Text.Json.JsonDocument.Parse(entry.Canonical);
        return json.RootElement.GetProperty("subject").GetString()!;
    }
}

/// <summary>Marks a request as answered by staff, such as one whose data another basis keeps.</summary>
public sealed class AnswerRequest(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, RequestId id, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        var request = await db.Set<RightsRequest>().FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (request is null)
            return new Refusal("request.not-found");
        if (request.DoneAt is not null)
            return Nothing.Here; // sent twice
        if (RightsRules.Serve(request, null, clock.Now()) is not Decision<RightServed>.Allowed(var served))
            return new Refusal("request.served-already", Principle.DataProtection);
        request.Apply(served);
        await ledger.Commit(who, cancellationToken, Happening.Of(served, request.ActivityId, id.Value));
        return Nothing.Here;
    }
}

/// <summary>Notes that those who received releases were told of a withdrawal (IC-5).</summary>
public sealed class TellRecipients(AmanaDb db, LedgerBook ledger)
{
    internal const string Kind = "RecipientsTold";

    public async Task<Outcome<Nothing>> Handle(AccessContext who, RequestId id, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        var request = await db.Set<RightsRequest>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (request is null)
            return new Refusal("request.not-found");
        var recipients = await Recipients.Of(db, request.ActivityId, null, request.ReceivedAt, cancellationToken);
        await ledger.Commit(who, cancellationToken, new Happening(Kind, request.ActivityId, id.Value).With("recipients", recipients.Count));
        return Nothing.Here;
    }
}

/// <summary>Names of staff, for pages that say who did what.</summary>
public sealed class StaffNames(AmanaDb db)
{
    public Task<Dictionary<StaffId, string>> Read(IReadOnlyList<StaffId> staff, CancellationToken cancellationToken) =>
        db.Set<StaffMember>().AsNoTracking().Where(s => staff.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
}
