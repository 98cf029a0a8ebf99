using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Risk;

/// <summary>Writing, approving, reviewing and reopening the risk assessment. Nobody who wrote since the last approval approves (IMP-5).</summary>
public static class RiskRules
{
    public static Decision<RisksAssessed> Assess(Activity activity, RiskContent content, StaffId by, DateTimeOffset now, int maxReviewDays)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var errors = ActivityRules.Open(activity).Must(content.Risks.Count > 0, nameof(content.Risks), "risk.none", Principle.DoNoHarm)
            .Must(content.Tolerance is >= 1 and <= 16, nameof(content.Tolerance), "risk.tolerance-out-of-range", Principle.DoNoHarm)
            .Must(content.Risks.Select(r => r.Code).Distinct(StringComparer.Ordinal).Count() == content.Risks.Count, nameof(content.Risks), "risk.code-twice", Principle.DoNoHarm);
        ReviewDate(errors, content.ReviewOn, today, maxReviewDays);
        foreach (var risk in content.Risks)
            CheckRisk(errors, risk, by);
        return errors.Any ? errors.All : new RisksAssessed { ActivityId = activity.Id, Content = content, By = by, At = now };
    }

    public static Decision<RiskAssessmentApproved> Approve(Activity activity, RiskAssessment assessment, RiskScope scope, StaffId by, DateTimeOffset now)
    {
        var errors = ActivityRules.Open(activity);
        if (assessment.IsAuthor(by))
            errors.Add(new Refusal("risk.approved-by-author", Principle.Impartiality).MendedBy(Mender.SomeoneElse, MendPage.Risk));
        if (assessment.State == RiskState.Approved)
            errors.Add(new Refusal("risk.already-approved", Principle.DoNoHarm));
        if (assessment.Content.ReviewOn <= DateOnly.FromDateTime(now.UtcDateTime))
            errors.Add(new Refusal("risk.review-date-passed", Principle.DoNoHarm).MendedBy(Mender.ActivityLead, MendPage.Risk));
        return errors.Any ? errors.All : new RiskAssessmentApproved
        {
            By = by, At = now, Scope = scope, ActivityId = activity.Id, Revision = assessment.Revision + 1, Content = assessment.Content, Authors = assessment.Authors,
        };
    }

    /// <summary>Confirms that the approved assessment still holds and sets the next review; by someone other than its author.</summary>
    public static Decision<RiskReviewed> Review(Activity activity, RiskAssessment assessment, DateOnly next, RiskScope scope, StaffId by, DateTimeOffset now, int maxReviewDays)
    {
        var errors = ActivityRules.Open(activity).Must(assessment.State == RiskState.Approved, "State", "risk.not-approved", Principle.DoNoHarm);
        if (assessment.IsAuthor(by))
            errors.Add(new Refusal("risk.reviewed-by-author", Principle.Impartiality).MendedBy(Mender.SomeoneElse, MendPage.Risk));
        ReviewDate(errors, next, DateOnly.FromDateTime(now.UtcDateTime), maxReviewDays);
        return errors.Any ? errors.All : new RiskReviewed { By = by, At = now, NextReviewOn = next, Scope = scope };
    }

    public static Decision<RiskReopened> Reopen(RiskAssessment assessment, string because) =>
        assessment.ReopenedBecause is null ? new RiskReopened { Because = because } : new Refusal("risk.already-reopened", Principle.DoNoHarm);

    /// <summary>Accepts by name one risk whose residual score is exactly the tolerance (DNH-3). The author of the assessment never does; one above is mitigated further.</summary>
    public static Decision<RiskAccepted> Accept(Activity activity, RiskAssessment assessment, string code, StaffId by)
    {
        var errors = ActivityRules.Open(activity);
        if (assessment.IsAuthor(by))
            errors.Add(new Refusal("risk.accepted-by-author", Principle.Impartiality).With("risk", code).MendedBy(Mender.SomeoneElse, MendPage.Risk));
        if (assessment.Content.Risks.FirstOrDefault(r => r.Code == code)?.ResidualScore != assessment.Content.Tolerance)
            errors.Add(new Refusal("risk.not-at-tolerance", Principle.DoNoHarm).With("risk", code).With("tolerance", Text.Of(assessment.Content.Tolerance)).MendedBy(Mender.ProtectionOfficer, MendPage.Risk));
        return errors.Any ? errors.All : new RiskAccepted { Code = code, By = by };
    }

    /// <summary>The names under risks that were written again without a change; a changed risk is accepted anew, and nobody's name stays under an assessment that they write themselves.</summary>
    public static RiskContent KeepAcceptances(RiskContent written, RiskContent before, StaffId author)
    {
        var kept = before.Tolerance != written.Tolerance ? [] : before.Risks.Where(r => r.AcceptedBy is not null && r.AcceptedBy != author).ToDictionary(r => r with { AcceptedBy = null }, r => r.AcceptedBy);
        return written with { Risks = [.. written.Risks.Select(r => r with { AcceptedBy = kept.GetValueOrDefault(r with { AcceptedBy = null }) })] };
    }

    private static void ReviewDate(FieldErrors errors, DateOnly on, DateOnly today, int maxReviewDays)
    {
        errors.Must(on > today, nameof(RiskContent.ReviewOn), "risk.review-date-passed", Principle.DoNoHarm);
        if (on > today.AddDays(maxReviewDays))
            errors.Add(new Refusal("risk.review-too-far", Principle.DoNoHarm).At(nameof(RiskContent.ReviewOn)).With("days", maxReviewDays.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>What differs between two assessments, risk by risk, in the order of the later one; risks that are gone come last.</summary>
    public static IReadOnlyList<RiskDifference> Differences(RiskContent earlier, RiskContent later)
    {
        var before = earlier.Risks.ToDictionary(r => r.Code, StringComparer.Ordinal);
        var differences = new List<RiskDifference>();
        foreach (var risk in later.Risks)
        {
            var old = before.GetValueOrDefault(risk.Code);
            before.Remove(risk.Code);
            if (old is null)
                differences.Add(new RiskDifference(risk.Code, RiskDifferenceKind.Added, null, risk));
            else if (old with { AcceptedBy = null } != risk with { AcceptedBy = null })
                differences.Add(new RiskDifference(risk.Code, RiskDifferenceKind.Changed, old, risk));
        }

        differences.AddRange(before.Values.Select(r => new RiskDifference(r.Code, RiskDifferenceKind.Removed, r, null)));
        return differences;
    }

    private static void CheckRisk(FieldErrors errors, AssessedRisk risk, StaffId author)
    {
        static bool OnGrid(int value) => value is >= 1 and <= 4;
        errors.Text("Risks." + risk.Code, risk.Text, 1000).Text("Risks." + risk.Code, risk.Evidence, 500, required: false);
        if (!OnGrid(risk.Likelihood) || !OnGrid(risk.Severity) || !OnGrid(risk.ResidualLikelihood) || !OnGrid(risk.ResidualSeverity))
            errors.Add(new Refusal("risk.off-grid", Principle.DoNoHarm).At("Risks." + risk.Code).With("risk", risk.Code));
        if (risk.AcceptedBy == author)
            errors.Add(new Refusal("risk.accepted-by-author", Principle.Impartiality).At("Risks." + risk.Code).With("risk", risk.Code));
    }
}
