using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Web.Ui;

namespace Amana.Web.Activities;

/// <summary>What stands around every page of an activity, in the reader's language.</summary>
public sealed record ShownActivity(string Category, string Organisation, string Period, IReadOnlyList<RailStep> Rail, IReadOnlyList<PrincipleTile> Tiles);

/// <summary>An activity as a page needs it: its state, the rules' answers, and the frame.</summary>
public sealed record FramedActivity(ActivitySnapshot State, IReadOnlyList<RuleAnswer> Answers, ShownActivity Shown);

/// <summary>Loads an activity for a page through the door, and makes the frame around it.</summary>
public sealed class ActivityFrame(Door door, ActivityReader activities, StepsEntered steps, Findings findings, PageTexts texts)
{
    /// <summary>The slugs of the eight principles, as addresses and texts of the strip name them.</summary>
    public static string Slug(Principle principle) => principle switch
    {
        Principle.PeopleCentred => "people-centred",
        Principle.DoNoHarm => "do-no-harm",
        Principle.DefinedPurpose => "defined-purpose",
        Principle.InformedConsent => "consent",
        Principle.DataProtection => "data-protection",
        Principle.Competency => "competency",
        Principle.Impartiality => "impartiality",
        _ => "coordination",
    };

    /// <summary>The activity, or none when there is no such activity or it is not the reader's.</summary>
    public async Task<FramedActivity?> Load(AccessContext who, int number, CancellationToken cancellationToken)
    {
        if (await activities.Find(number, cancellationToken) is not { } id)
            return null;
        var read = await door.ForReading(who, id, cancellationToken);
        if (!read.IsDone)
            return null;
        var s = read.Result;
        var answers = Catalogue.Evaluate(s);
        var entered = await steps.Read(id, cancellationToken);
        var organisation = s.Organisations.FirstOrDefault(o => o.Id == s.Activity.OrganisationId)?.Name ?? "";
        var shown = new ShownActivity(texts.Word(s.Activity.Category), organisation, texts.Period(s.Activity.Period.Start, s.Activity.Period.End), Rail(s, answers, entered), Tiles(number, answers));
        return new FramedActivity(s, answers, shown);
    }

    /// <summary>The one next step of the activity.</summary>
    public NextStep Next(ActivitySnapshot state, IReadOnlyList<RuleAnswer> answers) => findings.Next(state, answers);

    public IReadOnlyList<Crumb> Crumbs(Activity activity, bool isOverview)
    {
        List<Crumb> crumbs = [new("nav.activities", "/activities"), new(texts.Word(activity.Category), "/activities?category=" + activity.Category)];
        if (!isOverview)
            crumbs.Add(new Crumb(activity.Title, $"/activities/{activity.Number}"));
        return crumbs;
    }

    /// <summary>The state of each principle: the worst of its rules that apply.</summary>
    public static IReadOnlyList<PrincipleTile> Tiles(int number, IReadOnlyList<RuleAnswer> answers) =>
    [
        .. answers.GroupBy(a => a.Rule.Principle).OrderBy(g => g.Key).Select(g =>
        {
            var applying = g.Where(a => a.State != RuleState.NotApplicable).ToList();
            return new PrincipleTile(Slug(g.Key), Worst(applying), applying.Count(a => a.Holds), applying.Count,
                applying.Count(a => a.State == RuleState.DueSoon), $"/activities/{number}/rules#{Slug(g.Key)}");
        }),
    ];

    public static ShownState Shown(RuleState state) => state switch
    {
        RuleState.Met => ShownState.Met,
        RuleState.DueSoon => ShownState.Due,
        RuleState.NotMet => ShownState.Unmet,
        _ => ShownState.NotApplicable,
    };

    /// <summary>The class that colours a state, which is also the rest of its key <c>state.…</c>.</summary>
    public static string Tone(ShownState state) => state.Class();

    /// <summary>The sign of a state.</summary>
    public static string Sign(ShownState state) => state.Sign();

    private static ShownState Worst(IReadOnlyList<RuleAnswer> applying) =>
        applying.Count == 0 ? ShownState.NotApplicable
        : applying.Any(a => a.State == RuleState.NotMet) ? ShownState.Unmet
        : applying.Any(a => a.State == RuleState.DueSoon) ? ShownState.Due
        : ShownState.Met;

    private IReadOnlyList<RailStep> Rail(ActivitySnapshot s, IReadOnlyList<RuleAnswer> answers, IReadOnlyDictionary<PimStep, DateTimeOffset> entered)
    {
        PimStep[] four = [PimStep.Assess, PimStep.Design, PimStep.Implement, PimStep.Evaluate];
        return
        [
            .. four.Select(step =>
            {
                var state = step < s.Activity.Step ? StepState.Done : step == s.Activity.Step ? StepState.Now : StepState.Later;
                var name = step.ToString().ToLowerInvariant();
                var fact = Fact(s, answers, step, state);
                var note = state == StepState.Done && entered.TryGetValue(step + 1, out var left)
                    ? texts.Plain("rail.done-on", new { date = DateOnly.FromDateTime(left.UtcDateTime) }) + (fact is null ? "" : " · " + fact)
                    : fact;
                return new RailStep(name, state, note, $"/activities/{s.Activity.Number}#{name}");
            }),
        ];
    }

    private string? Fact(ActivitySnapshot s, IReadOnlyList<RuleAnswer> answers, PimStep step, StepState state) => (step, state) switch
    {
        (PimStep.Assess, _) => texts.Plain("rail.consultations", new { count = s.Consultations.Count(c => c.Step == PimStep.Assess) }),
        (PimStep.Design, StepState.Now) => texts.Plain("rail.gate", Gate(answers, PimStep.Implement)),
        (PimStep.Design, StepState.Done) => s.Forms.Count(f => f.State != FormState.Draft) is > 0 and var forms ? texts.Plain("rail.forms", new { count = forms }) : null,
        (PimStep.Implement, StepState.Now) => texts.Plain(
            answers.Any(a => a.State == RuleState.NotMet && a.Rule.Guards.Contains(Operation.Collect)) ? "rail.held" : "rail.collecting", new { count = s.Collection.Records }),
        (PimStep.Implement, StepState.Done) => texts.Plain("rail.records", new { count = s.Collection.Records }),
        (PimStep.Evaluate, StepState.Now) => texts.Plain("rail.uses", new { count = s.Purpose?.Uses.Count ?? 0 }),
        (PimStep.Evaluate, StepState.Later) => texts.Plain("rail.evaluate-later"),
        _ => null,
    };

    private static object Gate(IReadOnlyList<RuleAnswer> answers, PimStep step)
    {
        var gating = answers.Where(a => a.Rule.Gates.Contains(step)).ToList();
        return new { met = gating.Count(a => a.Holds), total = gating.Count };
    }
}
