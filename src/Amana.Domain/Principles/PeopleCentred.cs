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
            if (s.FormsInUse.Count == 0)
                return Verdict.Of(new Refusal("gap.no-form", Principle.PeopleCentred).MendedBy(Mender.InformationManagementOfficer, MendPage.Form));
            // Each form by which people speak, not all of them together: who is asked by one form is not counted by what another asks. A form about places asks nobody's consent.
            var ofPeople = s.FormsInUse.Where(f => f.Elements.Any(e => e.Ask == ConsentAsk.Participation)).ToList();
            return Verdict.Of((ofPeople.Count > 0 ? ofPeople : s.FormsInUse).SelectMany(NotAsked));
        });

    public static Rule WayToSpeak { get; } = new("PC-3", Principle.PeopleCentred, [PimStep.Implement], [],
        "PIM Principles 2015, principle 1; accountability to affected populations", s =>
        {
            if (s.Activity.Feedback is not { } channel)
                return Verdict.Of(new Refusal("gap.no-feedback-channel", Principle.PeopleCentred).MendedBy(Mender.ProtectionOfficer, MendPage.Feedback));
            var overdue = s.Feedback.Count(f => f.AnsweredAt is null && f.ReceivedAt.AddDays(channel.AnswerDays) < s.Now);
            var now = Verdict.Of([
                .. channel.HowTo.MissingIn(s.LanguagesSpoken).Select(l => new Refusal("gap.feedback-channel-language", Principle.PeopleCentred).With("language", l).MendedBy(Mender.ProtectionOfficer, MendPage.Feedback)),
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
        {
            if (s.Collection.Records == 0 && s.Activity.OpenedAt is null)
                return Verdict.NotApplicable("nothing-collected");
            // What was told before anything was collected were no results.
            var reached = s.ResultsReturned.Where(r => s.Activity.OpenedAt is not { } opened || r.On >= DateOnly.FromDateTime(opened.UtcDateTime)).SelectMany(r => r.ToWhom).ToHashSet();
            var waiting = s.Activity.Population.Where(g => !reached.Contains(g)).ToList();
            if (reached.Count > 0 && waiting.Count == 0)
                return Verdict.Met;
            if (s.Activity.Step < PimStep.Evaluate)
                return Verdict.NotApplicable("before-evaluate");
            return reached.Count == 0 ? Verdict.Of(Results("gap.results-not-returned")) : Verdict.Of(waiting.Select(g => Results("gap.results-group-not-reached").With("group", g.ToString())));
        });

    private static Refusal Results(string slug) => new Refusal(slug, Principle.PeopleCentred).MendedBy(Mender.ProtectionOfficer, MendPage.Results);

    /// <summary>What a form does not ask of those whom it asks.</summary>
    private static IEnumerable<Refusal> NotAsked(FormVersion form)
    {
        var roles = form.Elements.Select(e => e.Role).ToHashSet();
        (string Slug, bool Asked)[] needed =
        [
            ("gap.sex-not-asked", roles.Contains(ElementRole.Sex)), ("gap.age-not-asked", roles.Contains(ElementRole.Age) || roles.Contains(ElementRole.AgeGroup)),
            ("gap.disability-not-asked", roles.Contains(ElementRole.Disability) || ShortSet.All(roles.Contains)),
        ];
        return needed.Where(n => !n.Asked).Select(n => new Refusal(n.Slug, Principle.PeopleCentred).With("form", form.Title).MendedBy(Mender.InformationManagementOfficer, MendPage.Form));
    }

    public static IReadOnlyList<Rule> Rules { get; } = [Consulted, CountedInDiversity, WayToSpeak, LanguagesPeopleHave, ResultsGoHome];
}
