using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Coordination;

/// <summary>One organisation asks another for data, and the answer with its reasons. That something is not shared is a decision too, with a risk of its own (CO-4).</summary>
public sealed class DataRequest
{
    private DataRequest() { }

    public DataRequestId Id { get; private set; }
    public OrganisationId AskedBy { get; private set; }
    public OrganisationId AskedOf { get; private set; }

    /// <summary>The activity whose data is asked for, where one is named.</summary>
    public ActivityId? ActivityId { get; private set; }

    public string What { get; private set; } = "";
    public string Purpose { get; private set; } = "";
    public StaffId By { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateOnly AnswerBy { get; private set; }

    public DataRequestAnswer? Answer { get; private set; }
    public SharingAssessment? Assessment { get; private set; }
    public string Reason { get; private set; } = "";
    public StaffId? AnsweredBy { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    public static DataRequest Of(DataRequested change) => new()
    {
        Id = change.Id, AskedBy = change.AskedBy, AskedOf = change.AskedOf, ActivityId = change.ActivityId, What = change.What, Purpose = change.Purpose, By = change.By, At = change.At, AnswerBy = change.AnswerBy,
    };

    public void Apply(DataRequestAnswered change) =>
        (Answer, Assessment, Reason, AnsweredBy, AnsweredAt) = (change.Answer, change.Assessment, change.Reason, change.By, change.At);
}

public enum DataRequestAnswer { Share, ShareWithConditions, DoNotShare }

/// <summary>Benefits and risks of sharing and of not sharing, weighed together (PIM Framework for Data Sharing in Practice, 2018; the steps of its method are general knowledge). Scores are likelihood times impact, 1 to 4 each.</summary>
public sealed record SharingAssessment
{
    public string BenefitOfSharing { get; init; } = "";
    public string BenefitOfNotSharing { get; init; } = "";
    public string RiskOfSharing { get; init; } = "";
    public int SharingLikelihood { get; init; }
    public int SharingImpact { get; init; }
    public string RiskOfNotSharing { get; init; } = "";
    public int NotSharingLikelihood { get; init; }
    public int NotSharingImpact { get; init; }

    /// <summary>What makes sharing safer: fewer columns, coarser places, an agreement.</summary>
    public string Mitigation { get; init; } = "";

    public int SharingScore => SharingLikelihood * SharingImpact;

    public int NotSharingScore => NotSharingLikelihood * NotSharingImpact;
}

public sealed record DataRequested : Change
{
    internal DataRequested() { }
    public DataRequestId Id { get; internal init; }
    public OrganisationId AskedBy { get; internal init; }
    public OrganisationId AskedOf { get; internal init; }
    public ActivityId? ActivityId { get; internal init; }
    public string What { get; internal init; } = "";
    public string Purpose { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public DateOnly AnswerBy { get; internal init; }
}

public sealed record DataRequestAnswered : Change
{
    internal DataRequestAnswered() { }
    public DataRequestAnswer Answer { get; internal init; }
    public SharingAssessment Assessment { get; internal init; } = new();
    public string Reason { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>What is asked for.</summary>
public sealed record AskForDataOf(DataRequestId Id, OrganisationId AskedOf, ActivityId? ActivityId, string What, string Purpose);

/// <summary>Asking for data and answering.</summary>
public static class DataRequestRules
{
    public static Decision<DataRequested> Ask(AskForDataOf command, OrganisationId askedBy, StaffId by, DateTimeOffset now, int answerDays)
    {
        var errors = new FieldErrors().Text(nameof(command.What), command.What, 1000).Text(nameof(command.Purpose), command.Purpose, 1000)
            .Must(command.AskedOf != askedBy, nameof(command.AskedOf), "data-request.of-oneself", Principle.Coordination);
        return errors.Any ? errors.All : new DataRequested
        {
            Id = command.Id, AskedBy = askedBy, AskedOf = command.AskedOf, ActivityId = command.ActivityId, What = command.What.Trim(), Purpose = command.Purpose.Trim(), By = by, At = now,
            AnswerBy = DateOnly.FromDateTime(now.UtcDateTime).AddDays(answerDays),
        };
    }

    /// <summary>Answers once, with both risks weighed. Sharing under a greater risk than that of not sharing is refused unless conditions are named.</summary>
    public static Decision<DataRequestAnswered> Answer(DataRequest request, DataRequestAnswer answer, SharingAssessment assessment, string reason, StaffId by, DateTimeOffset now)
    {
        var a = assessment;
        var errors = new FieldErrors().Text("Reason", reason, 1000).Text(nameof(a.BenefitOfSharing), a.BenefitOfSharing, 1000).Text(nameof(a.BenefitOfNotSharing), a.BenefitOfNotSharing, 1000, required: false)
            .Text(nameof(a.RiskOfSharing), a.RiskOfSharing, 1000).Text(nameof(a.RiskOfNotSharing), a.RiskOfNotSharing, 1000)
            .Text(nameof(a.Mitigation), a.Mitigation, 1000, required: answer == DataRequestAnswer.ShareWithConditions)
            .Must(new[] { a.SharingLikelihood, a.SharingImpact, a.NotSharingLikelihood, a.NotSharingImpact }.All(n => n is >= 1 and <= 4), "SharingLikelihood", "data-request.off-grid", Principle.DoNoHarm)
            .Must(request.Answer is null, "Answer", "data-request.answered-already", Principle.Coordination)
            .Must(by != request.By, "Answer", "data-request.answered-by-asker", Principle.Impartiality)
            .Must(answer != DataRequestAnswer.Share || a.SharingScore <= a.NotSharingScore, "Answer", "data-request.risk-greater", Principle.DoNoHarm);
        return errors.Any ? errors.All : new DataRequestAnswered { Answer = answer, Assessment = a, Reason = reason.Trim(), By = by, At = now };
    }
}
