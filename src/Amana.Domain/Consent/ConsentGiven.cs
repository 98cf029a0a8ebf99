using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Domain.Consent;

/// <summary>A person's consent: under which notice, given by whom, how, when, to whom, and for what separately (IC-2, IC-3). Field names follow ISO/IEC TS 27560:2023 where they agree.</summary>
public sealed class PersonConsent
{
    private PersonConsent() { }

    public ConsentId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public PersonId PersonId { get; private set; }
    public NoticeId NoticeId { get; private set; }
    public string NoticeHash { get; private set; } = "";
    public string Language { get; private set; } = "";
    public ConsentGiver GivenBy { get; private set; }
    public ConsentMeans Means { get; private set; }
    public DateTimeOffset GivenAt { get; private set; }

    /// <summary>Random id of the phone or staff account that received it.</summary>
    public Guid ReceivedBy { get; private set; }

    /// <summary>The separate yeses; what is not listed was not given.</summary>
    public IReadOnlyList<ConsentAsk> Yeses { get; private set; } = [];

    public ConsentState State { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Keyed hash of the receipt's code, by which the person finds this consent without an account. The code itself is never kept.</summary>
    public byte[] ReceiptIndex { get; private set; } = [];

    /// <summary>Only a given consent permits use.</summary>
    public bool Permits(ConsentAsk ask) => State == ConsentState.Given && Yeses.Contains(ConsentAsk.Participation) && Yeses.Contains(ask);

    public static PersonConsent Of(ConsentReceived change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, PersonId = change.PersonId, NoticeId = change.NoticeId, NoticeHash = change.NoticeHash, Language = change.Language,
        GivenBy = change.GivenBy, Means = change.Means, GivenAt = change.At, ReceivedBy = change.ReceivedBy, Yeses = change.Yeses, State = ConsentState.Given,
        ReceiptIndex = change.ReceiptIndex,
    };

    public void Apply(ConsentWithdrawn change)
    {
        Yeses = [.. Yeses.Except(change.Parts)];
        if (change.Parts.Contains(ConsentAsk.Participation))
            (State, WithdrawnAt) = (ConsentState.Withdrawn, change.At);
    }
}

public enum ConsentState { Given, Withdrawn }

/// <summary>Who gave it: the person; a caregiver with the child's assent; a representative.</summary>
public enum ConsentGiver { Self, CaregiverWithAssent, Representative }

public enum ConsentMeans { SpokenWithWitness, Signature, Thumbprint, Written, Spoken }

public sealed record ConsentReceived : Change
{
    internal ConsentReceived() { }
    public ConsentId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public NoticeId NoticeId { get; internal init; }
    public string NoticeHash { get; internal init; } = "";
    public string Language { get; internal init; } = "";
    public ConsentGiver GivenBy { get; internal init; }
    public ConsentMeans Means { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public Guid ReceivedBy { get; internal init; }
    public IReadOnlyList<ConsentAsk> Yeses { get; internal init; } = [];
    public byte[] ReceiptIndex { get; internal init; } = [];
}

public sealed record ConsentWithdrawn : Change
{
    internal ConsentWithdrawn() { }
    public IReadOnlyList<ConsentAsk> Parts { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}
