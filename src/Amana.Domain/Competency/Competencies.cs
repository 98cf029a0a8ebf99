using Amana.Domain.Shared;

namespace Amana.Domain.Competency;

/// <summary>The four headline areas of the PIM core competencies, each with the competencies this product tells apart: knowledge, skills and attitudes (areas and kinds: pim.guide, PIM Core
/// Competencies; the finer list is this product's own, shipped as the vocabulary <c>pim-competencies</c>).</summary>
public enum CompetencyCode
{
    /// <summary>A: protection norms and standards.</summary>
    ProtectionNorms, ProtectionAnalysis, CommunityBasedProtection, SafeIdentificationAndReferral, Accountability,

    /// <summary>B: data and information management.</summary>
    DataLiteracy, QuestionnaireAndSampling, DataProtectionAndResponsibility, AnalysisAndDisclosureControl, InformationSystems, ConfidentialityMinded,

    /// <summary>C: collaboration.</summary>
    CollaborationAndCoordination, ConsensusBuilding, CapacityStrengthening, CulturalSensitivity,

    /// <summary>D: critical assessment and communication.</summary>
    CriticalAppraisal, Interviewing, CommunicationAndReporting, ImpartialAttitude,
}

/// <summary>The areas of the PIM core competencies, in their source's order.</summary>
public enum CompetencyArea { ProtectionNormsAndStandards, DataAndInformationManagement, Collaboration, CriticalAssessmentAndCommunication }

/// <summary>The three kinds of the PIM core competencies.</summary>
public enum CompetencyKind { Knowledge, Skill, Attitude }

/// <summary>1 aware, 2 practises with support, 3 independent, 4 leads and trains.</summary>
public enum CompetencyLevel { Aware = 1, Supported = 2, Independent = 3, Leads = 4 }

/// <summary>Evidence that a person has a competency: what shows it, who assessed it, until when it counts.</summary>
public sealed class CompetencyEvidence
{
    private CompetencyEvidence() { }

    public EvidenceId Id { get; private set; }
    public StaffId StaffId { get; private set; }
    public CompetencyCode Competency { get; private set; }
    public CompetencyLevel Level { get; private set; }

    /// <summary>The course, exam or observation.</summary>
    public string Evidence { get; private set; } = "";

    public DateOnly ObtainedOn { get; private set; }
    public DateOnly ExpiresOn { get; private set; }
    public StaffId AssessedBy { get; private set; }

    public bool IsCurrent(DateOnly today) => ObtainedOn <= today && today <= ExpiresOn;

    public static CompetencyEvidence Of(CompetencyEvidenced change) => new()
    {
        Id = change.Id, StaffId = change.StaffId, Competency = change.Competency, Level = change.Level, Evidence = change.Evidence, ObtainedOn = change.ObtainedOn,
        ExpiresOn = change.ExpiresOn, AssessedBy = change.AssessedBy,
    };
}

public sealed record CompetencyEvidenced : Change
{
    internal CompetencyEvidenced() { }
    public EvidenceId Id { get; internal init; }
    public StaffId StaffId { get; internal init; }
    public CompetencyCode Competency { get; internal init; }
    public CompetencyLevel Level { get; internal init; }
    public string Evidence { get; internal init; } = "";
    public DateOnly ObtainedOn { get; internal init; }
    public DateOnly ExpiresOn { get; internal init; }
    public StaffId AssessedBy { get; internal init; }
}

public sealed record EvidenceCompetency(
    EvidenceId Id, StaffId StaffId, CompetencyCode Competency, CompetencyLevel Level, string Evidence, DateOnly ObtainedOn, DateOnly ExpiresOn);

/// <summary>A role on an activity.</summary>
public enum TeamRole { ProtectionOfficer, InformationManagementOfficer, CaseWorker, Enumerator, Coordinator, FocalPoint }

/// <summary>To which area a competency belongs, and whether it is knowledge, a skill or an attitude.</summary>
public static class CoreCompetencies
{
    public static CompetencyArea AreaOf(CompetencyCode code) => code switch
    {
        <= CompetencyCode.Accountability => CompetencyArea.ProtectionNormsAndStandards,
        <= CompetencyCode.ConfidentialityMinded => CompetencyArea.DataAndInformationManagement,
        <= CompetencyCode.CulturalSensitivity => CompetencyArea.Collaboration,
        _ => CompetencyArea.CriticalAssessmentAndCommunication,
    };

    public static CompetencyKind KindOf(CompetencyCode code) => code switch
    {
        CompetencyCode.Accountability or CompetencyCode.ConfidentialityMinded or CompetencyCode.CulturalSensitivity or CompetencyCode.ImpartialAttitude => CompetencyKind.Attitude,
        CompetencyCode.ProtectionNorms or CompetencyCode.CommunityBasedProtection or CompetencyCode.DataLiteracy or CompetencyCode.DataProtectionAndResponsibility => CompetencyKind.Knowledge,
        _ => CompetencyKind.Skill,
    };
}

/// <summary>What a role needs, and what it may do when its competencies are current.</summary>
public static class RoleProfiles
{
    /// <summary>Version of the shipped profiles; it stands on the page and in the entry of every change an organisation makes to its own.</summary>
    public const string Version = "2026.1";

    /// <summary>The competencies and lowest levels that a role needs (CC-1, CC-2).</summary>
    public static IReadOnlyDictionary<CompetencyCode, CompetencyLevel> Required(TeamRole role) => role switch
    {
        TeamRole.ProtectionOfficer => Of((CompetencyCode.ProtectionNorms, CompetencyLevel.Independent), (CompetencyCode.SafeIdentificationAndReferral, CompetencyLevel.Supported),
            (CompetencyCode.DataProtectionAndResponsibility, CompetencyLevel.Supported), (CompetencyCode.ConfidentialityMinded, CompetencyLevel.Supported)),
        TeamRole.InformationManagementOfficer => Of((CompetencyCode.DataLiteracy, CompetencyLevel.Independent),
            (CompetencyCode.DataProtectionAndResponsibility, CompetencyLevel.Independent), (CompetencyCode.AnalysisAndDisclosureControl, CompetencyLevel.Supported), (CompetencyCode.ImpartialAttitude, CompetencyLevel.Supported)),
        TeamRole.CaseWorker => Of((CompetencyCode.ProtectionNorms, CompetencyLevel.Supported), (CompetencyCode.SafeIdentificationAndReferral, CompetencyLevel.Independent),
            (CompetencyCode.DataProtectionAndResponsibility, CompetencyLevel.Supported), (CompetencyCode.ConfidentialityMinded, CompetencyLevel.Independent)),
        TeamRole.Enumerator => Of((CompetencyCode.Interviewing, CompetencyLevel.Supported), (CompetencyCode.DataProtectionAndResponsibility, CompetencyLevel.Aware),
            (CompetencyCode.ImpartialAttitude, CompetencyLevel.Supported), (CompetencyCode.ConfidentialityMinded, CompetencyLevel.Supported)),
        TeamRole.FocalPoint => Of((CompetencyCode.DataProtectionAndResponsibility, CompetencyLevel.Independent), (CompetencyCode.ProtectionNorms, CompetencyLevel.Supported),
            (CompetencyCode.CriticalAppraisal, CompetencyLevel.Supported), (CompetencyCode.ConfidentialityMinded, CompetencyLevel.Independent)),
        _ => Of((CompetencyCode.CollaborationAndCoordination, CompetencyLevel.Supported), (CompetencyCode.ConsensusBuilding, CompetencyLevel.Supported)),
    };

    private static Dictionary<CompetencyCode, CompetencyLevel> Of(params (CompetencyCode Code, CompetencyLevel Level)[] needed) => needed.ToDictionary(n => n.Code, n => n.Level);

    /// <summary>The competencies of the role that the evidence does not show as current on the day, at the level needed.</summary>
    public static IReadOnlyList<CompetencyCode> Missing(TeamRole role, IEnumerable<CompetencyEvidence> evidence, DateOnly today) => Missing(Required(role), evidence, today);

    internal static IReadOnlyList<CompetencyCode> Missing(IReadOnlyDictionary<CompetencyCode, CompetencyLevel> required, IEnumerable<CompetencyEvidence> evidence, DateOnly today)
    {
        var current = evidence.Where(e => e.IsCurrent(today)).ToList();
        return [.. required.Where(need => !current.Any(e => e.Competency == need.Key && e.Level >= need.Value)).Select(need => need.Key)];
    }

    /// <summary>The day after which what is required lapses; none when something is missing today.</summary>
    internal static DateOnly? CurrentUntil(IReadOnlyDictionary<CompetencyCode, CompetencyLevel> required, IReadOnlyCollection<CompetencyEvidence> evidence, DateOnly today)
    {
        DateOnly? until = null;
        foreach (var need in required)
        {
            var ends = evidence.Where(e => e.IsCurrent(today) && e.Competency == need.Key && e.Level >= need.Value).Select(e => e.ExpiresOn).ToList();
            if (ends.Count == 0)
                return null;
            until = until is { } u && u < ends.Max() ? u : ends.Max();
        }

        return until;
    }
}
