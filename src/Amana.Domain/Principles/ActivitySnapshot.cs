using System.Collections.Concurrent;
using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Cases;
using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Impartiality;
using Amana.Domain.Incidents;
using Amana.Domain.Participation;
using Amana.Domain.Purpose;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Domain.Vocabularies;

namespace Amana.Domain.Principles;

/// <summary>Everything that the rules look at, as it stands at one moment. Nothing in it is about a person whom data is about.</summary>
public sealed record ActivitySnapshot
{
    public required DateTimeOffset Now { get; init; }
    public required OperationLimits Limits { get; init; }
    public required Activity Activity { get; init; }
    public OverlapReview? Overlaps { get; init; }
    public PurposeStatement? Purpose { get; init; }
    public IReadOnlyList<Consultation> Consultations { get; init; } = [];
    public IReadOnlyList<ResultsReturned> ResultsReturned { get; init; } = [];
    public IReadOnlyList<Feedback> Feedback { get; init; } = [];
    public RiskAssessment? Risk { get; init; }
    public IReadOnlyList<FormVersion> Forms { get; init; } = [];

    /// <summary>The newest notice.</summary>
    public Notice? Notice { get; init; }

    public IReadOnlyList<TeamSeat> Team { get; init; } = [];
    public MethodStatement? Method { get; init; }
    public SharingPlan? SharingPlan { get; init; }
    public IReadOnlyList<Agreement> Agreements { get; init; } = [];
    public IReadOnlyList<Organisation> Organisations { get; init; } = [];

    /// <summary>What organisations ask of roles beyond the shipped profiles; those who ask nothing are not in it.</summary>
    public IReadOnlyList<OrganisationProfile> Profiles { get; init; } = [];

    /// <summary>P-codes of the operation's places, where its boundaries were brought in; none where nobody did, and no code can be looked up.</summary>
    public IReadOnlyList<string> PlaceCodes { get; init; } = [];

    /// <summary>The lists of common codes as the operation uses them (CO-3).</summary>
    public IReadOnlyList<VocabularyList> Vocabularies { get; init; } = [];

    public IReadOnlyList<Release> Releases { get; init; } = [];
    public ReferralPathway? Referral { get; init; }
    public IReadOnlyList<RightsRequest> Requests { get; init; } = [];

    /// <summary>Recipients that are to be told of a withdrawal, an objection, a correction or an erasure, and to confirm.</summary>
    public IReadOnlyList<RecipientNotice> RecipientNotices { get; init; } = [];

    public IReadOnlyList<Incident> Incidents { get; init; } = [];
    /// <summary>Figures of the activity were shown to somebody.</summary>
    public bool FiguresShown { get; init; }

    public BiasState Bias { get; init; } = BiasState.Never;
    public AccuracyState Accuracy { get; init; } = AccuracyState.None;

    /// <summary>What incidents hold still in this activity, and accounts that are held anywhere.</summary>
    public IReadOnlyList<Freeze> Freezes { get; init; } = [];

    public CollectionState Collection { get; init; } = new();

    /// <summary>Open cases of each worker who has any.</summary>
    public IReadOnlyDictionary<StaffId, int> OpenCases { get; init; } = new Dictionary<StaffId, int>();

    public SafekeepingState Safekeeping { get; init; } = new();

    /// <summary>Overrides that were asked for this activity, in force or not.</summary>
    public IReadOnlyList<Emergencies.RuleOverride> Overrides { get; init; } = [];

    /// <summary>Answers of rules on this very snapshot, where it is asked many times and nobody changes what is in it; none otherwise.</summary>
    internal KeptAnswers? Kept => _kept is { } kept && ReferenceEquals(kept.Of, this) ? kept : null;

    private KeptAnswers? _kept;

    /// <summary>The same state at another moment, whose rules are then judged once each. Only for state that is read and never changed.</summary>
    public ActivitySnapshot At(DateTimeOffset now, bool vaultReady)
    {
        var at = this with { Now = now, Safekeeping = Safekeeping with { VaultReady = vaultReady } };
        at._kept = new KeptAnswers(at); // a copy of it is another state, and is judged anew
        return at;
    }

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>What the rules judge: forms that phones may fill; else the newest draft; else, once collection is over, the forms that were filled.</summary>
    public IReadOnlyList<FormVersion> FormsInUse => Forms.Any(f => f.Accepts)
        ? [.. Forms.Where(f => f.Accepts)]
        : Forms.Any(f => f.State == FormState.Draft)
        ? [.. Forms.Where(f => f.State == FormState.Draft).OrderByDescending(f => f.UploadedAt).Take(1)]
        : [.. Forms.Where(f => f.State == FormState.Closed)];

    /// <summary>Languages in which people are spoken to: those that the activity declares, and those that a form in use offers besides.</summary>
    public IReadOnlyList<string> LanguagesSpoken => [.. Activity.Languages.Concat(FormsInUse.SelectMany(f => f.Languages)).Distinct(StringComparer.OrdinalIgnoreCase)];

    public IEnumerable<Element> Elements => FormsInUse.SelectMany(f => f.Elements);

    /// <summary>What a consent can reach when it is given now: the recipients of records that the plan names, the live services, and the needs of the purpose.</summary>
    public ConsentScope ConsentScope => new(
        [.. (SharingPlan?.Recipients ?? []).Where(r => r.Detail != SharingDetail.Figures).Select(r => r.OrganisationId).Distinct()],
        [.. (Referral?.Services ?? []).Where(r => r.Live).Select(r => r.NeedKind).Distinct(StringComparer.OrdinalIgnoreCase)],
        [.. (Purpose?.Content.Needs ?? []).Select(n => n.Code)]);

    /// <summary>What an approval of the risk assessment covers now (DNH-4). The newest draft is covered with the forms in use, so that a form can be looked at before phones have it.</summary>
    public RiskScope RiskScope() => new()
    {
        Place = Activity.Place.Code,
        Population = [.. Activity.Population.Order()],
        Recipients = [.. (SharingPlan?.Recipients ?? []).Select(r => r.OrganisationId).Distinct()],
        Questions = [.. FormsInUse.Concat(Forms.Where(f => f.State == FormState.Draft).OrderByDescending(f => f.UploadedAt).Take(1)).SelectMany(f => f.Elements).Where(e => e.IsSensitive)
            .Select(e => e.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };
}

/// <summary>Answers of rules on one snapshot.</summary>
internal sealed class KeptAnswers(ActivitySnapshot of)
{
    public ActivitySnapshot Of => of;
    public ConcurrentDictionary<Rule, RuleAnswer> ByRule { get; } = new();
}

/// <summary>A person's seat in the team, with the evidence of competencies that the seat hangs on.</summary>
public sealed record TeamSeat(TeamMember Member, StaffMember Staff, IReadOnlyList<CompetencyEvidence> Evidence)
{
    /// <summary>Active: not ended, staff still here, no declared interest, competencies current.</summary>
    public bool IsActive(DateOnly today) => Member.EndedAt is null && Staff.Active && Member.DeclaredInterest is null && Missing(today).Count == 0;

    /// <summary>Active on the day, in a role that is for the operation.</summary>
    public bool CountsFor(Operation operation, DateOnly today) => Authority.RolesFor(operation).Contains(Member.Role) && IsActive(today);

    /// <summary>What the activity's organisation asks of roles.</summary>
    public ProfilesInForce Profiles { get; init; } = ProfilesInForce.Shipped;

    /// <summary>Competencies of the role that are not evidenced as current on the day.</summary>
    public IReadOnlyList<CompetencyCode> Missing(DateOnly today) => Profiles.Missing(Member.Role, Evidence, today);

    /// <summary>The day after which the role lapses; none when something is missing on the day.</summary>
    public DateOnly? CurrentUntil(DateOnly today) => Profiles.CurrentUntil(Member.Role, Evidence, today);

    public bool IsBriefed => Member.BriefedAt is not null;

    /// <summary>Where people are sent was acknowledged as it is now: the pathway has not changed since the briefing (DNH-5).</summary>
    public bool Knows(ReferralPathway? pathway) => pathway is null || Member.BriefedAt is not { } briefed || briefed >= pathway.ChangedAt;
}

/// <summary>Counts of what collection brought, for the rules; no answers.</summary>
public sealed record CollectionState
{
    public int Records { get; init; }
    public int Refusals { get; init; }
    public int InQuarantine { get; init; }
    public int PhonesInUse { get; init; }

    /// <summary>Records accepted in the busiest of the last seven days.</summary>
    public int BusiestDay { get; init; }

    /// <summary>Withdrawn records that are not erased yet, with the time of the oldest withdrawal.</summary>
    public int WithdrawnNotErased { get; init; }

    public DateTimeOffset? OldestWithdrawal { get; init; }

    /// <summary>Records in use whose consent has lapsed by time.</summary>
    public int Lapsed { get; init; }

    /// <summary>The next day after which a consent lapses.</summary>
    public DateOnly? NextLapse { get; init; }
}

/// <summary>Where the key of all keys lies: apart from the data (or sealed by a passphrase, or kept by another engine), below the folder of the data, or elsewhere on its volume.</summary>
public enum KeyPlace { Apart, SameFolder, SameVolume }

/// <summary>The state of vault and ledger.</summary>
public sealed record SafekeepingState
{
    /// <summary>The vault can seal and open: root key present, epoch whole.</summary>
    public bool VaultReady { get; init; }

    public bool LedgerReady { get; init; }

    /// <summary>How near to the data the key of all keys lies, where nothing else seals it.</summary>
    public KeyPlace KeysBesideStore { get; init; }
    public DateTimeOffset? LastCheckpointAt { get; init; }
}
