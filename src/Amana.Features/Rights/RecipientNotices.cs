using Amana.Domain.Accounts;
using Amana.Domain.Cases;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>Opens a notice for each recipient of releases that may hold a row of the person, and each service that read a referral of theirs: it is to be told, and has to confirm (IC-5, SEC-6). Makes pending what the caller commits.</summary>
internal static class RecipientNotices
{
    /// <param name="db">The store.</param>
    /// <param name="clock">For the ids.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="since">When the person agreed: nothing that left earlier can hold them.</param>
    /// <param name="days">Days in which a recipient is told.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<List<Happening>> Open(AmanaDb db, TimeProvider clock, RightRequested request, DateTimeOffset since, int days, CancellationToken cancellationToken)
    {
        var happenings = new List<Happening>();
        foreach (var recipient in await Receivers(db, request, since, cancellationToken))
        {
            var change = RightsRules.MustTell(Ids.New<RecipientNoticeId>(clock), request, recipient, days);
            db.Add(RecipientNotice.Of(change));
            happenings.Add(Happening.Of(change, change.ActivityId, change.Id.Value).With("kind", change.Kind.ToString()).With("recipient", recipient.Value.ToString("D")));
        }

        return happenings;
    }

    private static async Task<List<OrganisationId>> Receivers(AmanaDb db, RightRequested request, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var releases = await db.Set<Release>().AsNoTracking().Where(r => r.ActivityId == request.ActivityId && r.State == ReleaseState.Approved).ToListAsync(cancellationToken);
        // A service that read what was handed over knows the person, and is told too.
        var services = await db.Set<Referral>().AsNoTracking().Where(r => r.PersonId == request.PersonId && r.ReadAt != null).Select(r => r.ReceiverId).ToListAsync(cancellationToken);
        return [.. releases.Where(r => r.ProposedAt >= since && r.ProposedAt <= request.At).Select(r => r.RecipientId).Concat(services).Distinct()];
    }
}

/// <summary>Notes that a recipient was told, or reminded; from then it has its days to confirm.</summary>
public sealed class TellRecipient(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, RecipientNoticeId id, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<RecipientNotice>().FirstOrDefaultAsync(n => n.Id == id, cancellationToken) is not { } notice)
            return new Refusal("request.not-found");
        var limits = (await db.Set<HumanitarianOperation>().SingleAsync(cancellationToken)).Limits;
        var decision = RightsRules.Tell(notice, clock.Now(), limits.RequestDays);
        if (decision is not Decision<RecipientWasTold>.Allowed(var told))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        notice.Apply(told);
        await ledger.Commit(who, cancellationToken, Happening.Of(told, notice.ActivityId, id.Value).With("reminders", notice.Reminders));
        return Nothing.Here;
    }
}

/// <summary>Writes down what a recipient confirmed. A withdrawal of parts is answered when the last one has.</summary>
public sealed class ConfirmRecipient(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, RecipientNoticeId id, RecipientAnswer answer, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<RecipientNotice>().FirstOrDefaultAsync(n => n.Id == id, cancellationToken) is not { } notice)
            return new Refusal("request.not-found");
        var decision = RightsRules.Confirm(notice, answer, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<RecipientConfirmed>.Allowed(var confirmed))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        notice.Apply(confirmed);
        List<Happening> happenings = [Happening.Of(confirmed, notice.ActivityId, id.Value).With("reply", answer.ToString())];
        if (await Serve(notice, cancellationToken) is { } served)
            happenings.Add(served);
        await ledger.Commit(who, cancellationToken, happenings);
        return Nothing.Here;
    }

    private async Task<Happening?> Serve(RecipientNotice notice, CancellationToken cancellationToken)
    {
        var request = await db.Set<RightsRequest>().FirstOrDefaultAsync(r => r.Id == notice.RequestId, cancellationToken);
        if (request is not { Kind: RightKind.Withdrawal, DoneAt: null } || await db.Set<RecipientNotice>().AnyAsync(n => n.RequestId == notice.RequestId && n.Id != notice.Id && n.ConfirmedAt == null, cancellationToken)
            || await db.Set<PersonConsent>().AnyAsync(c => c.PersonId == request.PersonId && c.EndedAt != null, cancellationToken)
            || RightsRules.Serve(request, null, clock.Now()) is not Decision<RightServed>.Allowed(var served))
            return null;
        request.Apply(served);
        return Happening.Of(served, request.ActivityId, request.Id.Value);
    }
}
