using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Consent;

/// <summary>What a submission, or a person on the phone, says about consent.</summary>
public sealed record StatedConsent(IReadOnlyList<ConsentPart> Yeses, bool Refused, string? Language, ConsentGiver GivenBy, ConsentMeans Means)
{
    /// <summary>Recipients and services that were asked for by name and not agreed to.</summary>
    public IReadOnlyList<ConsentPart> Noes { get; init; } = [];

    public ChildAssent Assent { get; init; }
    public ConsentWitness Witness { get; init; }
    public ConsentInterpreter Interpreter { get; init; }
}

/// <summary>What the door knows when a consent arrives.</summary>
public sealed record ReceiveConsent(ConsentId Id, PersonId PersonId, string FallbackLanguage, Guid ReceivedBy, byte[] ReceiptIndex)
{
    /// <summary>What the consent can reach now.</summary>
    public ConsentScope Scope { get; init; } = ConsentScope.None;
}

public static partial class ConsentRules
{
    private static readonly HashSet<string> CaregiverWords = new(StringComparer.OrdinalIgnoreCase) { "caregiver", "guardian", "parent", "mother", "father", "tuteur", "tutor" };

    private static readonly HashSet<string> SelfWords = new(StringComparer.OrdinalIgnoreCase) { "self", "person", "respondent", "adult", "me" };

    /// <summary>Reads the separate yeses from the answers by element path. A form that asks no participation states no consent. A child's no is a no, whoever says yes for the child.</summary>
    public static StatedConsent Read(FormVersion form, IReadOnlyDictionary<string, string> answers)
    {
        string? Answer(ElementRole role) => form.WithRole(role) is { } e && answers.TryGetValue(e.Path, out var a) && a.Trim().Length > 0 ? a.Trim() : null;
        List<ConsentPart> yeses = [], noes = [];
        foreach (var element in form.Elements.Where(e => e.Ask is not null))
            Hear(element, answers.GetValueOrDefault(element.Path), yeses, noes);
        var asked = form.Elements.Any(e => e.Ask == ConsentAsk.Participation);
        var assent = AssentOf(Answer(ElementRole.ChildAssent));
        var giver = GiverOf(Answer(ElementRole.ConsentGivenBy), assent);
        return new StatedConsent([.. yeses.Distinct()], asked && (!yeses.Contains(ConsentAsk.Participation) || assent == ChildAssent.Refused), Answer(ElementRole.NoticeLanguage), giver,
            Coded(Answer(ElementRole.ConsentMeans), ConsentMeans.Spoken, ConsentMeans.Spoken))
        {
            Noes = [.. noes.Distinct()], Assent = giver == ConsentGiver.CaregiverWithAssent && assent == ChildAssent.NotStated ? ChildAssent.Given : assent,
            Witness = Coded(Answer(ElementRole.ConsentWitness), ConsentWitness.None, ConsentWitness.Other),
            Interpreter = Coded(Answer(ElementRole.ConsentInterpreter), ConsentInterpreter.None, ConsentInterpreter.Other),
        };
    }

    /// <summary>Receives a stated consent. Refused without a yes to participation when consent is the legal basis (IC-2), and where a child said no.</summary>
    public static Decision<ConsentReceived> Receive(ReceiveConsent command, StatedConsent stated, Notice notice, DateTimeOffset now)
    {
        if (NotAgreed(stated, notice) is { } refusal)
            return refusal;
        var agreed = stated.Yeses.Contains(ConsentAsk.Participation) && stated.Assent != ChildAssent.Refused;
        return new ConsentReceived
        {
            Id = command.Id, ActivityId = notice.ActivityId, PersonId = command.PersonId, NoticeId = notice.Id, NoticeHash = notice.Hash, Basis = notice.Content.Basis,
            Language = stated.Language ?? command.FallbackLanguage, GivenBy = stated.GivenBy, Assent = stated.Assent, Means = stated.Means, Witness = stated.Witness, Interpreter = stated.Interpreter,
            At = now, ReceivedBy = command.ReceivedBy, State = agreed ? ConsentState.Given : ConsentState.Unknown,
            Yeses = YesesOf(command.Scope, stated, agreed), Needs = NeedsOf(command.Scope), ExpiresOn = LastDay(notice, now), ReceiptIndex = command.ReceiptIndex,
        };
    }

    /// <summary>Writes down a consent that was asked anew, for the notice, the recipients and the purpose as they are now. A person who withdrew or said no is not asked again this way.</summary>
    public static Decision<ConsentRenewed> Renew(PersonConsent consent, StatedConsent stated, Notice notice, ConsentScope scope, StaffId by, DateTimeOffset now)
    {
        if (ConsentStates.After(consent.StateAt(now), ConsentAct.Renew) is null)
            return NoPlace(consent.StateAt(now));
        if (NotAgreed(stated, notice) is { } refusal)
            return refusal;
        return new ConsentRenewed
        {
            NoticeId = notice.Id, NoticeHash = notice.Hash, Basis = notice.Content.Basis, Language = stated.Language ?? consent.Language, GivenBy = stated.GivenBy, Assent = stated.Assent,
            Means = stated.Means, Witness = stated.Witness, Interpreter = stated.Interpreter, Yeses = YesesOf(scope, stated, stated.Yeses.Contains(ConsentAsk.Participation)), Needs = NeedsOf(scope), ExpiresOn = LastDay(notice, now), By = by, At = now,
        };
    }

    /// <summary>Notes that a lapsed consent is being asked for anew. A consent that stands is renewed without that.</summary>
    public static Decision<ConsentStateChanged> Request(PersonConsent consent, StaffId by, DateTimeOffset now) => Change(consent, ConsentAct.Request, null, by, now);

    /// <summary>Notes that the person, asked anew, said no.</summary>
    public static Decision<ConsentStateChanged> Refuse(PersonConsent consent, StaffId by, DateTimeOffset now) => Change(consent, ConsentAct.Refuse, null, by, now);

    /// <summary>Ends a consent that was no free and informed yes.</summary>
    public static Decision<ConsentStateChanged> Invalidate(PersonConsent consent, InvalidBecause why, StaffId by, DateTimeOffset now) => Change(consent, ConsentAct.Invalidate, why, by, now);

    /// <summary>Withdraws parts at any time; withdrawing participation withdraws all (IC-5). Never blocked by a rule.</summary>
    public static Decision<ConsentWithdrawn> Withdraw(PersonConsent consent, IReadOnlyList<ConsentPart> parts, DateTimeOffset now)
    {
        if (ConsentStates.After(consent.State, ConsentAct.Withdraw) is null)
            return new Refusal("consent.already-withdrawn", Principle.InformedConsent);
        return new ConsentWithdrawn { Parts = parts.Contains(ConsentAsk.Participation) ? [.. Enum.GetValues<ConsentAsk>().Select(a => (ConsentPart)a)] : parts, At = now };
    }

    private static Decision<ConsentStateChanged> Change(PersonConsent consent, ConsentAct act, InvalidBecause? why, StaffId by, DateTimeOffset now) =>
        ConsentStates.After(consent.StateAt(now), act) is { } state ? new ConsentStateChanged { State = state, Why = why, By = by, At = now } : NoPlace(consent.StateAt(now));

    private static Refusal NoPlace(ConsentState state) => new Refusal("consent.state-forbids", Principle.InformedConsent).With("consent", state.ToString());

    private static Refusal? NotAgreed(StatedConsent stated, Notice notice) =>
        notice.Content.Basis != LegalBasis.Consent ? null
        : stated.Assent == ChildAssent.Refused ? new Refusal("consent.child-said-no", Principle.InformedConsent)
        : !stated.Yeses.Contains(ConsentAsk.Participation) ? new Refusal("consent.not-given", Principle.InformedConsent)
        : null;

    // Another declared basis carries the participation; the rest stays the person's choice.
    private static ConsentPart[] YesesOf(ConsentScope scope, StatedConsent stated, bool agreed) =>
        [.. scope.Named(agreed ? stated.Yeses : [ConsentAsk.Participation, .. stated.Yeses], stated.Noes)];

    private static string NeedsOf(ConsentScope scope) => scope.Needs.Count == 0 ? "" : ' ' + string.Join(' ', scope.Needs) + ' ';

    private static DateOnly? LastDay(Notice notice, DateTimeOffset now) =>
        notice.Content is { Basis: LegalBasis.Consent, ValidMonths: { } months } ? DateOnly.FromDateTime(now.UtcDateTime).AddMonths(months) : null;

    /// <summary>A question with yes and no asks for what it names, or for all that are named when it names none; a choice of several asks for each choice on its own.</summary>
    private static void Hear(Element element, string? answer, List<ConsentPart> yeses, List<ConsentPart> noes)
    {
        var ask = element.Ask!.Value;
        if (element.Type == "select_multiple" && ask == ConsentAsk.Referral && element.AskFor is null)
        {
            var chosen = (answer ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var choice in element.Choices)
                (chosen.Contains(choice.Code) ? yeses : noes).Add(ConsentPart.ReferralTo(choice.Code));
            return;
        }

        var part = element.AskFor is { } to ? new ConsentPart(ask, ConsentPart.Folded(to)) : new ConsentPart(ask);
        if (IsYes(answer))
            yeses.Add(part);
        else if (part.To is not null)
            noes.Add(part);
    }

    /// <summary>What a question asks about, by name: one recipient or service, each service of a choice of several, or all that are named.</summary>
    public static IEnumerable<ConsentPart> PartsAsked(Element element) => element switch
    {
        { Ask: null } => [],
        { Ask: ConsentAsk.Referral, AskFor: null, Type: "select_multiple" } => element.Choices.Select(c => ConsentPart.ReferralTo(c.Code)),
        { AskFor: { } to } => [new ConsentPart(element.Ask.Value, ConsentPart.Folded(to))],
        _ => [element.Ask.Value],
    };

    /// <summary>A form on which a caregiver may give consent, and no question for what the child says.</summary>
    public static bool LetsCaregiversSpeakUnasked(FormVersion form) =>
        form.Elements.Any(e => e.Role == ElementRole.ConsentGivenBy && e.Choices.Any(c => CaregiverWords.Contains(c.Code))) && form.WithRole(ElementRole.ChildAssent) is null;

    private static ChildAssent AssentOf(string? answer) =>
        answer is null ? ChildAssent.NotStated
        : IsYes(answer) || string.Equals(answer, "given", StringComparison.OrdinalIgnoreCase) ? ChildAssent.Given
        : answer.Contains("young", StringComparison.OrdinalIgnoreCase) || answer.Contains("not_applicable", StringComparison.OrdinalIgnoreCase) ? ChildAssent.TooYoung
        : ChildAssent.Refused;

    // Whoever is not the person and no caregiver speaks for the person.
    private static ConsentGiver GiverOf(string? answer, ChildAssent assent) =>
        answer is null || SelfWords.Contains(answer) ? ConsentGiver.Self
        : CaregiverWords.Contains(answer) ? assent == ChildAssent.Given ? ConsentGiver.CaregiverWithAssent : ConsentGiver.Caregiver
        : Coded(answer, ConsentGiver.Self, ConsentGiver.Representative);

    private static T Coded<T>(string? answer, T none, T other) where T : struct, Enum =>
        answer is null || string.Equals(answer, "no", StringComparison.OrdinalIgnoreCase) ? none
        : Enum.TryParse<T>(answer.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : other;
}
