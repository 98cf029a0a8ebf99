using System.Text.Json;
using Amana.Domain.Accounts;
using Amana.Domain.Cases;
using Amana.Domain.Consent;
using Amana.Domain.Coordination;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Cases;

/// <summary>What was handed over: words for the service, and the answers that go along with their paths.</summary>
public sealed record HandedOver(string Words, IReadOnlyList<KeptAnswer> Answers)
{
    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Mapping.Json);

    internal static HandedOver Read(byte[] content) => JsonSerializer.Deserialize<HandedOver>(content, Mapping.Json)!;
}

/// <summary>Passes a person to a service of the directory (<c>Refer</c>): the gate asks the person's yes to that very service and the rules of this moment; the ledger enters that the record is read for it, and then
/// what was sent, in codes alone. The service's organisation reads it here; nothing is mailed.</summary>
public sealed class ReferPerson(Door door, AmanaDb db, RecordContent content, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<string>> Handle(AccessContext who, ActivityId activity, string code, ServiceId serviceId, SendReferral command, CancellationToken cancellationToken)
    {
        if (await db.Set<Referral>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == command.Id, cancellationToken) is { } before)
            return before.Code; // sent twice
        if (await db.Set<RecordEntry>().FirstOrDefaultAsync(r => r.ActivityId == activity && r.Code == code, cancellationToken) is not { } record)
            return new Refusal("record.not-found");
        if (await db.Set<ServicePoint>().FirstOrDefaultAsync(s => s.Id == serviceId, cancellationToken) is not { } service)
            return new Refusal("field.required").At("Service");
        var consent = await db.Set<PersonConsent>().FirstAsync(c => c.Id == record.ConsentId, cancellationToken);
        var receiver = await db.Set<Organisation>().FirstAsync(o => o.Id == service.OrganisationId, cancellationToken);
        var request = new GateRequest(who.Actor, Operation.Refer, who.NeedCode, consent) { To = ConsentPart.ReferralTo(service.Kind), Recipient = service.OrganisationId };
        var passage = await door.Ask(who, request, activity, record.Id.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<string>.RefusedBy(passage.Refusals);
        var form = passage.Result.Activity.Forms.First(f => f.Id == record.FormVersionId);
        var open = await db.Set<Referral>().AnyAsync(r => r.RecordId == record.Id && r.ServiceId == serviceId && (r.State == ReferralState.Sent || r.State == ReferralState.Accepted), cancellationToken);
        if (ReferringRules.MaySend(command, form, service, receiver, open, clock.Today()) is var may && may is not Decision<Nothing>.Allowed)
            return Outcome<string>.RefusedBy(may.Refusals);
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening("RecordReadForReferral", activity, record.Id.Value).With("service", service.Kind), cancellationToken);
        var chosen = command.Fields.ToHashSet(StringComparer.Ordinal);
        var handed = new HandedOver(command.Words.Trim(), [.. (await content.Answers(permit, record, cancellationToken)).Where(a => chosen.Contains(a.ElementPath))]);
        var box = await safe.SealForPerson(record.PersonId, Compartment.ContactAndLocation, record.Id, handed.Write(), cancellationToken);
        var change = ReferringRules.Send(command, activity, record.Id, record.PersonId, service, box, who.Actor.StaffId!.Value, clock.Now());
        db.Add(Referral.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, record.Id.Value).With("referral", change.Id.Value.ToString("N")).With("service", change.Kind)
            .With("receiver", change.ReceiverId.Value.ToString("N")).With("fields", change.Fields).With("answer-by", change.AnswerBy.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
        return change.Code;
    }
}

/// <summary>Ends a referral from the side that sent it; by those who may refer.</summary>
public sealed class EndReferral(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string code, CancellationToken cancellationToken)
    {
        var read = await door.ForReading(who, activity, cancellationToken);
        if (!read.IsDone)
            return Outcome<Nothing>.RefusedBy(read.Refusals);
        if (Authority.MayRefer(read.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<Referral>().FirstOrDefaultAsync(r => r.ActivityId == activity && r.Code == code, cancellationToken) is not { } referral)
            return new Refusal("referral.not-found");
        if (referral.State == ReferralState.Ended)
            return Nothing.Here; // sent twice
        var decision = ReferringRules.End(referral, clock.Now());
        if (decision is not Decision<ReferralEnded>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        referral.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, referral.RecordId.Value).With("referral", referral.Id.Value.ToString("N")).With("state", change.State.ToString()));
        return Nothing.Here;
    }
}

/// <summary>A referral as either side lists it: codes, states and days.</summary>
public sealed record ListedReferral(Referral Referral, string RecordCode, string Service, string Receiver, string Sender, bool Overdue);

/// <summary>The referrals of an activity, by code. For those who may refer.</summary>
public sealed class ReferralsSent(Door door, AmanaDb db, TimeProvider clock)
{
    public async Task<Outcome<IReadOnlyList<ListedReferral>>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var read = await door.ForReading(who, activity, cancellationToken);
        if (!read.IsDone)
            return Outcome<IReadOnlyList<ListedReferral>>.RefusedBy(read.Refusals);
        if (Authority.MayRefer(read.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        return (await ReferralLines.Of(db, db.Set<Referral>().AsNoTracking().Where(r => r.ActivityId == activity), clock.Today(), cancellationToken)).ToList();
    }
}

internal static class ReferralLines
{
    /// <summary>What waits first: overdue, then sent, then the rest by day.</summary>
    public static async Task<IReadOnlyList<ListedReferral>> Of(AmanaDb db, IQueryable<Referral> referrals, DateOnly today, CancellationToken cancellationToken)
    {
        var found = await referrals.Join(db.Set<RecordEntry>(), r => r.RecordId, e => e.Id, (r, e) => new { Referral = r, e.Code }).ToListAsync(cancellationToken);
        var services = await db.Set<ServicePoint>().AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
        var organisations = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        var senders = await db.Set<Domain.Activities.Activity>().AsNoTracking().ToDictionaryAsync(a => a.Id, a => a.OrganisationId, cancellationToken);
        return
        [
            .. found.OrderByDescending(x => x.Referral.IsOverdue(today)).ThenBy(x => x.Referral.State).ThenByDescending(x => x.Referral.SentAt).Select(x => new ListedReferral(x.Referral, x.Code,
                services.GetValueOrDefault(x.Referral.ServiceId, ""), organisations.GetValueOrDefault(x.Referral.ReceiverId, ""), organisations.GetValueOrDefault(senders.GetValueOrDefault(x.Referral.ActivityId), ""),
                x.Referral.IsOverdue(today))),
        ];
    }
}
