using Amana.Domain.Accounts;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Consent;

/// <summary>One record's consent as the list shows it: by the record's code, in states and counts.</summary>
public sealed record ShownConsent(string Record, PersonConsent Consent, ConsentState State);

/// <summary>Consents that have lapsed or soon will, and those that do not cover a need that was stated since. For those who may open records of the activity, and the data protection focal point.</summary>
public sealed record ShownConsents(IReadOnlyDictionary<ConsentState, int> Counts, IReadOnlyList<ShownConsent> ToAskAnew, ConsentScope Scope, DateOnly Today);

/// <summary>Reads how the consents of an activity stand. No answer and no name is in it.</summary>
public sealed class ConsentList(Door door, AmanaDb db, LedgerBook ledger)
{
    public const int Most = 200;

    public async Task<Outcome<ShownConsents>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var read = await door.ForReading(who, activity, cancellationToken);
        if (!read.IsDone)
            return Outcome<ShownConsents>.RefusedBy(read.Refusals);
        if (!who.Actor.Has(Duty.DataProtectionFocalPoint) && Authority.Of(read.Result, new GateRequest(who.Actor, Operation.Open)).ToList() is { Count: > 0 } refusals)
            return refusals;
        var s = read.Result;
        var rows = await (from record in db.Set<RecordEntry>().AsNoTracking()
                          join consent in db.Set<PersonConsent>().AsNoTracking() on record.ConsentId equals consent.Id
                          where record.ActivityId == activity
                          select new { record.Code, Consent = consent }).ToListAsync(cancellationToken);
        var near = s.Today.AddDays(s.Limits.NoticeDays);
        var shown = rows.Select(r => new ShownConsent(r.Code, r.Consent, r.Consent.StateAt(s.Now))).ToList();
        var anew = shown.Where(c => c.State is ConsentState.Expired or ConsentState.Requested || (ConsentStates.PermitsUse(c.State) && (c.Consent.ExpiresOn <= near || s.ConsentScope.Needs.Any(n => !c.Consent.Carries(n, s.Purpose!.CompatibleBefore(n, s.Today))))))
            .OrderBy(c => c.Consent.ExpiresOn ?? DateOnly.MaxValue).ThenBy(c => c.Record, StringComparer.Ordinal).Take(Most).ToList();
        await ledger.Commit(who, cancellationToken, new Happening("ConsentsListed", activity).With("n", shown.Count));
        return new ShownConsents(shown.CountBy(c => c.State).ToDictionary(), anew, s.ConsentScope, s.Today);
    }
}

/// <summary>Writes down what a person said who was asked anew: yes to what they now agree to, or no. A no ends the use at once and the data is erased (IC-2, IC-4).</summary>
public sealed class RenewConsent(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who asked: someone who may amend the record.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="code">The record's code.</param>
    /// <param name="stated">What the person said.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<ConsentState>> Handle(AccessContext who, ActivityId activity, string code, StatedConsent stated, CancellationToken cancellationToken)
    {
        var found = await AskedConsent.Of(door, db, who, activity, code, cancellationToken);
        if (!found.IsDone)
            return Outcome<ConsentState>.RefusedBy(found.Refusals);
        var (s, record, consent) = found.Result;
        if (s.Notice is not { } notice)
            return new Refusal("gap.no-notice", Principle.InformedConsent).MendedBy(Mender.ProtectionOfficer, MendPage.Notice);
        var by = who.Actor.StaffId!.Value;
        if (stated.Refused)
            return await SayNo(who, record, consent, by, cancellationToken);
        var decision = ConsentRules.Renew(consent, stated, notice, s.ConsentScope, by, clock.Now());
        if (decision is not Decision<ConsentRenewed>.Allowed(var change))
            return Outcome<ConsentState>.RefusedBy(decision.Refusals);
        consent.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, consent.PersonId.Value).With("notice", notice.Hash[..16]).With("yeses", change.Yeses.Count));
        return consent.State;
    }

    /// <summary>A no to a consent that stands is a withdrawal; a no after it lapsed is a refusal. Either way nothing is used from now on.</summary>
    private async Task<Outcome<ConsentState>> SayNo(AccessContext who, RecordEntry record, PersonConsent consent, StaffId by, CancellationToken cancellationToken)
    {
        if (!ConsentStates.PermitsUse(consent.StateAt(clock.Now())))
            return await AskedConsent.End(db, ledger, who, record, consent, ConsentRules.Refuse(consent, by, clock.Now()), cancellationToken);
        var decision = ConsentRules.Withdraw(consent, [ConsentAsk.Participation], clock.Now());
        if (decision is not Decision<ConsentWithdrawn>.Allowed(var change))
            return Outcome<ConsentState>.RefusedBy(decision.Refusals);
        consent.Apply(change);
        return await AskedConsent.Hold(db, ledger, who, record, consent, Happening.Of(change, record.ActivityId, consent.PersonId.Value).With("parts", string.Join(' ', change.Parts)), cancellationToken);
    }
}

/// <summary>Ends a consent that was found not to be a free and informed yes: the record is used no more and is erased.</summary>
public sealed class InvalidateConsent(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<ConsentState>> Handle(AccessContext who, ActivityId activity, string code, InvalidBecause why, CancellationToken cancellationToken)
    {
        var found = await AskedConsent.Of(door, db, who, activity, code, cancellationToken);
        return found.IsDone
            ? await AskedConsent.End(db, ledger, who, found.Result.Record, found.Result.Consent, ConsentRules.Invalidate(found.Result.Consent, why, who.Actor.StaffId!.Value, clock.Now()), cancellationToken)
            : Outcome<ConsentState>.RefusedBy(found.Refusals);
    }
}

internal sealed record AskedConsent(ActivitySnapshot Activity, RecordEntry Record, PersonConsent Consent)
{
    /// <summary>The record's consent, for those who may amend the record. Whether it stands is not asked: this is how one that does not stand is mended.</summary>
    public static async Task<Outcome<AskedConsent>> Of(Door door, AmanaDb db, AccessContext who, ActivityId activity, string code, CancellationToken cancellationToken)
    {
        var passage = await door.Ask(who, Operation.Amend, activity, null, null, cancellationToken);
        if (!passage.IsDone)
            return Outcome<AskedConsent>.RefusedBy(passage.Refusals);
        if (await db.Set<RecordEntry>().FirstOrDefaultAsync(r => r.ActivityId == activity && r.Code == code, cancellationToken) is not { } record)
            return new Refusal("record.not-found");
        return new AskedConsent(passage.Result.Activity, record, await db.Set<PersonConsent>().FirstAsync(c => c.Id == record.ConsentId, cancellationToken));
    }

    public static async Task<Outcome<ConsentState>> End(AmanaDb db, LedgerBook ledger, AccessContext who, RecordEntry record, PersonConsent consent, Decision<ConsentStateChanged> decision, CancellationToken cancellationToken)
    {
        if (decision is not Decision<ConsentStateChanged>.Allowed(var change))
            return Outcome<ConsentState>.RefusedBy(decision.Refusals);
        consent.Apply(change);
        return await Hold(db, ledger, who, record, consent, Happening.Of(change, record.ActivityId, consent.PersonId.Value).With("state", change.State.ToString()).With("why", change.Why?.ToString() ?? "none"), cancellationToken);
    }

    /// <summary>No record of the person is used from now on.</summary>
    public static async Task<Outcome<ConsentState>> Hold(AmanaDb db, LedgerBook ledger, AccessContext who, RecordEntry record, PersonConsent consent, Happening ended, CancellationToken cancellationToken)
    {
        List<Happening> happenings = [ended];
        foreach (var held in await db.Set<RecordEntry>().Where(r => r.PersonId == record.PersonId).ToListAsync(cancellationToken))
        {
            var withdrawn = RecordRules.Withdraw();
            held.Apply(withdrawn);
            happenings.Add(Happening.Of(withdrawn, record.ActivityId, held.Id.Value).With("state", withdrawn.State.ToString()));
        }

        await ledger.Commit(who, cancellationToken, happenings);
        return consent.State;
    }
}
