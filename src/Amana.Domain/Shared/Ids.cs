namespace Amana.Domain.Shared;

/// <summary>An identifier of one kind of thing: a record's id can never be passed where a person's is meant.
/// Values are UUID version 7 (RFC 9562 §5.7) inside the store; people outside see random codes instead, because version 7 tells its time.</summary>
public interface ITypedId<TSelf> where TSelf : struct, ITypedId<TSelf>
{
    /// <summary>The bare value, for the store.</summary>
    Guid Value { get; }

    /// <summary>Wraps a value read from the store.</summary>
    static abstract TSelf From(Guid value);
}

public readonly record struct OperationId(Guid Value) : ITypedId<OperationId> { public static OperationId From(Guid value) => new(value); }
public readonly record struct OrganisationId(Guid Value) : ITypedId<OrganisationId> { public static OrganisationId From(Guid value) => new(value); }
public readonly record struct DataRequestId(Guid Value) : ITypedId<DataRequestId> { public static DataRequestId From(Guid value) => new(value); }
public readonly record struct ServiceId(Guid Value) : ITypedId<ServiceId> { public static ServiceId From(Guid value) => new(value); }
public readonly record struct ReferralId(Guid Value) : ITypedId<ReferralId> { public static ReferralId From(Guid value) => new(value); }
public readonly record struct LikelyMatchId(Guid Value) : ITypedId<LikelyMatchId> { public static LikelyMatchId From(Guid value) => new(value); }
public readonly record struct StaffId(Guid Value) : ITypedId<StaffId> { public static StaffId From(Guid value) => new(value); }
public readonly record struct AppUserId(Guid Value) : ITypedId<AppUserId> { public static AppUserId From(Guid value) => new(value); }
public readonly record struct ActivityId(Guid Value) : ITypedId<ActivityId> { public static ActivityId From(Guid value) => new(value); }
public readonly record struct ConsultationId(Guid Value) : ITypedId<ConsultationId> { public static ConsultationId From(Guid value) => new(value); }
public readonly record struct FeedbackId(Guid Value) : ITypedId<FeedbackId> { public static FeedbackId From(Guid value) => new(value); }
public readonly record struct FormVersionId(Guid Value) : ITypedId<FormVersionId> { public static FormVersionId From(Guid value) => new(value); }
public readonly record struct NoticeId(Guid Value) : ITypedId<NoticeId> { public static NoticeId From(Guid value) => new(value); }
public readonly record struct ConsentId(Guid Value) : ITypedId<ConsentId> { public static ConsentId From(Guid value) => new(value); }
public readonly record struct TeamMemberId(Guid Value) : ITypedId<TeamMemberId> { public static TeamMemberId From(Guid value) => new(value); }
public readonly record struct EvidenceId(Guid Value) : ITypedId<EvidenceId> { public static EvidenceId From(Guid value) => new(value); }
public readonly record struct AgreementId(Guid Value) : ITypedId<AgreementId> { public static AgreementId From(Guid value) => new(value); }
public readonly record struct ReleaseId(Guid Value) : ITypedId<ReleaseId> { public static ReleaseId From(Guid value) => new(value); }
public readonly record struct DepartureId(Guid Value) : ITypedId<DepartureId> { public static DepartureId From(Guid value) => new(value); }
public readonly record struct FiguresShownId(Guid Value) : ITypedId<FiguresShownId> { public static FiguresShownId From(Guid value) => new(value); }
public readonly record struct ReleaseCopyId(Guid Value) : ITypedId<ReleaseCopyId> { public static ReleaseCopyId From(Guid value) => new(value); }
public readonly record struct RecordId(Guid Value) : ITypedId<RecordId> { public static RecordId From(Guid value) => new(value); }
public readonly record struct QuarantineId(Guid Value) : ITypedId<QuarantineId> { public static QuarantineId From(Guid value) => new(value); }
public readonly record struct AwaitedRecordId(Guid Value) : ITypedId<AwaitedRecordId> { public static AwaitedRecordId From(Guid value) => new(value); }
public readonly record struct PersonId(Guid Value) : ITypedId<PersonId> { public static PersonId From(Guid value) => new(value); }
public readonly record struct RequestId(Guid Value) : ITypedId<RequestId> { public static RequestId From(Guid value) => new(value); }
public readonly record struct FreezeId(Guid Value) : ITypedId<FreezeId> { public static FreezeId From(Guid value) => new(value); }
public readonly record struct IncidentId(Guid Value) : ITypedId<IncidentId> { public static IncidentId From(Guid value) => new(value); }
public readonly record struct RecipientNoticeId(Guid Value) : ITypedId<RecipientNoticeId> { public static RecipientNoticeId From(Guid value) => new(value); }
public readonly record struct CertificateId(Guid Value) : ITypedId<CertificateId> { public static CertificateId From(Guid value) => new(value); }
public readonly record struct LegalHoldId(Guid Value) : ITypedId<LegalHoldId> { public static LegalHoldId From(Guid value) => new(value); }
public readonly record struct FormLinkId(Guid Value) : ITypedId<FormLinkId> { public static FormLinkId From(Guid value) => new(value); }
public readonly record struct SealingKeyId(Guid Value) : ITypedId<SealingKeyId> { public static SealingKeyId From(Guid value) => new(value); }
public readonly record struct EntityListId(Guid Value) : ITypedId<EntityListId> { public static EntityListId From(Guid value) => new(value); }
public readonly record struct EmergencyId(Guid Value) : ITypedId<EmergencyId> { public static EmergencyId From(Guid value) => new(value); }
public readonly record struct OverrideId(Guid Value) : ITypedId<OverrideId> { public static OverrideId From(Guid value) => new(value); }
public readonly record struct ApiTokenId(Guid Value) : ITypedId<ApiTokenId> { public static ApiTokenId From(Guid value) => new(value); }
public readonly record struct BiasFindingId(Guid Value) : ITypedId<BiasFindingId> { public static BiasFindingId From(Guid value) => new(value); }
public readonly record struct AccuracyReviewId(Guid Value) : ITypedId<AccuracyReviewId> { public static AccuracyReviewId From(Guid value) => new(value); }
