using System.Globalization;
using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Impartiality;
using Amana.Domain.Incidents;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Tests.Principles;

/// <summary>Situations, each tried by every rule on its day and, by moving nothing but the clock, on later days. What is found is written on the page of the principles.</summary>
internal static class EachWay
{
    /// <summary>Rules that no passing of time can break: they look at what was written and decided, which does not age.</summary>
    public static readonly HashSet<string> Ageless = new(StringComparer.Ordinal)
    {
        "PC-1", "PC-2", "PC-4", "PC-5", "DNH-1", "DNH-3", "DNH-4", "DP-1", "DP-2", "DP-3", "DP-5", "IC-1", "IC-2", "IC-3", "IC-4", "SEC-1", "SEC-2", "SEC-3",
        "CC-3", "IMP-1", "IMP-2", "IMP-4", "IMP-5", "CO-1", "CO-2", "CO-3", "CO-4", "CO-5",
    };

    /// <summary>Rules that stop nobody: they show and call somebody, and say so on the page.</summary>
    public static readonly HashSet<string> ShownOnly = new(StringComparer.Ordinal)
    {
        "SEC-5", "SEC-6", "IMP-3", "IMP-4",
    };

    private static readonly int[] Later = [1, 7, 31, 62, 91, 125, 200, 370, 800];

    public static IReadOnlyDictionary<string, Ways> All { get; } = Catalogue.Rules.ToDictionary(r => r.Id, r => Try(r, Situations()), StringComparer.Ordinal);

    private static IEnumerable<(string Name, ActivitySnapshot State)> Situations()
    {
        yield return ("started, nothing else recorded", Given.AnActivity());
        yield return ("planned", Given.AnActivity().ReadyToCollect());
        yield return ("collecting", Given.AnActivity().Collecting());
        yield return ("ready to close", Given.AnActivity().ReadyToClose());
        foreach (var situation in Collecting().Concat(Closing()))
            yield return situation;
    }

    private static IEnumerable<(string Name, ActivitySnapshot State)> Collecting()
    {
        var now = Given.Now;
        yield return ("collecting, a complaint waits since yesterday", Now() with { Feedback = [Feedback.Of(Given.Allowed(ParticipationRules.Give(Now().Activity, new SayFeedback(default, FeedbackKind.Complaint, "ar", [1]), now.AddDays(-1))))] });
        yield return ("collecting, a plan of one open matter for each worker", Loaded());
        yield return ("collecting, the risks approved for another place", Now() with { Risk = GivenPlans.Assessment(approvedFor: Now().RiskScope() with { Place = "YY09" }) });
        yield return ("collecting, only yes can be answered", Now() with { Forms = [GivenForms.Published(GivenForms.With("consent", e => e with { Choices = [GivenForms.Choice("yes")] }))] });
        yield return ("collecting, sex is asked in free text", Now() with { Forms = [GivenForms.Published(GivenForms.With("sex", e => e with { Choices = [] }))] });
        yield return ("collecting, somebody withdrew an hour ago", Now() with { Collection = new CollectionState { WithdrawnNotErased = 1, OldestWithdrawal = now.AddHours(-1) } });
        yield return ("collecting, the vault is shut", Now() with { Safekeeping = new SafekeepingState { LedgerReady = true } });
        yield return ("collecting, the ledger cannot be written", Now() with { Safekeeping = new SafekeepingState { VaultReady = true } });
        yield return ("collecting, access was asked for yesterday", Now() with { Requests = [Asked(now.AddDays(-1))] });
        yield return ("collecting, access was asked for long ago", Now() with { Requests = [Asked(now.AddDays(-40))] });
        yield return ("collecting, records of days ago", Now() with { Collection = new CollectionState { Records = 100 }, Bias = new BiasState(now.AddDays(-1), 100) });
        yield return ("collecting, records and nobody watches for bias", Now() with { Collection = new CollectionState { Records = 100 }, Bias = BiasState.Never });
        yield return ("collecting, records of years ago", Now() with { Now = now.AddDays(1200), Collection = new CollectionState { Records = 100 } });
        yield return ("collecting, a small incident of today", Now() with { Incidents = [Reported(IncidentSeverity.Low)] });
        yield return ("collecting, a severe incident of today", Now() with { Incidents = [Reported(IncidentSeverity.Severe)] });
        yield return ("collecting, a later use found compatible for fifty days", LaterUse());
        yield return ("collecting, no agreement", Now() with { Agreements = [] });
        yield return ("collecting, an agreement that one side accepted", Now() with { Agreements = [GivenPlans.Proposed()] });
        yield return ("collecting, trust was broken", Now() with { Agreements = [GivenPlans.Suspended(GivenPlans.Agreement())] });
        yield return ("collecting, a recipient that accepted nothing", Now() with { Organisations = [Given.Organisation(Given.Partner, "PARTNER", bound: false)] });
        yield return ("collecting, an interest was declared", Now() with { Team = [.. Now().Team, Given.Seat(TeamRole.InformationManagementOfficer, Given.Lead, interest: "My family runs the camp")] });
    }

    private static IEnumerable<(string Name, ActivitySnapshot State)> Closing()
    {
        yield return ("ready to close, but nobody was told the results", Given.AnActivity().ReadyToClose() with { ResultsReturned = [] });
        yield return ("ready to close, but one group was not told the results", Given.AnActivity().ReadyToClose() with { ResultsReturned = [Domain.Tests.Situations.Returned(PopulationGroup.Women)] });
        yield return ("ready to close, but nothing was acted on", Given.AnActivity().ReadyToClose() with { Purpose = GivenPlans.Purpose() });
        yield return ("ready to close, but nothing was given back", Given.AnActivity().ReadyToClose() with { Releases = [] });
        yield return ("ready to close, but a request is overdue", Given.AnActivity().ReadyToClose() with { Requests = [Asked(Given.Now.AddDays(-40))] });
        yield return ("ready to close, figures without their method", Given.AnActivity().ReadyToClose() with { Releases = [Domain.Tests.Situations.ARelease().With(nameof(Release.MethodNote), ReleaseNote.Empty)] });
    }

    private static ActivitySnapshot LaterUse()
    {
        var s = Now();
        var told = new LocalText(s.Activity.Languages.Select(l => KeyValuePair.Create(l, "To plan clinics")));
        var use = new CompatibleUse(Guid.NewGuid(), ["N1"], new CompatibilityTest("Plan of clinics", "Same people", "Told in trust", "Coded answers", "More help", "Groups of ten"), told, Given.Today.AddDays(50), Given.InformationOfficer, Given.Now);
        s.Purpose!.Apply(Given.Allowed(CompatibleUseRules.Propose(s.Activity, s.Purpose, use, Given.Now)));
        s.Purpose.Apply(Given.Allowed(CompatibleUseRules.Decide(s.Purpose.CompatibleUses[0], true, "Weighed", Given.FocalPoint, Given.Now)));
        return s;
    }

    private static ActivitySnapshot Now() => Given.AnActivity().Collecting();

    private static ActivitySnapshot Loaded()
    {
        var s = Now();
        s.Activity.Apply(Given.Allowed(ActivityRules.PlanCapacity(s.Activity, new CapacityPlan(4, 10, "Four phones", "From the camp fund") { OpenMattersPerWorker = 1 })));
        return s with { Collection = new CollectionState { InQuarantine = 1 } };
    }

    private static RightsRequest Asked(DateTimeOffset at) => RightsRequest.Of(Given.Allowed(RightsRules.Request(Given.Activity, new AskRight(default, default, RightKind.Access, RequestChannel.Staff), at, 30)));

    private static Incident Reported(IncidentSeverity severity) => Incident.Of(Given.Allowed(IncidentRules.Report(default, Given.Activity, severity, "A phone was lost", Given.Lead, Given.Now)));

    public static Ways Try(Rule rule, IEnumerable<(string Name, ActivitySnapshot State)> situations)
    {
        var found = situations.ToList();
        var unmet = found.Where(s => rule.Evaluate(s.State).State == RuleState.NotMet).Select(s => (s.Name, s.State)).ToList();
        return new Ways(
            found.Where(s => rule.Evaluate(s.State).State is RuleState.Met).Select(s => s.Name).FirstOrDefault(),
            unmet.Select(s => s.Name).FirstOrDefault(),
            found.SelectMany(s => Lapses(rule, s.Name, s.State)).FirstOrDefault(),
            [.. rule.Gates.Where(step => unmet.Any(u => Names(Gate.MayEnter(u.State, step), rule)))],
            [.. rule.Guards.Where(o => unmet.Any(u => Names(Gate.Decide(u.State, new GateRequest(Actor.House, o, "N1")), rule)))]);
    }

    private static IEnumerable<string> Lapses(Rule rule, string name, ActivitySnapshot s) =>
        rule.Evaluate(s).State is not (RuleState.Met or RuleState.DueSoon) ? []
        : Later.Where(days => rule.Evaluate(s with { Now = s.Now.AddDays(days) }).State == RuleState.NotMet).Select(days => string.Create(CultureInfo.InvariantCulture, $"{name}, {days} days later"));

    private static bool Names(GateAnswer answer, Rule rule) => !answer.Allowed && answer.Refusals.Any(r => r.Args.GetValueOrDefault("rule") == rule.Id);
}

/// <summary>Where a rule was found met, not met, and lapsed by time alone; and the doors that were found shut by it.</summary>
internal sealed record Ways(string? Met, string? NotMet, string? Lapsed, IReadOnlyList<PimStep> Steps, IReadOnlyList<Operation> Operations);

public sealed class Each_rule_tried_each_way
{
    public static TheoryData<string> Rules => [.. Catalogue.Rules.Select(r => r.Id)];

    [Theory, MemberData(nameof(Rules))]
    public void Is_met_somewhere(string rule) => Assert.NotNull(EachWay.All[rule].Met);

    [Theory, MemberData(nameof(Rules))]
    public void Is_not_met_somewhere(string rule) => Assert.NotNull(EachWay.All[rule].NotMet);

    [Theory, MemberData(nameof(Rules))]
    public void Lapses_by_time_alone_unless_it_looks_at_nothing_that_ages(string rule) => Assert.Equal(EachWay.Ageless.Contains(rule), EachWay.All[rule].Lapsed is null);

    [Theory, MemberData(nameof(Rules))]
    public void Shuts_every_door_that_it_guards(string rule)
    {
        var found = Catalogue.Find(rule)!;
        Assert.Equal(found.Gates, EachWay.All[rule].Steps);
        Assert.Equal(found.Guards, EachWay.All[rule].Operations);
        Assert.Equal(EachWay.ShownOnly.Contains(rule), found.Gates.Count + found.Guards.Count == 0);
    }

    [Fact]
    public void Would_be_missed_if_no_situation_broke_it()
    {
        var ways = EachWay.Try(Catalogue.Find("DNH-2")!, [("collecting", Given.AnActivity().Collecting())]);
        Assert.Equal(("collecting", null, "collecting, 91 days later", 0), (ways.Met, ways.NotMet, ways.Lapsed, ways.Operations.Count));
    }
}
