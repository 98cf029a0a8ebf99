using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Participation;

/// <summary>Listening: consultations, feedback, results that go home.</summary>
public static class ParticipationRules
{
    public static Decision<ConsultationHeld> Hold(Activity activity, RecordConsultation command, StaffId by, DateOnly today)
    {
        var errors = ActivityRules.Open(activity).Must(command.Groups.Count > 0, nameof(command.Groups), "consultation.groups-missing", Principle.PeopleCentred)
            .Must(command.HeldOn <= today, nameof(command.HeldOn), "consultation.in-future", Principle.PeopleCentred)
            .Must(command.Participants >= 1, nameof(command.Participants), "consultation.participants-missing", Principle.PeopleCentred)
            .Must(command.Step <= activity.Step, nameof(command.Step), "consultation.step-ahead", Principle.PeopleCentred)
            .Text(nameof(command.Said), command.Said).Text(nameof(command.Changed), command.Changed);
        return errors.Any ? errors.All : new ConsultationHeld
        {
            Id = command.Id, ActivityId = activity.Id, Step = command.Step, HeldOn = command.HeldOn, Groups = [.. command.Groups.Distinct()], Method = command.Method,
            Participants = command.Participants, Said = command.Said.Trim(), Changed = command.Changed.Trim(), By = by,
        };
    }

    public static Decision<ResultsGivenBack> Return(Activity activity, ReturnResults command, DateOnly today)
    {
        var errors = ActivityRules.Open(activity).Must(command.ToWhom.Count > 0, nameof(command.ToWhom), "results.groups-missing", Principle.PeopleCentred)
            .Must(command.On <= today, nameof(command.On), "results.in-future", Principle.PeopleCentred)
            .Text(nameof(command.How), command.How, 1000).Text(nameof(command.What), command.What, 2000);
        return errors.Any ? errors.All : new ResultsGivenBack
        {
            Id = command.Id, ActivityId = activity.Id, On = command.On, How = command.How.Trim(), What = command.What.Trim(), ToWhom = [.. command.ToWhom.Distinct()],
        };
    }

    /// <summary>Takes feedback in whatever state the activity is: people may always speak. Reported harm is confidential whether or not it was said so.</summary>
    public static Decision<FeedbackGiven> Give(Activity activity, SayFeedback said, DateTimeOffset now) => new FeedbackGiven
    {
        Id = said.Id, ActivityId = activity.Id, Kind = said.Kind, Language = said.Language, At = now, WordsBox = said.WordsBox, Way = said.Way,
        Confidential = said.Confidential || said.Kind == FeedbackKind.HarmReported, ReplyIndex = said.ReplyIndex,
    };

    /// <summary>Answers, with the sealed words that whoever spoke will read.</summary>
    public static Decision<FeedbackAnswered> Answer(Feedback feedback, byte[] answerBox, DateTimeOffset now) =>
        feedback.AnsweredAt is null ? new FeedbackAnswered { At = now, AnswerBox = answerBox } : new Refusal("feedback.already-answered", Principle.PeopleCentred);

    /// <summary>The answer was read by whoever spoke.</summary>
    public static Decision<FeedbackAnswerHeard> Hear(Feedback feedback, DateTimeOffset now) =>
        feedback is { AnsweredAt: not null, HeardAt: null } ? new FeedbackAnswerHeard { At = now } : new Refusal("feedback.not-found", Principle.PeopleCentred);

    /// <summary>Confidential feedback is there for those with the duty alone; for all others it does not exist.</summary>
    public static IReadOnlyList<Refusal> MayHear(Feedback feedback, Actor actor) =>
        !feedback.Confidential || actor.Has(Accounts.Duty.DataProtectionFocalPoint) ? [] : [new Refusal("feedback.not-found", Principle.PeopleCentred)];

    /// <summary>The words go with the activity's data at its end.</summary>
    public static FeedbackWordsRemoved RemoveWords() => new();
}
