using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>Principle 1. People-centred and inclusive: guided by the interests and well-being of the population, who take part in every phase.</summary>
public static class PeopleCentred
{
    /// <summary>The six domains of the Washington Group Short Set.</summary>
    private static readonly ElementRole[] ShortSet =
    [
        ElementRole.DifficultySeeing, ElementRole.DifficultyHearing, ElementRole.DifficultyWalking, ElementRole.DifficultyRemembering, ElementRole.DifficultySelfCare, ElementRole.DifficultyCommunicating,
    ];

    public static Rule Consulted { get; } = new("PC-1", Principle.PeopleCentred, [PimStep.Design, PimStep.Implement, PimStep.Evaluate, PimStep.Closed], [],
        "PIM Principles 2015, principle 1", s =>
        {
            var steps = Enumerable.Range(0, (int)s.Activity.Step + 1).Select(i => (PimStep)i).Where(p => p != PimStep.Closed);
            var without = steps.Where(p => !s.Consultations.Any(c => c.Step == p)).ToList();
            var heard = s.Consultations.SelectMany(c => c.Groups).ToHashSet();
            var unheard = s.Activity.Population.Where(g => !heard.Contains(g)).ToList();
            // Groups still unheard hold the activity from Design on: one consultation may not reach everybody in the first days.
            return Verdict.Of([
                .. without.Select(p => new Refusal("gap.step-not-consulted", Principle.PeopleCentred).With("step", p.ToString()).MendedBy(Mender.ProtectionOfficer, MendPage.Consultations)),
                .. s.Activity.Step == PimStep.Assess ? [] : unheard.Select(g => new Refusal("gap.group-not-consulted", Principle.PeopleCentred).With("group", g.ToString()).MendedBy(Mender.ProtectionOfficer, MendPage.Consultations)),
            ]);
        });

    public static Rule CountedInDiversity { get; } = new("PC-2", Principle.PeopleCentred, [PimStep.Implement], [],
        "Washington Group Short Set on Functioning; cut-off \"a lot of difficulty\" or worse in at least one domain", s =>
        {
            if (!string.IsNullOrWhiteSpace(s.Activity.DiversityWaiver))
                return Verdict.NotApplicable("diversity-waived");
            var roles = s.Elements.Select(e => e.Role).ToHashSet();
            bool Asks(params ElementRole[] any) => any.Any(roles.Contains);
            var disability = roles.Contains(ElementRole.Disability) || ShortSet.All(roles.Contains);
            static Refusal Missing(string slug) => new Refusal(slug, Principle.PeopleCentred).MendedBy(Mender.InformationManagementOfficer, MendPage.Form);
            return Verdict.Of(Asks(ElementRole.Sex) ? null : Missing("gap.sex-not-asked"), Asks(ElementRole.Age, ElementRole.AgeGroup) ? null : Missing("gap.age-not-asked"), disability ? null : Missing("gap.disability-not-asked"));
        });

    public static Rule WayToSpeak { get; } = new("PC-3", Principle.PeopleCentred, [PimStep.Implement], [],
        "PIM Principles 2015, principle 1; accountability to affected populations", s =>
        {
            if (s.Activity.Feedback is not { } channel)
                return Verdict.Of(new Refusal("gap.no-feedback-channel", Principle.PeopleCentred).MendedBy(Mender.ProtectionOfficer, MendPage.Feedback));
            var overdue = s.Feedback.Count(f => f.AnsweredAt is null && f.ReceivedAt.AddDays(channel.AnswerDays) < s.Now);
            var now = Verdict.Of([
                .. channel.HowTo.MissingIn(s.Activity.Languages).Select(l => new Refusal("gap.feedback-channel-language", Principle.PeopleCentred).With("language", l).MendedBy(Mender.ProtectionOfficer, MendPage.Feedback)),
                overdue == 0 ? null : new Refusal("gap.feedback-overdue", Principle.PeopleCentred).With("count", Text.Of(overdue)).MendedBy(Mender.ProtectionOfficer, MendPage.Feedback),
            ]);
            // Promised within days, so "soon" is half of them and not the operation's notice, which may be longer than the promise itself.
            var waiting = s.Feedback.Where(f => f.AnsweredAt is null).Select(f => (DateTimeOffset?)f.ReceivedAt).Min();
            return now.State == RuleState.Met && waiting is { } oldest && oldest.AddDays(channel.AnswerDays / 2.0) < s.Now
                ? Verdict.DueSoon(DateOnly.FromDateTime(oldest.UtcDateTime).AddDays(channel.AnswerDays), new Refusal("gap.feedback-near", Principle.PeopleCentred).MendedBy(Mender.ProtectionOfficer, MendPage.Feedback))
                : now;
        });

    public static Rule LanguagesPeopleHave { get; } = new("PC-4", Principle.PeopleCentred, [PimStep.Implement], [],
        "PIM Principles 2015, principle 1", s =>
        {
            if (s.FormsInUse.Count == 0)
                return Verdict.Of(new Refusal("gap.no-form", Principle.PeopleCentred).MendedBy(Mender.InformationManagementOfficer, MendPage.Form));
            var gaps = new List<Refusal>();
            foreach (var form in s.FormsInUse)
                gaps.AddRange(s.Activity.Languages.Where(l => !form.Languages.Contains(l, StringComparer.OrdinalIgnoreCase))
                    .Select(l => new Refusal("gap.form-language", Principle.PeopleCentred).With("form", form.Title).With("language", l).MendedBy(Mender.InformationManagementOfficer, MendPage.Form)));
            gaps.AddRange(s.Activity.Languages.Where(l => s.Notice is null || !s.Notice.Content.Texts.ContainsKey(l))
                .Select(l => new Refusal("gap.notice-language", Principle.PeopleCentred).With("language", l).MendedBy(Mender.ProtectionOfficer, MendPage.Notice)));
            return Verdict.Of(gaps);
        });

    public static Rule ResultsGoHome { get; } = new("PC-5", Principle.PeopleCentred, [PimStep.Closed], [],
        "PIM Principles 2015, principle 1", s =>
            s.Collection.Records == 0 && s.Activity.OpenedAt is null ? Verdict.NotApplicable("nothing-collected")
            : s.ResultsReturned.Count > 0 ? Verdict.Met
            : s.Activity.Step >= PimStep.Evaluate ? Verdict.Of(new Refusal("gap.results-not-returned", Principle.PeopleCentred).MendedBy(Mender.ProtectionOfficer, MendPage.Results))
            : Verdict.NotApplicable("before-evaluate"));

    public static IReadOnlyList<Rule> Rules { get; } = [Consulted, CountedInDiversity, WayToSpeak, LanguagesPeopleHave, ResultsGoHome];
}
