using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Web.Ui;

namespace Amana.Web.Activities;

/// <summary>Writes findings as pages show them: what is missing, what that holds, who mends it, and the link to where.</summary>
public sealed class Findings(PageTexts texts, MendLinks mends, TimeProvider clock)
{
    /// <summary>The findings as rows, in their order; gaps of one rule that are mended in one place stand together.</summary>
    /// <param name="findings">What the rules found.</param>
    /// <param name="number">The activity's number.</param>
    /// <param name="running">Whether operations are held up by them now.</param>
    public IReadOnlyList<FindingRow> Rows(IEnumerable<Finding> findings, int number, bool running) =>
        [.. findings.GroupBy(f => (f.Rule.Id, f.State, f.Gap.Mend)).Select(g => Row([.. g], number, running))];

    private FindingRow Row(IReadOnlyList<Finding> gaps, int number, bool running)
    {
        var finding = gaps[0];
        var shown = mends.Show(finding.Gap, number);
        List<string> parts = [.. gaps.Take(3).Select(g => mends.Show(g.Gap, number).Words)];
        if (gaps.Count > 3)
            parts.Add(texts.Plain("findings.more", new { count = gaps.Count - 3 }));
        if (running && finding.HoldsUp.Count > 0)
            parts.Add(texts.Plain("findings.holds", new { operations = Operations(finding.HoldsUp) }));
        if (shown.Mender is { } mender)
            parts.Add(texts.Plain("refusal.mended-by", new { who = mender }));
        var when = finding.DueOn is { } due && finding.State == RuleState.DueSoon
            ? texts.Plain("findings.due", new { when = texts.Away(due, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)) })
            : null;
        return new FindingRow(ActivityFrame.Shown(finding.State), finding.Rule.Id, texts.Plain($"rule.{finding.Rule.Id}.name"), string.Join(' ', parts), shown.Href, shown.Action, when);
    }

    /// <summary>Operations in words: "collection, linking and release".</summary>
    public string Operations(IEnumerable<Operation> operations) => texts.List([.. operations.Select(o => texts.Plain($"operation.{o}.name"))]);

    /// <summary>The one next step of the activity.</summary>
    public NextStep Next(ActivitySnapshot s, IReadOnlyList<RuleAnswer> answers)
    {
        var at = $"/activities/{s.Activity.Number}";
        if (Attention.NextStep(s) is not { } next)
            return new NextStep(texts.Plain("next.closed"), texts.Plain("next.closed.why", new { date = Day(s.Activity.ClosedAt) }), null, null);
        if (s.Activity.Step == PimStep.Implement)
            return WhileCollecting(s, answers, at);
        var gaps = Attention.Before(next, answers);
        if (gaps.Count > 0)
            return Mend(gaps[0], s, texts.Plain("next.gaps", new { count = gaps.Select(g => g.Rule.Id).Distinct(StringComparer.Ordinal).Count(), step = texts.Plain("step." + next) }), "unmet");
        return next == PimStep.Closed
            ? new NextStep(texts.Plain("next.close"), texts.Plain("next.close.why"), mends.Href(MendPage.Closing, s.Activity.Number), texts.Plain("mendpage.Closing"))
            : new NextStep(texts.Plain("next.enter", new { step = texts.Plain("step." + next) }), texts.Plain("next.enter.why"), at + "/rules", texts.Plain("next.enter.go"));
    }

    private NextStep WhileCollecting(ActivitySnapshot s, IReadOnlyList<RuleAnswer> answers, string at)
    {
        var now = Attention.Now(s, answers);
        if (now.FirstOrDefault(f => f.HoldsUp.Count > 0) is { } holding)
            return Mend(holding, s, texts.Plain("findings.holds", new { operations = Operations(holding.HoldsUp) }), "unmet");
        if (now.FirstOrDefault(f => f.State == RuleState.DueSoon) is { } due)
            return Mend(due, s, texts.Plain("findings.due", new { when = texts.Away(due.DueOn ?? s.Today, s.Today) }), "due");
        if (now.FirstOrDefault(f => f.Rule.Gates.Contains(PimStep.Implement)) is { } slipped)
            return Mend(slipped, s, "", "due");
        return new NextStep(texts.Plain("next.collecting"), texts.Plain("next.collecting.why", new { count = s.Collection.Records }),
            mends.Href(MendPage.Collection, s.Activity.Number) ?? at + "/rules", texts.Plain(mends.Href(MendPage.Collection, s.Activity.Number) is null ? "mendpage.Rules" : "mendpage.Collection"));
    }

    private NextStep Mend(Finding finding, ActivitySnapshot s, string also, string tone)
    {
        var shown = mends.Show(finding.Gap, s.Activity.Number);
        return new NextStep(
            texts.Plain("mendpage." + (finding.Gap.Mend?.Page ?? MendPage.Rules)), shown.Words, shown.Href ?? $"/activities/{s.Activity.Number}/rules",
            shown.Action ?? texts.Plain("mendpage.Rules"))
        { Also = also, Mender = shown.Mender, Tone = tone };
    }

    private static DateOnly? Day(DateTimeOffset? at) => at is { } moment ? DateOnly.FromDateTime(moment.UtcDateTime) : null;
}

/// <summary>What is next and why, with one button.</summary>
public sealed record NextStep(string Title, string Why, string? Href, string? Action)
{
    public string Also { get; init; } = "";
    public string? Mender { get; init; }

    /// <summary>unmet or due; the brand's colour otherwise.</summary>
    public string? Tone { get; init; }
}
