using Amana.Domain.Accounts;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Incidents;
using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>Who asks. Duties come from the house, seats from the activity's team; a phone acts for the staff member who holds it.</summary>
public sealed record Actor(ActorKind Kind, StaffId? StaffId, OrganisationId? OrganisationId, IReadOnlyList<Duty> Duties)
{
    /// <summary>What a token that they act by allows, at most; none where they act themselves.</summary>
    public TokenScope? Scope { get; init; }

    /// <summary>The house itself: scheduled disposal, the demo's seeding.</summary>
    public static Actor House { get; } = new(ActorKind.House, null, null, []);

    /// <summary>A person with the code of a receipt.</summary>
    public static Actor PersonWithReceipt { get; } = new(ActorKind.Person, null, null, []);

    public bool Has(Duty duty) => Duties.Contains(duty);
}

public enum ActorKind { Staff, Phone, Person, House }

/// <summary>What is asked of the gate: who, which operation, citing which need of the activity's purpose, on whose data.</summary>
/// <param name="NeedCode">The information need cited (DP-4); required for opening, analysing, linking and releasing.</param>
/// <param name="Consent">The consent of the person concerned, where one record is touched.</param>
public sealed record GateRequest(Actor Actor, Operation Operation, string? NeedCode = null, PersonConsent? Consent = null)
{
    /// <summary>Whom the record goes to: the recipient of a release, or the kind of service of a referral, as the consent names them. Nobody named is nobody agreed to.</summary>
    public ConsentPart? To { get; init; }

    /// <summary>The form by which is collected, where it is known.</summary>
    public FormVersionId? Form { get; init; }

    /// <summary>The organisation to which data or a person goes, where it is known.</summary>
    public OrganisationId? Recipient { get; init; }

    /// <summary>Random id of the record or thing concerned, where one is.</summary>
    public Guid? Subject { get; init; }
}

/// <summary>A person handed over to a service: to which organisation, with which yes, and what the reader there is known to be competent in.</summary>
public sealed record Handover(OrganisationId Receiver, PersonConsent Consent, ConsentPart To, Guid Subject, IReadOnlyList<Domain.Competency.CompetencyEvidence> Evidence);

/// <summary>The gate's answer, rule by rule; it goes into the ledger with the effect.</summary>
public sealed record GateAnswer(bool Allowed, IReadOnlyList<Refusal> Refusals, IReadOnlyList<RuleAnswer> Rules)
{
    /// <summary>Rules that are not met and give way by an override in force.</summary>
    public IReadOnlyList<string> Overridden { get; internal init; } = [];

    /// <summary>Answered under this version of the catalogue.</summary>
    public string CatalogueVersion => Rule.CatalogueVersion;
}

/// <summary>The one door. Pure: it reads nothing but what it is given, denies by default, and a forbid wins.</summary>
public static class Gate
{
    /// <summary>May the activity enter the step? Every rule that gates it must hold; a gap counts as not met.</summary>
    public static GateAnswer MayEnter(ActivitySnapshot activity, PimStep step)
    {
        var answers = Catalogue.Rules.Where(r => r.Gates.Contains(step)).Select(r => r.Evaluate(activity)).ToList();
        return Answer(answers, []);
    }

    /// <summary>May the actor do this now? Erasing is never blocked by a rule, only by who asks.</summary>
    public static GateAnswer Decide(ActivitySnapshot activity, GateRequest request)
    {
        var refusals = new List<Refusal>();
        refusals.AddRange(StepAllows(activity, request.Operation));
        refusals.AddRange(Authority.Of(activity, request));
        if (request.Operation == Operation.Erase)
            return Answer([], refusals);
        if (FreezeRules.Holding(activity.Freezes, request.Operation, activity.Activity.Id, request.Actor.StaffId, request.Consent?.PersonId, request.Subject) is { } freeze)
            refusals.Add(IsFrozen(freeze));
        refusals.AddRange(PurposeCited(activity, request));
        refusals.AddRange(ConsentPermits(activity, request));
        var answers = Guarding(activity, request);
        return Answer(answers, refusals, Overridable.Now(activity, request.Operation, answers));
    }

    /// <summary>May this person open one record at once because of danger to life? Any member of the team who is still here, and the data protection focal point, whatever
    /// their role and competencies; the purpose need not be cited, and rules that can give way do. A withdrawn consent, the vault and the ledger do not.</summary>
    public static GateAnswer InEmergency(ActivitySnapshot activity, Actor actor, PersonConsent consent)
    {
        List<Refusal> refusals = [.. StepAllows(activity, Operation.Open), .. Authority.InEmergency(activity, actor), .. ConsentPermits(activity, new GateRequest(actor, Operation.Open, null, consent))];
        // An account that is held opens nothing in an emergency either; somebody else of the team can.
        if (activity.Freezes.FirstOrDefault(f => f.Holds && f.Kind == FreezeKind.Account && f.Subject == actor.StaffId?.Value) is { } freeze)
            refusals.Add(IsFrozen(freeze));
        var answers = Guarding(activity, new GateRequest(actor, Operation.Open, null, consent));
        return Answer(answers, refusals, [.. answers.Where(a => !a.Holds && Overridable.Is(a.Rule)).Select(a => a.Rule.Id)]);
    }

    /// <summary>May staff of the organisation that a person was referred to read what was handed over? Its own people alone, competent for case work there; the person's yes to that service and every rule
    /// that guards referring are asked anew at each reading.</summary>
    public static GateAnswer MayTakeOver(ActivitySnapshot activity, Actor actor, Handover handover)
    {
        var request = new GateRequest(actor, Operation.Refer, null, handover.Consent) { To = handover.To, Recipient = handover.Receiver, Subject = handover.Subject };
        List<Refusal> refusals = [.. StepAllows(activity, Operation.Refer), .. Authority.MayTakeOver(activity, actor, handover)];
        if (FreezeRules.Holding(activity.Freezes, Operation.Refer, activity.Activity.Id, actor.StaffId, handover.Consent.PersonId, handover.Subject) is { } freeze)
            refusals.Add(IsFrozen(freeze));
        refusals.AddRange(ConsentPermits(activity, request));
        var answers = Guarding(activity, request);
        return Answer(answers, refusals, Overridable.Now(activity, Operation.Refer, answers));
    }

    /// <summary>The rules alone, for a page that tells whether an operation is held up for everybody, and for a second person who decides on what others will do.</summary>
    public static GateAnswer Stands(ActivitySnapshot activity, Operation operation, OrganisationId? recipient = null)
    {
        var answers = Guarding(activity, new GateRequest(Actor.House, operation) { Recipient = recipient });
        return Answer(answers, [.. StepAllows(activity, operation)], Overridable.Now(activity, operation, answers));
    }

    private static List<RuleAnswer> Guarding(ActivitySnapshot activity, GateRequest request) =>
        [.. Catalogue.Rules.Where(r => r.Guards.Contains(request.Operation)).Select(r => r.Judge(activity, request))];

    private static Refusal IsFrozen(Freeze freeze) =>
        new Refusal("gate.frozen", Principle.DataProtection).With("rule", "SEC-7").With("frozen", freeze.Kind.ToString()).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Incidents);

    private static GateAnswer Answer(IReadOnlyList<RuleAnswer> answers, IReadOnlyList<Refusal> refusals, IReadOnlyList<string>? overridden = null)
    {
        List<Refusal> all = [.. refusals, .. answers.Where(a => !a.Holds && overridden?.Contains(a.Rule.Id, StringComparer.Ordinal) != true).SelectMany(a => a.Gaps)];
        return new GateAnswer(all.Count == 0, all, answers) { Overridden = overridden ?? [] };
    }

    private static IEnumerable<Refusal> StepAllows(ActivitySnapshot s, Operation operation)
    {
        var step = s.Activity.Step;
        var allowed = operation switch
        {
            Operation.Erase => true,
            Operation.Collect => step == PimStep.Implement,
            _ => step is PimStep.Implement or PimStep.Evaluate,
        };
        if (allowed)
            yield break;
        yield return step == PimStep.Closed
            ? new Refusal("activity.closed", Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Activity)
            : new Refusal(operation == Operation.Collect ? "activity.not-collecting" : "activity.not-running", Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Rules);
    }

    /// <summary>DP-4: opening, analysing, linking and releasing cite one of the activity's needs; any other use is outside the purpose.</summary>
    private static IEnumerable<Refusal> PurposeCited(ActivitySnapshot s, GateRequest request)
    {
        if (request.Operation is not (Operation.Open or Operation.Analyse or Operation.Link or Operation.Release))
            yield break;
        if (string.IsNullOrWhiteSpace(request.NeedCode))
            yield return new Refusal("purpose.not-cited", Principle.DefinedPurpose).With("rule", "DP-4").At("NeedCode").MendedBy(Mender.You, MendPage.Purpose);
        else if (s.Purpose is null || !s.Purpose.Content.Needs.Any(n => n.Code == request.NeedCode))
            yield return new Refusal("purpose.outside", Principle.DefinedPurpose).With("rule", "DP-4").At("NeedCode").MendedBy(Mender.ActivityLead, MendPage.Purpose);
    }

    /// <summary>IC-2 and IC-5: a record is touched only while its consent stands, and leaves only with a yes to sharing.</summary>
    private static IEnumerable<Refusal> ConsentPermits(ActivitySnapshot s, GateRequest request)
    {
        if (request.Consent is not { } consent)
            yield break;
        if (!consent.StandsAt(s.Now))
            yield return Ended(consent.StateAt(s.Now));
        else if (request.Operation == Operation.Release && !Agreed(consent, request, ConsentAsk.Sharing, s.Now))
            yield return new Refusal("consent.sharing-not-given", Principle.InformedConsent).With("rule", "IC-3");
        else if (request.Operation == Operation.Refer && !Agreed(consent, request, ConsentAsk.Referral, s.Now))
            yield return new Refusal("consent.referral-not-given", Principle.InformedConsent).With("rule", "IC-3");
        else if (consent.ActivityId != s.Activity.Id)
            yield return new Refusal("consent.for-another-activity", Principle.InformedConsent).With("rule", "IC-2");
        else if (request is { NeedCode: { } need, Operation: Operation.Open or Operation.Analyse or Operation.Link or Operation.Release } && !consent.Carries(need, s.Purpose?.CompatibleBefore(need, s.Today)))
            yield return new Refusal("consent.for-an-older-purpose", Principle.InformedConsent).With("rule", "DP-4").With("need", need).MendedBy(Mender.ProtectionOfficer, MendPage.Consents);
    }

    private static bool Agreed(PersonConsent consent, GateRequest request, ConsentAsk ask, DateTimeOffset now) =>
        request.To is { To: not null } to && to.Ask == ask && consent.Permits(to, now);

    private static Refusal Ended(ConsentState state) => state switch
    {
        ConsentState.Withdrawn => new Refusal("consent.withdrawn", Principle.InformedConsent).With("rule", "IC-5"),
        ConsentState.Expired => new Refusal("consent.expired", Principle.InformedConsent).With("rule", "IC-2").MendedBy(Mender.ProtectionOfficer, MendPage.Consents),
        _ => new Refusal("consent.does-not-stand", Principle.InformedConsent).With("rule", "IC-2").With("consent", state.ToString()).MendedBy(Mender.ProtectionOfficer, MendPage.Consents),
    };
}
