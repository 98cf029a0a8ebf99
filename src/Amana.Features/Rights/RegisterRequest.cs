using System.Text;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>What somebody asks with the code of a receipt, and what they say of it.</summary>
/// <param name="Check">How staff knew the person; the public page knows the code alone.</param>
public sealed record AskedRight(string Code, RightKind? Kind, Sensitive<string> Words, IdentityCheck Check = IdentityCheck.CodeOnReceipt);

/// <summary>Registers a request for a copy, a correction, an erasure, an objection or a complaint, from the person or by staff for them (SEC-4). Never blocked by a rule. An open request of the
/// same kind is not registered twice. Answers with the day by which it is answered.</summary>
public sealed class RegisterRequest(AmanaDb db, Door door, ReceiptCodes receipts, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    private const int LongestWords = 2000;

    public async Task<Outcome<DateOnly>> Handle(AccessContext who, AskedRight asked, CancellationToken cancellationToken)
    {
        var index = receipts.IndexOfTyped(asked.Code);
        if (await db.Set<PersonConsent>().AsNoTracking().FirstOrDefaultAsync(c => c.ReceiptIndex == index, cancellationToken) is not { } consent)
            return new Refusal("receipt.not-found").At("Code");
        var words = asked.Words.Reveal().Trim();
        var errors = new FieldErrors().Must(asked.Kind is not null and not RightKind.Withdrawal, "Kind", "field.required")
            .Text("Words", words, LongestWords, required: asked.Kind is RightKind.Correction or RightKind.Complaint or RightKind.Objection);
        if (errors.Any)
            return errors.All;
        var passage = await door.Ask(who, Operation.Erase, consent.ActivityId, consent, consent.PersonId.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<DateOnly>.RefusedBy(passage.Refusals);
        var kind = asked.Kind!.Value;
        if (await db.Set<RightsRequest>().FirstOrDefaultAsync(r => r.PersonId == consent.PersonId && r.Kind == kind && r.DoneAt == null, cancellationToken) is { } open)
            return open.DueOn;
        var id = Ids.New<RequestId>(clock);
        var staff = who.Actor.Kind == ActorKind.Staff;
        var command = new AskRight(id, consent.PersonId, kind, staff ? RequestChannel.Staff : RequestChannel.PublicPage)
        {
            WishBox = words.Length == 0 ? [] : await safe.SealFile(consent.ActivityId, id.Value, Encoding.UTF8.GetBytes(words), cancellationToken),
            Check = staff ? asked.Check : IdentityCheck.CodeOnReceipt, CheckedBy = staff ? who.Actor.StaffId : null,
        };
        if (RightsRules.Request(consent.ActivityId, command, clock.Now(), passage.Result.Activity.Limits.RequestDays) is not Decision<RightRequested>.Allowed(var requested))
            throw new InvalidOperationException("Rights are never blocked.");
        db.Add(RightsRequest.Of(requested));
        await ledger.Commit(who, cancellationToken, Happening.Of(requested, consent.ActivityId, id.Value).With("kind", kind.ToString()).With("channel", command.Channel.ToString()).With("check", command.Check.ToString()));
        return requested.DueOn;
    }
}
