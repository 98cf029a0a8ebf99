using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Activities;

/// <summary>How an activity begins, moves from step to step, and is planned.</summary>
public static class ActivityRules
{
    public static Decision<ActivityStarted> Start(StartActivity command, int number, StaffId lead, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text(nameof(command.Title), command.Title, 120)
            .Must(command.Place.Code.Trim().Length > 0, nameof(command.Place), "activity.place-missing", Principle.Coordination)
            .Must(command.Population.Count > 0, nameof(command.Population), "activity.population-missing", Principle.PeopleCentred)
            .Must(command.Languages.Count > 0, nameof(command.Languages), "activity.languages-missing", Principle.PeopleCentred)
            .Must(command.Languages.All(IsTag), nameof(command.Languages), "activity.language-tag", Principle.PeopleCentred)
            .Must(command.Period.Start <= command.Period.End, nameof(command.Period), "activity.period-reversed", Principle.DefinedPurpose)
            .Must(command.Period.Days <= 366 * 5, nameof(command.Period), "activity.period-too-long", Principle.DefinedPurpose);
        return errors.Any ? errors.All : new ActivityStarted
        {
            Id = command.Id, Number = number, Title = command.Title.Trim(), Category = command.Category, OrganisationId = command.OrganisationId, LeadId = lead,
            Place = new Place(command.Place.Code.Trim(), command.Place.Name.Trim()), Population = [.. command.Population.Distinct()], Period = command.Period,
            Languages = [.. command.Languages.Distinct(StringComparer.Ordinal)], Level = command.Level, At = now,
        };
    }

    /// <summary>Enters the next step. Steps are sequential, and the gate's answer must have allowed it.</summary>
    public static Decision<StepEntered> Enter(Activity activity, PimStep step, GateAnswer gate, DateTimeOffset now)
    {
        if (activity.Step == PimStep.Closed)
            return new Refusal("activity.closed");
        if (step != activity.Step + 1)
            return new Refusal("activity.step-out-of-order").With("from", activity.Step.ToString()).With("to", step.ToString());
        return gate.Allowed ? new StepEntered { Step = step, At = now } : gate.Refusals.ToList();
    }

    public static Decision<RetentionPlanned> PlanRetention(Activity activity, RetentionPlan plan)
    {
        var errors = Open(activity).Must(plan.MonthsAfterEnd is >= 0 and <= 120, nameof(plan.MonthsAfterEnd), "retention.months-out-of-range", Principle.DefinedPurpose)
            .Text(nameof(plan.Reason), plan.Reason, 1000);
        return errors.Any ? errors.All : new RetentionPlanned { Plan = plan };
    }

    public static Decision<FeedbackChannelPublished> PublishFeedbackChannel(Activity activity, FeedbackChannel channel)
    {
        var errors = Open(activity).Must(!channel.HowTo.IsEmpty, nameof(channel.HowTo), "feedback.channel-missing", Principle.PeopleCentred)
            .Must(channel.AnswerDays is >= 1 and <= 90, nameof(channel.AnswerDays), "feedback.answer-days-out-of-range", Principle.PeopleCentred);
        return errors.Any ? errors.All : new FeedbackChannelPublished { Channel = channel };
    }

    public static Decision<CapacityPlanned> PlanCapacity(Activity activity, CapacityPlan plan)
    {
        var errors = Open(activity).Must(plan.Interviewers is >= 1 and <= 5000, nameof(plan.Interviewers), "capacity.interviewers-out-of-range", Principle.Competency)
            .Must(plan.InterviewsPerDay is >= 1 and <= 200, nameof(plan.InterviewsPerDay), "capacity.interviews-out-of-range", Principle.Competency)
            .Must(plan.OpenMattersPerWorker is null or (>= 1 and <= 500), nameof(plan.OpenMattersPerWorker), "capacity.matters-out-of-range", Principle.Competency)
            .Must(plan.Phones is null or (>= 1 and <= 10_000), nameof(plan.Phones), "capacity.phones-out-of-range", Principle.Competency)
            .Must(plan.InCarePerWorker is null or (>= 1 and <= 5000), nameof(plan.InCarePerWorker), "capacity.in-care-out-of-range", Principle.Competency)
            .Must(plan.BudgetAmount is null ? plan.Currency is null : plan.BudgetAmount is > 0 and < 1_000_000_000_000m && plan.Currency is { Length: 3 } code && code.All(char.IsAsciiLetterUpper),
                nameof(plan.BudgetAmount), "capacity.amount-and-currency", Principle.Competency)
            .Text(nameof(plan.Equipment), plan.Equipment, 1000).Text(nameof(plan.Budget), plan.Budget, 1000);
        return errors.Any ? errors.All : new CapacityPlanned { Plan = plan };
    }

    public static Decision<DiversityWaived> WaiveDiversity(Activity activity, string reason)
    {
        var errors = Open(activity).Text("Reason", reason, 1000);
        return errors.Any ? errors.All : new DiversityWaived { Reason = reason.Trim() };
    }

    /// <summary>Field errors of a command on an activity that must not be closed.</summary>
    internal static FieldErrors Open(Activity activity)
    {
        var errors = new FieldErrors();
        return activity.Step == PimStep.Closed ? errors.Add(new Refusal("activity.closed")) : errors;
    }
    /// <summary>The shape of a language tag (BCP 47): a language of two or three letters, then parts of two to eight letters or digits.</summary>
    private static bool IsTag(string tag)
    {
        var parts = tag.Split('-');
        return parts[0].Length is 2 or 3 && parts[0].All(char.IsAsciiLetter) && parts.Skip(1).All(p => p.Length is >= 2 and <= 8 && p.All(char.IsAsciiLetterOrDigit));
    }
}
