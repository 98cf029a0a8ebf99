using Amana.Domain.Accounts;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>What a withdrawal did: everything or parts; whether erasure follows by itself; the day by which the rest is answered.</summary>
public sealed record Withdrawn(bool Everything, bool Erases, LegalBasis Basis, DateOnly? AnsweredBy, IReadOnlyList<ReleasedTo> Recipients);

/// <summary>Withdraws consent with the code of a receipt, in parts or whole (IC-5): consent, records and the request that is registered are committed together.
/// From that moment on nothing of it is used. Never blocked by a rule. Sent twice, it answers the same.</summary>
public sealed class WithdrawConsent(AmanaDb db, Door door, ReceiptCodes receipts, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">The person with the receipt, or a data protection focal point for a person who brings it.</param>
    /// <param name="typed">The code however it was typed. An unknown and an erased one are refused alike.</param>
    /// <param name="parts">The yeses taken back; participation takes back all.</param>
    /// <param name="cancellationToken">Ends the withdrawing.</param>
    public async Task<Outcome<Withdrawn>> Handle(AccessContext who, string typed, IReadOnlyList<ConsentPart> parts, CancellationToken cancellationToken)
    {
        var index = receipts.IndexOfTyped(typed);
        var consent = await db.Set<PersonConsent>().FirstOrDefaultAsync(c => c.ReceiptIndex == index, cancellationToken);
        if (consent is null)
            return new Refusal("receipt.not-found").At("Code");
        if (parts.Count == 0)
            return new Refusal("consent.no-part-chosen", Principle.InformedConsent).At("Parts");
        var passage = await door.Ask(who, Operation.Erase, consent.ActivityId, consent, consent.PersonId.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<Withdrawn>.RefusedBy(passage.Refusals);
        var basis = await db.Set<Notice>().Where(n => n.Id == consent.NoticeId).Select(n => n.Content).FirstAsync(cancellationToken);
        var standing = parts.Contains(ConsentAsk.Participation) ? parts : [.. consent.Yeses.Where(y => parts.Any(p => p.Covers(y)))];
        if (consent.State == ConsentState.Withdrawn || standing.Count == 0)
            return await Answer(consent, basis.Basis, standing, cancellationToken);
        var decision = ConsentRules.Withdraw(consent, standing, clock.Now());
        if (decision is not Decision<ConsentWithdrawn>.Allowed(var change))
            return Outcome<Withdrawn>.RefusedBy(decision.Refusals);
        var happenings = new List<Happening> { Happening.Of(change, consent.ActivityId, consent.PersonId.Value).With("parts", string.Join(' ', change.Parts)) };
        consent.Apply(change);
        happenings.AddRange(await HoldRecords(consent, cancellationToken));
        happenings.AddRange(await Register(who, consent, passage.Result.Activity.Limits, change, cancellationToken));
        await ledger.Commit(who, cancellationToken, happenings);
        return await Answer(consent, basis.Basis, standing, cancellationToken);
    }

    private async Task<List<Happening>> HoldRecords(PersonConsent consent, CancellationToken cancellationToken)
    {
        var happenings = new List<Happening>();
        if (consent.State != ConsentState.Withdrawn)
            return happenings;
        foreach (var record in await db.Set<RecordEntry>().Where(r => r.PersonId == consent.PersonId).ToListAsync(cancellationToken))
        {
            var held = RecordRules.Withdraw();
            record.Apply(held);
            happenings.Add(Happening.Of(held, consent.ActivityId, record.Id.Value).With("state", held.State.ToString()));
        }

        return happenings;
    }

    private async Task<List<Happening>> Register(AccessContext who, PersonConsent consent, OperationLimits limits, ConsentWithdrawn change, CancellationToken cancellationToken)
    {
        var channel = who.Actor.Kind == ActorKind.Person ? RequestChannel.PublicPage : RequestChannel.Staff;
        var decision = RightsRules.Request(consent.ActivityId, new AskRight(Ids.New<RequestId>(clock), consent.PersonId, RightKind.Withdrawal, channel) { CheckedBy = who.Actor.StaffId }, change.At, limits.RequestDays);
        if (decision is not Decision<RightRequested>.Allowed(var requested))
            throw new InvalidOperationException("Rights are never blocked.");
        var request = RightsRequest.Of(requested);
        db.Add(request);
        List<Happening> happenings = [Happening.Of(requested, consent.ActivityId, request.Id.Value).With("kind", requested.Kind.ToString()).With("channel", channel.ToString())];
        // A part that nobody else holds is answered by being withdrawn; where a release may hold it, each recipient is told and confirms first.
        var told = change.Parts.Any(p => p.Ask is ConsentAsk.Sharing or ConsentAsk.Referral) ? await RecipientNotices.Open(db, clock, requested, consent.GivenAt, limits.RequestDays, cancellationToken) : [];
        happenings.AddRange(told);
        if (consent.State != ConsentState.Withdrawn && told.Count == 0 && RightsRules.Serve(request, null, change.At) is Decision<RightServed>.Allowed(var served))
        {
            request.Apply(served);
            happenings.Add(Happening.Of(served, consent.ActivityId, request.Id.Value));
        }

        return happenings;
    }

    private async Task<Withdrawn> Answer(PersonConsent consent, LegalBasis basis, IReadOnlyList<ConsentPart> parts, CancellationToken cancellationToken)
    {
        var everything = consent.State == ConsentState.Withdrawn;
        var recipients = everything || parts.Any(p => p.Ask == ConsentAsk.Sharing) ? await Recipients.Of(db, consent.ActivityId, consent.GivenAt, null, cancellationToken) : [];
        var due = await db.Set<RightsRequest>().Where(r => r.PersonId == consent.PersonId && r.DoneAt == null).OrderBy(r => r.DueOn).Select(r => (DateOnly?)r.DueOn).FirstOrDefaultAsync(cancellationToken);
        return new Withdrawn(everything, everything && basis == LegalBasis.Consent, basis, due, recipients);
    }
}
