using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>An agreement is made by two: each side accepts the same fingerprint of the terms by a person of its own who holds the duty; where an organisation has nobody in this house, a signed
/// copy is entered by one person and confirmed by a second (SEC-8, CO-5; IMP-5 for the second pair of eyes).</summary>
public static class AgreementRules
{
    /// <summary>Duties that let somebody speak for their organisation on agreements.</summary>
    public static IReadOnlyList<Duty> Duties { get; } = [Duty.Coordinator, Duty.DataProtectionFocalPoint];

    public static Decision<AgreementProposed> Propose(ProposeAgreement command, Organisation recipient, Actor actor, DateTimeOffset now)
    {
        var errors = Sound(command.Terms).Must(command.GiverId != command.RecipientId, nameof(command.RecipientId), "agreement.with-itself", Principle.Coordination);
        Bound(errors, recipient);
        errors.AddRange(MaySpeak(actor, command.GiverId, command.RecipientId));
        if (errors.Any)
            return errors.All;
        var terms = Trimmed(command.Terms);
        return new AgreementProposed
        {
            Id = command.Id, GiverId = command.GiverId, RecipientId = command.RecipientId, Terms = terms,
            Act = new AgreementAct(AgreementActKind.Proposed, 1, terms.HashFor(command.GiverId, command.RecipientId), actor.OrganisationId!.Value, actor.StaffId!.Value, now),
        };
    }

    /// <summary>Puts other terms. From then on nothing flows under the agreement until the other side accepted them too: what is not agreed by both is not agreed.</summary>
    public static Decision<AgreementRevised> Revise(Agreement agreement, AgreementTerms wanted, Organisation recipient, Actor actor, DateTimeOffset now)
    {
        var errors = Sound(wanted).Must(agreement.State != AgreementState.Declined, "State", "agreement.declined", Principle.Coordination);
        Bound(errors, recipient);
        errors.AddRange(MaySpeak(actor, agreement.GiverId, agreement.RecipientId));
        var terms = Trimmed(wanted);
        var hash = terms.HashFor(agreement.GiverId, agreement.RecipientId);
        errors.Must(hash != agreement.Hash, nameof(terms.Title), "agreement.nothing-changed", Principle.Coordination);
        return errors.Any ? errors.All : new AgreementRevised
        {
            Terms = terms, Act = new AgreementAct(AgreementActKind.Proposed, agreement.Revision + 1, hash, actor.OrganisationId!.Value, actor.StaffId!.Value, now),
        };
    }

    /// <summary>Accepts, returns or declines the terms that the person has read, for the side of the person.</summary>
    /// <param name="hash">The fingerprint of what was read: terms that changed meanwhile are not accepted unread.</param>
    public static Decision<AgreementAnswered> Answer(Agreement agreement, AgreementActKind answer, string hash, string reason, Actor actor, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        errors.AddRange(MaySpeak(actor, agreement.GiverId, agreement.RecipientId));
        if (answer is not (AgreementActKind.Accepted or AgreementActKind.Returned or AgreementActKind.Declined))
            errors.Add(new Refusal("field.required").At("Answer"));
        errors.Must(agreement.State is AgreementState.Waiting or AgreementState.Returned, "State", "agreement.not-waiting", Principle.Coordination)
            .Must(hash == agreement.Hash, "State", "agreement.changed-meanwhile", Principle.Coordination);
        if (actor.OrganisationId is { } side && agreement.Involves(side) && agreement.HasAccepted(side))
            errors.Add(Elsewhere("agreement.your-side-accepted"));
        if (answer != AgreementActKind.Accepted)
            errors.Text("Reason", reason, 1000);
        return errors.Any ? errors.All : new AgreementAnswered { Act = Act(agreement, answer, actor.OrganisationId!.Value, actor, now) with { Reason = answer == AgreementActKind.Accepted ? "" : reason.Trim() } };
    }

    /// <summary>Enters what the side without an account signed: the terms, or, while trust is broken, that the breach is resolved.</summary>
    /// <param name="sideHasStaff">Whether somebody of that side works here; then they answer themselves.</param>
    public static Decision<SignedCopyEntered> EnterCopy(Agreement agreement, SignedCopy copy, bool sideHasStaff, Actor actor, DateTimeOffset now)
    {
        var ofBreach = agreement.SuspendedAt is not null;
        var errors = new FieldErrors().Text(nameof(copy.SignedBy), copy.SignedBy, 200).Text(nameof(copy.Reference), copy.Reference, 200)
            .Must(copy.SignedOn <= DateOnly.FromDateTime(now.UtcDateTime), nameof(copy.SignedOn), "agreement.signed-in-future", Principle.DataProtection)
            .Must(!sideHasStaff, "State", "agreement.side-has-staff", Principle.Coordination)
            .Must(agreement.State != AgreementState.Declined && agreement.CopyToConfirm is null, "State", "agreement.not-waiting", Principle.Coordination);
        errors.AddRange(MaySpeak(actor, agreement.GiverId, agreement.RecipientId));
        if (errors.Any)
            return errors.All;
        var side = agreement.OtherSide(actor.OrganisationId!.Value);
        if (ofBreach ? agreement.HasResolved(side) : agreement.HasAccepted(side))
            return Elsewhere("agreement.not-waiting");
        return new SignedCopyEntered
        {
            Act = Act(agreement, AgreementActKind.CopyEntered, side, actor, now) with { OfBreach = ofBreach, Copy = new SignedCopy(copy.SignedBy.Trim(), copy.SignedOn, copy.Reference.Trim()) },
        };
    }

    /// <summary>Confirms that the paper says what was entered, or that it does not; by a second person with the duty who has seen it.</summary>
    public static Decision<SignedCopyJudged> JudgeCopy(Agreement agreement, bool same, Actor actor, DateTimeOffset now)
    {
        if (Speaks(actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (agreement.CopyToConfirm is not { } entered)
            return Elsewhere("agreement.no-copy");
        if (entered.By == actor.StaffId)
            return new Refusal("agreement.copy-by-author", Principle.Impartiality).MendedBy(Mender.SomeoneElse, MendPage.Agreements);
        return new SignedCopyJudged
        {
            Act = Act(agreement, same ? AgreementActKind.CopyConfirmed : AgreementActKind.CopyRefused, entered.Side, actor, now) with { OfBreach = entered.OfBreach, Copy = entered.Copy },
        };
    }

    /// <summary>Reports that trust was broken: at once nothing more goes under it. Anybody with the duty may, of whatever organisation; to lift it takes both sides.</summary>
    public static Decision<AgreementSuspended> Suspend(Agreement agreement, string reason, Actor actor, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Reason", reason, 1000).Must(agreement.SuspendedAt is null, "State", "agreement.suspended-already", Principle.Coordination)
            .Must(agreement.State != AgreementState.Declined, "State", "agreement.declined", Principle.Coordination);
        errors.AddRange(Speaks(actor));
        return errors.Any ? errors.All : new AgreementSuspended
        {
            Act = Act(agreement, AgreementActKind.BreachReported, actor.OrganisationId ?? agreement.GiverId, actor, now) with { Reason = reason.Trim(), OfBreach = true },
        };
    }

    /// <summary>Records for one side that the breach is resolved, and how. When both did, the agreement is what it was.</summary>
    public static Decision<BreachResolved> Resolve(Agreement agreement, string reason, Actor actor, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Reason", reason, 1000).Must(agreement.SuspendedAt is not null, "State", "agreement.not-suspended", Principle.Coordination);
        errors.AddRange(MaySpeak(actor, agreement.GiverId, agreement.RecipientId));
        if (!errors.Any && agreement.HasResolved(actor.OrganisationId!.Value))
            errors.Add(Elsewhere("agreement.your-side-resolved"));
        return errors.Any ? errors.All : new BreachResolved { Act = Act(agreement, AgreementActKind.BreachResolved, actor.OrganisationId!.Value, actor, now) with { Reason = reason.Trim(), OfBreach = true } };
    }

    /// <summary>Why nothing can go to the recipient in this detail, in the words that say who mends it; none when an agreement covers it today.</summary>
    public static Refusal? Uncovered(IReadOnlyList<Agreement> agreements, IReadOnlyList<Organisation> organisations, OrganisationId recipient, SharingDetail detail, DateOnly today)
    {
        var with = agreements.Where(a => a.RecipientId == recipient).ToList();
        if (with.Any(a => a.IsInForce(today) && a.Covers(detail)))
            return null;
        var slug = with.Any(a => a.IsInForce(today)) ? "gap.agreement-not-for-kind"
            : with.Any(a => a.State == AgreementState.Suspended && a.InForce.End >= today) ? "gap.agreement-suspended"
            : with.Any(a => a.State is AgreementState.Waiting or AgreementState.Returned && a.InForce.End >= today) ? "gap.agreement-waits"
            : "gap.no-agreement";
        return new Refusal(slug, Principle.DataProtection).MendedBy(Mender.Coordinator, MendPage.Agreements)
            .With("organisation", organisations.FirstOrDefault(o => o.Id == recipient)?.ShortName ?? "?").With("kind", detail.ToString());
    }

    private const int MostFields = 500;

    private static FieldErrors Sound(AgreementTerms terms) =>
        new FieldErrors().Text(nameof(terms.Title), terms.Title, 200).Text(nameof(terms.Purpose), terms.Purpose, 2000).Text(nameof(terms.Safeguards), terms.Safeguards, 2000)
            .Must(terms.Kinds.Count > 0 && terms.Kinds.Distinct().Count() == terms.Kinds.Count, nameof(terms.Kinds), "agreement.kinds-missing", Principle.DataProtection)
            .Must(terms.Fields.Count <= MostFields && terms.Fields.All(f => f.Length <= 100), nameof(terms.Fields), "agreement.fields-too-many", Principle.DataProtection)
            .Must(terms.InForce.Start <= terms.InForce.End, nameof(terms.InForce), "agreement.period-reversed", Principle.DataProtection)
            .Must(terms.SmallestGroup is >= 2 and <= 100, nameof(terms.SmallestGroup), "agreement.smallest-group-out-of-range", Principle.DataProtection);

    private static AgreementTerms Trimmed(AgreementTerms terms) => terms with { Title = terms.Title.Trim(), Purpose = terms.Purpose.Trim(), Safeguards = terms.Safeguards.Trim(), Kinds = [.. terms.Kinds.Order()], Fields = [.. terms.Fields.Select(f => f.Trim()).Where(f => f.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)] };

    private static void Bound(FieldErrors errors, Organisation recipient)
    {
        if (!recipient.HoldsTheSameRules)
            errors.Add(new Refusal("agreement.recipient-not-bound", Principle.Coordination).At("RecipientId").With("organisation", recipient.ShortName).MendedBy(Mender.Coordinator, MendPage.Organisations));
    }

    /// <summary>A person with the duty, never a program: the word of an organisation is given by somebody.</summary>
    private static IReadOnlyList<Refusal> Speaks(Actor actor) =>
        actor.Scope is not null || actor.Kind != ActorKind.Staff || actor.StaffId is null ? [new Refusal("agreement.by-a-person", Principle.Coordination)] : Authority.MustHoldOneOf(actor, Duties);

    private static IReadOnlyList<Refusal> MaySpeak(Actor actor, OrganisationId giver, OrganisationId recipient) =>
        Speaks(actor) is { Count: > 0 } refusals ? refusals
        : actor.OrganisationId == giver || actor.OrganisationId == recipient ? []
        : [Elsewhere("agreement.not-your-side")];

    private static Refusal Elsewhere(string slug) => new Refusal(slug, Principle.Coordination).MendedBy(Mender.Coordinator, MendPage.Agreements);

    private static AgreementAct Act(Agreement agreement, AgreementActKind kind, OrganisationId side, Actor actor, DateTimeOffset now) =>
        new(kind, agreement.Revision, agreement.Hash, side, actor.StaffId!.Value, now);
}
