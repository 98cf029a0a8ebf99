using Amana.Domain.Cases;
using Amana.Domain.Competency;
using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>Principle 6. Competency and capacity: carried out by information management and protection staff with PIM core competencies.</summary>
public static class Competency
{
    public static Rule TwoProfessions { get; } = new("CC-1", Principle.Competency, [PimStep.Implement], [Operation.Collect],
        "PIM Principles 2015, principle 6; PIM Core Competencies", s =>
            Verdict.Of(
                Holds(s, TeamRole.ProtectionOfficer, TeamRole.CaseWorker) ? null : Gap("gap.no-protection-role"),
                Holds(s, TeamRole.InformationManagementOfficer) ? null : Gap("gap.no-information-role")));

    public static Rule Trained { get; } = new("CC-2", Principle.Competency, [PimStep.Implement], [],
        "PIM Principles 2015, principle 6", s =>
        {
            if (s.Activity.Step == PimStep.Closed)
                return Verdict.Met; // nobody works on it any more
            var seats = s.Team.Where(t => t.Member.EndedAt is null).ToList();
            if (seats.Count == 0)
                return Verdict.Of(Gap("gap.no-team"));
            var lapsed = seats.SelectMany(t => t.Missing(s.Today), (t, c) => Gap("gap.competency-missing").With("role", t.Member.Role.ToString()).With("competency", c.ToString())).ToList();
            if (lapsed.Count > 0)
                return Verdict.Of(lapsed);
            var first = seats.Select(t => t.CurrentUntil(s.Today)).OfType<DateOnly>().Min();
            var soon = seats.Count(t => t.CurrentUntil(s.Today) <= s.Today.AddDays(s.Limits.NoticeDays));
            return first <= s.Today.AddDays(s.Limits.NoticeDays) ? Verdict.DueSoon(first, Gap("gap.competency-near").With("count", Text.Of(soon))) : Verdict.Met;
        });

    public static Rule Briefed { get; } = new("CC-3", Principle.Competency, [PimStep.Implement], [],
        "PIM Principles 2015, principle 6", s =>
        {
            var without = s.Team.Count(t => t.Member.EndedAt is null && !t.IsBriefed);
            return s.Team.All(t => t.Member.EndedAt is not null) ? Verdict.Of(Gap("gap.no-team"))
                : Verdict.Of(without == 0 ? null : Gap("gap.not-briefed").With("count", Text.Of(without)));
        });

    public static Rule Capacity { get; } = new("CC-4", Principle.Competency, [PimStep.Implement], [],
        "PIM Principles 2015, principle 6", s =>
        {
            if (s.Activity.Capacity is not { } plan)
                return Verdict.Of(new Refusal("gap.no-capacity-plan", Principle.Competency).MendedBy(Mender.ActivityLead, MendPage.Capacity));
            Refusal? Above(string slug, int? planned, int count) => count <= planned || planned is null ? null
                : new Refusal(slug, Principle.Competency).With("count", Text.Of(count)).With("planned", Text.Of(planned.Value)).MendedBy(Mender.ActivityLead, MendPage.Capacity);
            // Each worker alone: that a colleague has few cases helps nobody in a caseload that is too full.
            var fullest = s.OpenCases.Values.DefaultIfEmpty().Max();
            var workers = CaseloadRules.Workers(s).Select(w => w.Id).ToHashSet();
            var left = s.OpenCases.Where(c => !workers.Contains(c.Key)).Sum(c => c.Value);
            return Verdict.Of(
                Above("gap.caseload-above-plan", plan.InCarePerWorker, fullest),
                left == 0 ? null : new Refusal("gap.cases-with-nobody", Principle.Competency).With("count", Text.Of(left)).MendedBy(Mender.ActivityLead, MendPage.Caseload),
                Above("gap.load-above-plan", plan.Interviewers * plan.InterviewsPerDay, s.Collection.BusiestDay),
                Above("gap.matters-above-plan", plan.OpenMattersPerWorker * Workers(s), OpenMatters(s)),
                Above("gap.in-care-above-plan", plan.InCarePerWorker * Workers(s), s.Collection.Records),
                Above("gap.phones-above-plan", plan.Phones, s.Collection.PhonesInUse));
        });

    /// <summary>What people wait for: feedback without an answer, requests not done, submissions held in quarantine.</summary>
    public static int OpenMatters(ActivitySnapshot s) => s.Feedback.Count(f => f.AnsweredAt is null) + s.Requests.Count(r => r.DoneAt is null) + s.Collection.InQuarantine;

    /// <summary>Seats of protection officers and case workers that count today.</summary>
    public static int Workers(ActivitySnapshot s) => s.Team.Count(t => t.Member.Role is TeamRole.ProtectionOfficer or TeamRole.CaseWorker && t.IsActive(s.Today));

    public static IReadOnlyList<Rule> Rules { get; } = [TwoProfessions, Trained, Briefed, Capacity];

    private static bool Holds(ActivitySnapshot s, params TeamRole[] roles) => s.Team.Any(t => roles.Contains(t.Member.Role) && t.IsActive(s.Today));

    private static Refusal Gap(string slug) => new Refusal(slug, Principle.Competency).MendedBy(Mender.ActivityLead, MendPage.Team);
}
