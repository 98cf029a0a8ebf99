using Amana.Domain.Forms;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>Principle 3. Defined purpose: specific needs, proportional to risk and cost, aimed at action for protection outcomes.</summary>
public static class DefinedPurpose
{
    public static Rule Said { get; } = new("DP-1", Principle.DefinedPurpose, [PimStep.Implement], [],
        "PIM Principles 2015, principle 3", s =>
        {
            if (s.Purpose is not { } purpose)
                return Verdict.Of(Missing("gap.no-purpose"));
            var c = purpose.Content;
            return Verdict.Of(
                c.Decisions.Count == 0 ? Missing("gap.purpose-no-decision") : null,
                c.Needs.Count == 0 ? Missing("gap.purpose-no-need") : null,
                c.ProtectionOutcome.Length == 0 ? Missing("gap.purpose-no-outcome") : null,
                c.CategoriesOfPeople.Length == 0 ? Missing("gap.purpose-no-people") : null,
                c.OutOfScope.Length == 0 ? Missing("gap.purpose-no-scope") : null);
        });

    public static Rule Needed { get; } = new("DP-2", Principle.DefinedPurpose, [PimStep.Implement], [Operation.Collect],
        "PIM Principles 2015, principle 3; UN General Assembly resolution 45/95 (1990), principle 3(a): relevant and adequate", s =>
        {
            if (s.FormsInUse.Count == 0)
                return Verdict.Of(new Refusal("gap.no-form", Principle.DefinedPurpose).MendedBy(Mender.InformationManagementOfficer, MendPage.Form));
            var needs = s.Purpose?.Content.Needs.Select(n => n.Code).ToHashSet(StringComparer.Ordinal) ?? [];
            return Verdict.Of(s.Elements.Where(e => !FormRules.IsTied(e, needs))
                .Select(e => new Refusal("gap.element-without-need", Principle.DefinedPurpose).With("element", e.Name).MendedBy(Mender.InformationManagementOfficer, MendPage.Form)));
        });

    public static Rule Proportionate { get; } = new("DP-3", Principle.DefinedPurpose, [PimStep.Implement], [],
        "PIM Principles 2015, principle 3; UN General Assembly resolution 45/95 (1990), principle 5", s =>
        {
            if (s.Purpose is not { } purpose)
                return Verdict.Of(Missing("gap.no-purpose"));
            if (purpose.Proportionality is not { } weighed)
                return Verdict.Of(new Refusal("gap.not-weighed", Principle.DefinedPurpose).MendedBy(Mender.SomeoneElse, MendPage.Purpose));
            return Verdict.Of([
                weighed.By == purpose.AuthorId ? new Refusal("gap.weighed-by-author", Principle.DefinedPurpose).MendedBy(Mender.SomeoneElse, MendPage.Purpose) : null,
                .. s.Elements.Where(e => e.Special is not null && !weighed.SpecialCategories.ContainsKey(e.Path))
                    .Select(e => new Refusal("gap.special-category-unjustified", Principle.DefinedPurpose).With("element", e.Name).MendedBy(Mender.SomeoneElse, MendPage.Purpose)),
            ]);
        });

    /// <summary>Judged at each use: the gate asks that every opening, analysis, link and release cites a need. Here: that there is a purpose to cite, as it was told to people.</summary>
    public static Rule Bound { get; } = new("DP-4", Principle.DefinedPurpose, [], [Operation.Open, Operation.Analyse, Operation.Link, Operation.Release],
        "PIM Principles 2015, principle 3; UN General Assembly resolution 45/95 (1990), principle 3(b)", s =>
            ToldOrNot(s) ?? CompatibleUses(s), (s, _) => ToldOrNot(s) ?? Verdict.Met);

    public static Rule Told { get; } = new("DP-5", Principle.DefinedPurpose, [PimStep.Implement], [],
        "PIM Principles 2015, principle 3 (\"communicated\")", s =>
            Verdict.Of([
                s.Purpose?.PublishedAt is null ? new Refusal("gap.purpose-not-published", Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Purpose) : null,
                .. s.Activity.Languages.Where(l => s.Notice is null || !s.Notice.Content.Texts.TryGetValue(l, out var t) || string.IsNullOrWhiteSpace(t.Purpose))
                    .Select(l => new Refusal("gap.notice-without-purpose", Principle.DefinedPurpose).With("language", l).MendedBy(Mender.ProtectionOfficer, MendPage.Notice)),
            ]));

    public static Rule Ends { get; } = new("DP-6", Principle.DefinedPurpose, [PimStep.Implement], [Operation.Collect],
        "PIM Principles 2015, principle 3; UN General Assembly resolution 45/95 (1990), principle 3(c)", s =>
        {
            if (s.Activity.Retention is not { } plan)
                return Verdict.Of(new Refusal("gap.no-retention", Principle.DefinedPurpose).MendedBy(Mender.InformationManagementOfficer, MendPage.Retention));
            if (s.Activity.Step == PimStep.Closed)
                return Verdict.Met;
            if (s.Activity.Period.End < s.Today && s.Activity.Step <= PimStep.Implement)
                return Verdict.Of(new Refusal("gap.past-its-end", Principle.DefinedPurpose).With("date", Text.Of(s.Activity.Period.End)).MendedBy(Mender.ActivityLead, MendPage.Closing));
            return Verdict.Until(plan.KeptUntil(s.Activity.Period), s,
                new Refusal("gap.retention-passed", Principle.DefinedPurpose).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Closing),
                new Refusal("gap.retention-near", Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Closing));
        });

    public static Rule ActedOn { get; } = new("DP-7", Principle.DefinedPurpose, [PimStep.Closed], [],
        "PIM Principles 2015, principle 3 (\"aimed at action for protection outcomes\")", s =>
        {
            if (s.Activity.OpenedAt is null)
                return Verdict.NotApplicable("nothing-collected");
            if (s.Purpose is not { } purpose)
                return Verdict.Of(Missing("gap.no-purpose"));
            var used = purpose.Uses.Select(u => u.NeedCode).ToHashSet(StringComparer.Ordinal);
            var unused = purpose.Content.Needs.Where(n => !used.Contains(n.Code)).ToList();
            // A need without use takes its questions with it: those that serve nothing else are named, to be asked no more.
            Refusal Unused(string need) => new Refusal("gap.need-without-use", Principle.DefinedPurpose).With("need", need)
                .With("questions", string.Join(", ", s.Elements.Where(e => e.NeedCode == need && e.Ask is null).Select(e => e.Name).Distinct(StringComparer.Ordinal).Take(12).DefaultIfEmpty("–")))
                .MendedBy(Mender.ProtectionOfficer, MendPage.Evidence);
            if (s.Activity.Step >= PimStep.Evaluate)
                return Verdict.Of(unused.Select(n => Unused(n.Code)));
            var due = purpose.Content.Needs.Select(n => (n.Code, On: UseDue(s, purpose, n))).ToList();
            Refusal Again(string need) => unused.Any(n => n.Code == need) ? Unused(need) : new Refusal("gap.need-no-longer-used", Principle.DefinedPurpose).With("need", need)
                .With("date", Text.Of(purpose.Uses.Where(u => u.NeedCode == need).Max(u => u.On))).MendedBy(Mender.ProtectionOfficer, MendPage.Evidence);
            var overdue = due.Where(d => d.On < s.Today).ToList();
            return overdue.Count > 0 ? Verdict.Of(overdue.Select(d => Again(d.Code)))
                : due.Where(d => d.On <= s.Today.AddDays(s.Limits.NoticeDays)).OrderBy(d => d.On).FirstOrDefault() is { Code: { } code } near ? Verdict.DueSoon(near.On, Again(code))
                : Verdict.Met;
        });

    public static IReadOnlyList<Rule> Rules { get; } = [Said, Needed, Proportionate, Bound, Told, Ends, ActedOn];

    /// <summary>The day by which a decision or an action must show that the need is still used: its review, and after that as long again since the last use as lay between opening and review, a month at least. One use years ago
    /// does not make a need go on for ever.</summary>
    private static DateOnly UseDue(ActivitySnapshot s, PurposeStatement purpose, InformationNeed need)
    {
        var days = Math.Max(30, need.ReviewOn.DayNumber - DateOnly.FromDateTime(s.Activity.OpenedAt!.Value.UtcDateTime).DayNumber);
        var last = purpose.Uses.Where(u => u.NeedCode == need.Code).Select(u => (DateOnly?)u.On).Max();
        return last is { } on && on.AddDays(days) > need.ReviewOn ? on.AddDays(days) : need.ReviewOn;
    }

    private static Verdict? ToldOrNot(ActivitySnapshot s) =>
        s.Purpose is null ? Verdict.Of(Missing("gap.no-purpose"))
        : s.Purpose.PublishedAt is null ? Verdict.Of(new Refusal("gap.purpose-changed", Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Purpose))
        : null;

    /// <summary>Decisions on compatible uses that wait, lapsed or were refused, for needs that no other decision carries. They hold nothing by themselves: whom they do not carry is out of reach one by one.</summary>
    private static Verdict CompatibleUses(ActivitySnapshot s)
    {
        Refusal Of(string slug, CompatibleUse use, Mender who) => new Refusal(slug, Principle.DefinedPurpose).With("needs", string.Join(", ", use.Needs)).With("date", Text.Of(use.Until)).MendedBy(who, MendPage.Compatible);
        var stated = s.Purpose!.Content.Needs.Select(n => n.Code).ToHashSet(StringComparer.Ordinal);
        var uses = s.Purpose.CompatibleUses.Where(u => u.Ended is null && u.Needs.Any(stated.Contains)).ToList();
        var open = uses.Where(u => !u.Needs.Where(stated.Contains).All(n => s.Purpose.CompatibleBefore(n, s.Today) is not null)).ToList();
        if (open.Count > 0)
            return Verdict.Of(open.Select(u => u.StateOn(s.Today) switch
            {
                CompatibleUseState.Waiting => Of("gap.compatible-use-waits", u, Mender.SomeoneElse),
                CompatibleUseState.Refused => Of("gap.compatible-use-refused", u, Mender.ActivityLead),
                _ => Of("gap.compatible-use-lapsed", u, Mender.ActivityLead),
            }));
        return uses.Where(u => u.StateOn(s.Today) == CompatibleUseState.InForce).MinBy(u => u.Until) is { } first && first.Until <= s.Today.AddDays(s.Limits.NoticeDays)
            ? Verdict.DueSoon(first.Until, Of("gap.compatible-use-ends", first, Mender.ActivityLead)) : Verdict.Met;
    }

    private static Refusal Missing(string slug) => new Refusal(slug, Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Purpose);
}
