using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Domain.Consent;

/// <summary>A person's consent: under which notice, given by whom, how, when, to whom, until when, and for what separately (IC-2, IC-3). The fields are those of a consent record of
/// ISO/IEC TS 27560:2023; its states are those of the Data Privacy Vocabulary.</summary>
public sealed class PersonConsent
{
    private PersonConsent() { }

    public ConsentId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public PersonId PersonId { get; private set; }
    public NoticeId NoticeId { get; private set; }
    public string NoticeHash { get; private set; } = "";

    /// <summary>The legal basis that the notice named. With another basis than consent the participation is carried by it, and the separate yeses stay the person's choice.</summary>
    public LegalBasis Basis { get; private set; }

    public string Language { get; private set; } = "";
    public ConsentGiver GivenBy { get; private set; }
    public ChildAssent Assent { get; private set; }
    public ConsentMeans Means { get; private set; }
    public ConsentWitness Witness { get; private set; }
    public ConsentInterpreter Interpreter { get; private set; }
    public DateTimeOffset GivenAt { get; private set; }

    /// <summary>When the person last said yes: given, or asked anew and renewed.</summary>
    public DateTimeOffset AgreedAt { get; private set; }

    /// <summary>Random id of the phone or staff account that received it.</summary>
    public Guid ReceivedBy { get; private set; }

    /// <summary>The separate yeses; what is not listed was not given.</summary>
    public IReadOnlyList<ConsentPart> Yeses { get; private set; } = [];

    /// <summary>Codes of the needs that the purpose stated when it was given, parted by spaces, with a space at either end.</summary>
    public string Needs { get; private set; } = "";

    /// <summary>The last day on which it holds; none when it holds as long as the data is kept.</summary>
    public DateOnly? ExpiresOn { get; private set; }

    /// <summary>As it was last written; <see cref="StateAt"/> knows what time has done to it.</summary>
    public ConsentState State { get; private set; }

    /// <summary>When its use ended: withdrawn, refused anew, or found invalid.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>What happened to it after it was given, oldest first.</summary>
    public IReadOnlyList<ConsentEvent> Events { get; private set; } = [];

    /// <summary>Keyed hash of the receipt's code, by which the person finds this consent without an account. The code itself is never kept.</summary>
    public byte[] ReceiptIndex { get; private set; } = [];

    /// <summary>The state at a moment: a given consent whose last day has passed is expired.</summary>
    public ConsentState StateAt(DateTimeOffset at) =>
        ExpiresOn is { } last && last < DateOnly.FromDateTime(at.UtcDateTime) ? ConsentStates.After(State, ConsentAct.Lapse) ?? State : State;

    /// <summary>Whether anything may be done with the data: the consent stands, or another basis carries it and nobody objected.</summary>
    public bool StandsAt(DateTimeOffset at) => ConsentStates.PermitsUse(StateAt(at)) || (Basis != LegalBasis.Consent && State == ConsentState.Unknown);

    /// <summary>Only a consent that stands permits use, and only what it says yes to by name.</summary>
    public bool Permits(ConsentPart part, DateTimeOffset at) => StandsAt(at) && Yeses.Contains(ConsentAsk.Participation) && Yeses.Contains(part);

    /// <summary>True for a need that the purpose stated when the person agreed. A new purpose needs a new yes (DP-4).</summary>
    public bool CoversNeed(string code) => Needs.Contains(' ' + code + ' ', StringComparison.Ordinal);

    /// <summary>The same, or a recorded decision says that the need is compatible with what the person was told, and they agreed before it.</summary>
    public bool Carries(string code, DateTimeOffset? compatibleBefore) => CoversNeed(code) || AgreedAt < compatibleBefore;

    public static PersonConsent Of(ConsentReceived change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, PersonId = change.PersonId, NoticeId = change.NoticeId, NoticeHash = change.NoticeHash, Basis = change.Basis, Language = change.Language,
        GivenBy = change.GivenBy, Assent = change.Assent, Means = change.Means, Witness = change.Witness, Interpreter = change.Interpreter, GivenAt = change.At, AgreedAt = change.At, ReceivedBy = change.ReceivedBy,
        Yeses = change.Yeses, Needs = change.Needs, ExpiresOn = change.ExpiresOn, State = change.State, ReceiptIndex = change.ReceiptIndex,
    };

    public void Apply(ConsentWithdrawn change)
    {
        Yeses = [.. Yeses.Where(y => !change.Parts.Any(p => p.Covers(y)))];
        if (change.Parts.Contains(ConsentAsk.Participation))
            (State, EndedAt) = (ConsentState.Withdrawn, change.At);
        Events = [.. Events, new ConsentEvent(State, change.At) { Parts = change.Parts }];
    }

    public void Apply(ConsentRenewed change)
    {
        (State, NoticeId, NoticeHash, Basis, Language, GivenBy, Assent) = (ConsentState.Renewed, change.NoticeId, change.NoticeHash, change.Basis, change.Language, change.GivenBy, change.Assent);
        (Means, Witness, Interpreter, Yeses, Needs, ExpiresOn, AgreedAt) = (change.Means, change.Witness, change.Interpreter, change.Yeses, change.Needs, change.ExpiresOn, change.At);
        Events = [.. Events, new ConsentEvent(State, change.At) { Parts = change.Yeses, NoticeHash = change.NoticeHash, By = change.By }];
    }

    public void Apply(ConsentStateChanged change)
    {
        State = change.State;
        if (ConsentStates.HasEnded(State))
            EndedAt = change.At;
        Events = [.. Events, new ConsentEvent(State, change.At) { By = change.By, Why = change.Why }];
    }
}

/// <summary>One thing that happened to a consent. <see cref="By"/> is a random id of staff; none when the person did it without an account.</summary>
public sealed record ConsentEvent(ConsentState State, DateTimeOffset At)
{
    public IReadOnlyList<ConsentPart>? Parts { get; init; }
    public string? NoticeHash { get; init; }
    public StaffId? By { get; init; }
    public InvalidBecause? Why { get; init; }
}

/// <summary>Who gave it: the person; a caregiver with the child's assent; a representative; a caregiver where it is not known whether the child was asked.</summary>
public enum ConsentGiver { Self, CaregiverWithAssent, Representative, Caregiver }

/// <summary>What the child said, where somebody else gave the consent.</summary>
public enum ChildAssent { NotStated, Given, Refused, TooYoung }

/// <summary>The medium.</summary>
public enum ConsentMeans { SpokenWithWitness, Signature, Thumbprint, Written, Spoken, Recorded, Remote }

/// <summary>Who witnessed it. A witness's name, where a form asks it, is sealed with the person's identity.</summary>
public enum ConsentWitness { None, Relative, CommunityMember, Staff, Other }

/// <summary>Who interpreted.</summary>
public enum ConsentInterpreter { None, Professional, Staff, CommunityMember, Relative, Remote, Other }

/// <summary>Why a consent was found not to be valid.</summary>
public enum InvalidBecause { NotFree, NotInformed, WrongPerson, NoCapacity, AssentMissing, NoticeWrong }

public record ConsentTerms : Change
{
    internal ConsentTerms() { }
    public NoticeId NoticeId { get; internal init; }
    public string NoticeHash { get; internal init; } = "";
    public LegalBasis Basis { get; internal init; }
    public string Language { get; internal init; } = "";
    public ConsentGiver GivenBy { get; internal init; }
    public ChildAssent Assent { get; internal init; }
    public ConsentMeans Means { get; internal init; }
    public ConsentWitness Witness { get; internal init; }
    public ConsentInterpreter Interpreter { get; internal init; }
    public IReadOnlyList<ConsentPart> Yeses { get; internal init; } = [];
    public string Needs { get; internal init; } = "";
    public DateOnly? ExpiresOn { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record ConsentReceived : ConsentTerms
{
    internal ConsentReceived() { }
    public ConsentId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public ConsentState State { get; internal init; }
    public Guid ReceivedBy { get; internal init; }
    public byte[] ReceiptIndex { get; internal init; } = [];
}

public sealed record ConsentRenewed : ConsentTerms
{
    internal ConsentRenewed() { }
    public StaffId By { get; internal init; }
}

public sealed record ConsentWithdrawn : Change
{
    internal ConsentWithdrawn() { }
    public IReadOnlyList<ConsentPart> Parts { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Asked anew, refused anew, or found invalid.</summary>
public sealed record ConsentStateChanged : Change
{
    internal ConsentStateChanged() { }
    public ConsentState State { get; internal init; }
    public InvalidBecause? Why { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}
