using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>A data sharing agreement between two organisations: for which purpose, which kinds of data, with which safeguards, from when until when (SEC-8, CO-5). It is in force only
/// where both sides accepted the same revision of the terms, and no breach of trust is open. Which names of people signed a paper is not kept.</summary>
public sealed class Agreement
{
    private Agreement() { }

    public AgreementId Id { get; private set; }
    public OrganisationId GiverId { get; private set; }
    public OrganisationId RecipientId { get; private set; }
    public string Title { get; private set; } = "";
    public string Purpose { get; private set; } = "";

    /// <summary>What may be given under it. Nothing else is covered.</summary>
    public IReadOnlyList<SharingDetail> Kinds { get; private set; } = [];

    public string Safeguards { get; private set; } = "";
    public Period InForce { get; private set; } = new(DateOnly.MinValue, DateOnly.MinValue);

    /// <summary>Smallest group that a release under it may hold (k-anonymity; Samarati 2001, Sweeney 2002).</summary>
    public int SmallestGroup { get; private set; }

    /// <summary>Which wording of the terms this is, from 1. A change of terms makes the next one, and both sides accept anew.</summary>
    public int Revision { get; private set; }

    /// <summary>What both sides did, the oldest first: the record of the agreement.</summary>
    public IReadOnlyList<AgreementAct> Acts { get; private set; } = [];

    /// <summary>Terms that were replaced, with the fingerprint that was accepted or not.</summary>
    public IReadOnlyList<EarlierTerms> Earlier { get; private set; } = [];

    /// <summary>Set when trust was broken; nothing is released until both sides record it as resolved.</summary>
    public DateTimeOffset? SuspendedAt { get; private set; }

    /// <summary>Names of the questions whose answers may leave as records; where none are named, whatever the form's classification lets leave.</summary>
    public IReadOnlyList<string> Fields { get; private set; } = [];

    public AgreementTerms Terms => new(Title, Purpose, Kinds, Safeguards, InForce, SmallestGroup) { Fields = Fields };

    /// <summary>Fingerprint of the terms as they are kept now. Somebody who alters them past the rules alters it, and no acceptance fits any more.</summary>
    public string Hash => Terms.HashFor(GiverId, RecipientId);

    public bool AcceptedByBoth => HasAccepted(GiverId) && HasAccepted(RecipientId);

    public AgreementState State => SuspendedAt is not null ? AgreementState.Suspended // first: who declines the terms has not resolved the breach
        : Last(AgreementActKind.Declined) ? AgreementState.Declined
        : AcceptedByBoth ? AgreementState.Agreed
        : Last(AgreementActKind.Returned) ? AgreementState.Returned
        : AgreementState.Waiting;

    public bool IsInForce(DateOnly today) => State == AgreementState.Agreed && InForce.Contains(today);

    public bool Covers(SharingDetail kind) => Kinds.Contains(kind);

    /// <summary>Whether answers to the question may leave as records under it.</summary>
    public bool CoversField(string name) => Fields.Count == 0 || Fields.Contains(name, StringComparer.OrdinalIgnoreCase);

    public bool Involves(OrganisationId organisation) => organisation == GiverId || organisation == RecipientId;

    public OrganisationId OtherSide(OrganisationId side) => side == GiverId ? RecipientId : GiverId;

    /// <summary>Whether the side accepted exactly these terms: by a person of its own, or by a signed copy that a second person confirmed.</summary>
    public bool HasAccepted(OrganisationId side)
    {
        var hash = Hash;
        return Acts.Any(a => a.Side == side && a.Revision == Revision && a.Hash == hash && !a.OfBreach
            && a.Kind is AgreementActKind.Proposed or AgreementActKind.Accepted or AgreementActKind.CopyConfirmed);
    }

    /// <summary>Whether the side recorded the open breach as resolved.</summary>
    public bool HasResolved(OrganisationId side) => Acts.Skip(LastBreach + 1).Any(a => a.Side == side && (a.Kind == AgreementActKind.BreachResolved || (a.Kind == AgreementActKind.CopyConfirmed && a.OfBreach)));

    /// <summary>The signed copy that waits for a second person; none when there is none.</summary>
    public AgreementAct? CopyToConfirm
    {
        get
        {
            var at = Acts.Count - 1;
            while (at >= 0 && Acts[at].Kind is not (AgreementActKind.CopyEntered or AgreementActKind.CopyConfirmed or AgreementActKind.CopyRefused))
                at--;
            return at >= 0 && Acts[at] is { Kind: AgreementActKind.CopyEntered } entered && (entered.OfBreach ? SuspendedAt is not null && at > LastBreach : entered.Hash == Hash) ? entered : null;
        }
    }

    public static Agreement Of(AgreementProposed change)
    {
        var agreement = new Agreement { Id = change.Id, GiverId = change.GiverId, RecipientId = change.RecipientId };
        agreement.Take(change.Terms, 1);
        agreement.Acts = [change.Act];
        return agreement;
    }

    public void Apply(AgreementRevised change)
    {
        Earlier = [.. Earlier, new EarlierTerms(Revision, Hash, Terms)];
        Take(change.Terms, Revision + 1);
        Acts = [.. Acts, change.Act];
    }

    public void Apply(AgreementAnswered change) => Acts = [.. Acts, change.Act];

    public void Apply(SignedCopyEntered change) => Acts = [.. Acts, change.Act];

    public void Apply(SignedCopyJudged change)
    {
        Acts = [.. Acts, change.Act];
        Lift();
    }

    public void Apply(AgreementSuspended change)
    {
        Acts = [.. Acts, change.Act];
        SuspendedAt = change.Act.At;
    }

    public void Apply(BreachResolved change)
    {
        Acts = [.. Acts, change.Act];
        Lift();
    }

    private int LastBreach
    {
        get
        {
            var at = Acts.Count - 1;
            while (at >= 0 && Acts[at].Kind != AgreementActKind.BreachReported)
                at--;
            return at;
        }
    }

    private void Lift() => SuspendedAt = HasResolved(GiverId) && HasResolved(RecipientId) ? null : SuspendedAt;

    /// <summary>Whether the newest answer to the terms of today was this one; later acts about breaches say nothing of terms.</summary>
    private bool Last(AgreementActKind kind) =>
        Acts.LastOrDefault(a => a.Kind is AgreementActKind.Proposed or AgreementActKind.Accepted or AgreementActKind.Returned or AgreementActKind.Declined)?.Kind == kind;

    private void Take(AgreementTerms terms, int revision) =>
        (Title, Purpose, Kinds, Safeguards, InForce, SmallestGroup, Fields, Revision) = (terms.Title, terms.Purpose, terms.Kinds, terms.Safeguards, terms.InForce, terms.SmallestGroup, terms.Fields, revision);
}

/// <summary>Where an agreement stands between its two sides. Considered from what still waits to what ended.</summary>
public enum AgreementState { Waiting, Returned, Agreed, Suspended, Declined }

/// <summary>What is agreed. Both sides accept its fingerprint, and nothing else.</summary>
public sealed record AgreementTerms(string Title, string Purpose, IReadOnlyList<SharingDetail> Kinds, string Safeguards, Period InForce, int SmallestGroup)
{
    /// <summary>Names of the questions whose answers may leave as records; none where the form's classification alone decides.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>SHA-256 over the sides and each term in a fixed order with lengths, so that no two agreements share it.</summary>
    public string HashFor(OrganisationId giver, OrganisationId recipient)
    {
        var canonical = new StringBuilder().Append("amana-agreement-1\n").Append(CultureInfo.InvariantCulture, $"{giver.Value:N}>{recipient.Value:N}\n");
        foreach (var text in (string[])[Title, Purpose, Safeguards])
            canonical.Append(CultureInfo.InvariantCulture, $"{text.Length}:{text}\n");
        canonical.AppendJoin(' ', Kinds.Order()).Append(CultureInfo.InvariantCulture, $"\n{InForce.Start:yyyy-MM-dd}/{InForce.End:yyyy-MM-dd}\n{SmallestGroup}\n");
        foreach (var field in Fields)
            canonical.Append(CultureInfo.InvariantCulture, $"field {field.Length}:{field}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }
}

/// <summary>Terms that a later revision replaced.</summary>
public sealed record EarlierTerms(int Revision, string Hash, AgreementTerms Terms);

/// <summary>What one side did about an agreement: which revision and fingerprint of the terms, when, and by whom in this house.</summary>
/// <param name="Side">For which organisation. The person who enters a signed copy is of the other one.</param>
public sealed record AgreementAct(AgreementActKind Kind, int Revision, string Hash, OrganisationId Side, StaffId By, DateTimeOffset At)
{
    /// <summary>Why: of what is returned, declined, broken, or resolved.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What was signed outside this house.</summary>
    public SignedCopy? Copy { get; init; }

    /// <summary>It is about a breach of trust and not about the terms.</summary>
    public bool OfBreach { get; init; }
}

/// <summary>Considered in the order in which they mostly come.</summary>
public enum AgreementActKind { Proposed, Accepted, Returned, Declined, CopyEntered, CopyConfirmed, CopyRefused, BreachReported, BreachResolved }

/// <summary>A paper that an organisation without an account here signed: by which function (the name stands on the paper), when, and where the paper is found.</summary>
public sealed record SignedCopy(string SignedBy, DateOnly SignedOn, string Reference);

/// <summary>A change of an agreement: each is somebody's act, for a side.</summary>
public abstract record AgreementChange : Change
{
    private protected AgreementChange() { }
    public AgreementAct Act { get; internal init; } = null!;
}

/// <summary>Terms put to the other side; proposing is accepting for one's own.</summary>
public sealed record AgreementProposed : AgreementChange
{
    internal AgreementProposed() { }
    public AgreementId Id { get; internal init; }
    public OrganisationId GiverId { get; internal init; }
    public OrganisationId RecipientId { get; internal init; }
    public AgreementTerms Terms { get; internal init; } = null!;
}

public sealed record AgreementRevised : AgreementChange
{
    internal AgreementRevised() { }
    public AgreementTerms Terms { get; internal init; } = null!;
}

/// <summary>Accepted, returned for change, or declined.</summary>
public sealed record AgreementAnswered : AgreementChange
{
    internal AgreementAnswered() { }
}

public sealed record SignedCopyEntered : AgreementChange
{
    internal SignedCopyEntered() { }
}

public sealed record SignedCopyJudged : AgreementChange
{
    internal SignedCopyJudged() { }
}

public sealed record AgreementSuspended : AgreementChange
{
    internal AgreementSuspended() { }
}

public sealed record BreachResolved : AgreementChange
{
    internal BreachResolved() { }
}

public sealed record ProposeAgreement(AgreementId Id, OrganisationId GiverId, OrganisationId RecipientId, AgreementTerms Terms);
