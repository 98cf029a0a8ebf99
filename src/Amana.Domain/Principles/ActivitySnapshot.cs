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
using Amana.Domain.Rights;
using Amana.Domain.Risk;
using Amana.Domain.Sharing;

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
    public IReadOnlyList<Release> Releases { get; init; } = [];
    public ReferralPathway? Referral { get; init; }
    public IReadOnlyList<RightsRequest> Requests { get; init; } = [];

    /// <summary>Recipients that are to be told of a withdrawal, an objection, a correction or an erasure, and to confirm.</summary>
    public IReadOnlyList<RecipientNotice> RecipientNotices { get; init; } = [];

    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>What incidents hold still in this activity, and accounts that are held anywhere.</summary>
    public IReadOnlyList<Freeze> Freezes { get; init; } = [];

    public CollectionState Collection { get; init; } = new();
    public SafekeepingState Safekeeping { get; init; } = new();

    /// <summary>Overrides that were asked for this activity, in force or not.</summary>
    public IReadOnlyList<Emergencies.RuleOverride> Overrides { get; init; } = [];

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>What the rules judge: forms that phones may fill; else the newest draft; else, once collection is over, the forms that were filled.</summary>
    public IReadOnlyList<FormVersion> FormsInUse => Forms.Any(f => f.Accepts)
        ? [.. Forms.Where(f => f.Accepts)]
        : Forms.Any(f => f.State == FormState.Draft)
        ? [.. Forms.Where(f => f.State == FormState.Draft).OrderByDescending(f => f.UploadedAt).Take(1)]
        : [.. Forms.Where(f => f.State == FormState.Closed)];

    public IEnumerable<Element> Elements => FormsInUse.SelectMany(f => f.Elements);

    /// <summary>What a consent can reach when it is given now: the recipients of records that the plan names, the live services, and the needs of the purpose.</summary>
    public ConsentScope ConsentScope => new(
        [.. (SharingPlan?.Recipients ?? []).Where(r => r.Detail != SharingDetail.Figures).Select(r => r.OrganisationId).Distinct()],
        [.. (Referral?.Services ?? []).Where(r => r.Live).Select(r => r.NeedKind).Distinct(StringComparer.OrdinalIgnoreCase)],
        [.. (Purpose?.Content.Needs ?? []).Select(n => n.Code)]);

    /// <summary>What a reopening of the risk assessment hangs on (DNH-4): place, population, recipients, sensitive questions.</summary>
    public string RiskFingerprint()
    {
        var parts = new List<string> { Activity.Place.Code };
        parts.AddRange(Activity.Population.Order().Select(p => p.ToString()));
        parts.AddRange((SharingPlan?.Recipients ?? []).Select(r => r.OrganisationId.Value.ToString("N")).Order(StringComparer.Ordinal));
        parts.AddRange(Elements.Where(e => e.Sensitivity is Sensitivity.Sensitive or Sensitivity.Identifier || e.Special is not null).Select(e => e.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }
}

/// <summary>A person's seat in the team, with the evidence of competencies that the seat hangs on.</summary>
public sealed record TeamSeat(TeamMember Member, StaffMember Staff, IReadOnlyList<CompetencyEvidence> Evidence)
{
    /// <summary>Active: not ended, staff still here, no declared interest, competencies current.</summary>
    public bool IsActive(DateOnly today) => Member.EndedAt is null && Staff.Active && Member.DeclaredInterest is null && RoleProfiles.Missing(Member.Role, Evidence, today).Count == 0;

    public bool IsBriefed => Member.BriefedAt is not null;
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

/// <summary>The state of vault and ledger.</summary>
public sealed record SafekeepingState
{
    /// <summary>The vault can seal and open: root key present, epoch whole.</summary>
    public bool VaultReady { get; init; }

    public bool LedgerReady { get; init; }
    public long LedgerEntries { get; init; }
    public DateTimeOffset? LastCheckpointAt { get; init; }
}
