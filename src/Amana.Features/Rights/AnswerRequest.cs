using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>What staff answer: what became of it, on which ground where it was refused or cut, and what the person is told.</summary>
public sealed record GivenAnswer(RequestOutcome? Outcome, RefusedBecause? Because, Sensitive<string> Words);

/// <summary>Answers a request. Where it was served and others hold the data, each of them is to be told and to confirm.</summary>
public sealed class AnswerRequest(AmanaDb db, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, RequestId id, GivenAnswer answer, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<RightsRequest>().FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } request)
            return new Refusal("request.not-found");
        if (request.DoneAt is not null)
            return Nothing.Here; // sent twice
        var words = answer.Words.Reveal().Trim();
        var errors = new FieldErrors().Must(answer.Outcome is not null, "Outcome", "field.required").Text("Words", words, 2000);
        if (errors.Any || answer.Outcome is not { } outcome)
            return errors.All;
        var box = await safe.SealFile(request.ActivityId, PlaceOfAnswer(id), Encoding.UTF8.GetBytes(words), cancellationToken);
        var decision = RightsRules.Answer(request, outcome, answer.Because, box, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<RightAnswered>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        request.Apply(change);
        List<Happening> happenings = [Happening.Of(change, request.ActivityId, id.Value).With("outcome", outcome.ToString()).With("because", change.Because?.ToString() ?? "none")];
        if (outcome != RequestOutcome.Refused && request.Kind is RightKind.Correction or RightKind.Erasure or RightKind.Objection)
            happenings.AddRange(await TellOthers(request, change, cancellationToken));
        await ledger.Commit(who, cancellationToken, happenings);
        return Nothing.Here;
    }

    private async Task<List<Happening>> TellOthers(RightsRequest request, RightAnswered change, CancellationToken cancellationToken)
    {
        var since = await db.Set<PersonConsent>().Where(c => c.PersonId == request.PersonId).Select(c => (DateTimeOffset?)c.GivenAt).FirstOrDefaultAsync(cancellationToken);
        var limits = (await db.Set<HumanitarianOperation>().SingleAsync(cancellationToken)).Limits;
        var asked = new AskRight(request.Id, request.PersonId, request.Kind, request.Channel);
        return since is { } from && RightsRules.Request(request.ActivityId, asked, change.At, limits.RequestDays) is Decision<RightRequested>.Allowed(var told)
            ? await RecipientNotices.Open(db, clock, told, from, limits.RequestDays, cancellationToken) : [];
    }

    /// <summary>A box of its own beside that of the wish.</summary>
    internal static Guid PlaceOfAnswer(RequestId id)
    {
        var bytes = id.Value.ToByteArray();
        bytes[^1] ^= 0xFF;
        return new Guid(bytes);
    }
}

/// <summary>Notes how it was checked that the person is the one whom the data is about: what was looked at, never what it said.</summary>
public sealed class CheckIdentity(AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, RequestId id, IdentityCheck check, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<RightsRequest>().FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } request)
            return new Refusal("request.not-found");
        var decision = RightsRules.Check(request, check, who.Actor.StaffId!.Value);
        if (decision is not Decision<IdentityChecked>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        request.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, request.ActivityId, id.Value).With("check", check.ToString()));
        return Nothing.Here;
    }
}

/// <summary>Opens what a person said in a request, for the data protection focal point who answers it; entered before it is read.</summary>
public sealed class OpenRequest(Door door, AmanaDb db, Safe safe, LedgerBook ledger)
{
    public async Task<Outcome<Sensitive<string>>> Handle(AccessContext who, RequestId id, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<RightsRequest>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } request || request.WishBox.Length == 0)
            return new Refusal("request.not-found");
        var passage = await door.Ask(who, Operation.Erase, request.ActivityId, null, id.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<Sensitive<string>>.RefusedBy(passage.Refusals);
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening("RequestOpened", request.ActivityId, id.Value).With("kind", request.Kind.ToString()), cancellationToken);
        return new Sensitive<string>(Encoding.UTF8.GetString(await safe.OpenFile(permit, request.ActivityId, id.Value, request.WishBox, cancellationToken)));
    }
}
