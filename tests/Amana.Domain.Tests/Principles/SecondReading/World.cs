using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Forms;
using Amana.Domain.Incidents;
using Amana.Domain.Principles;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Tests.SecondReading;

/// <summary>An activity that is told to be in a step, with a team, and with some things gone wrong. What went wrong is named together with the rules that it breaks.</summary>
internal sealed record World(PimStep Step, IReadOnlyList<Seated> Seats, IReadOnlySet<string> Wrongs)
{
    /// <summary>What can go wrong, with the rules that are then not met, as the catalogue says them.</summary>
    private static readonly (string Name, string[] Breaks, Func<ActivitySnapshot, ActivitySnapshot> Do)[] All =
    [
        ("notice never written", ["IC-1", "IC-2"], s => s with { Notice = null }),
        ("notice in one language only", ["IC-1"], s => s with { Notice = s.Notice is null ? null : GivenPlans.Notice(change: (l, t) => l == "ar" ? null : t) }),
        ("purpose never stated", ["DP-2", "DP-4"], s => s with { Purpose = null }),
        ("purpose not published", ["DP-4"], s => s.Purpose is null ? s : s with { Purpose = GivenPlans.Purpose(published: false) }),
        ("weighed by its author", ["IMP-5"], s => Also(s, s.Purpose, p => p.With(nameof(p.Proportionality), p.Proportionality! with { By = p.AuthorId }))),
        ("risks never assessed", ["DNH-2"], s => s with { Risk = null }),
        ("review of risks lapsed", ["DNH-2"], s => Also(s, s.Risk, r => r.With(nameof(r.Content), r.Content with { ReviewOn = Given.Today.AddDays(-1) }))),
        ("risks reopened by an incident", ["DNH-4 for what moves data"], s => Also(s, s.Risk, r => r.With(nameof(r.ReopenedBecause), nameof(ReopeningReason.Incident)))),
        ("risks reopened because the context changed", ["DNH-4"], s => Also(s, s.Risk, r => r.With(nameof(r.ReopenedBecause), nameof(ReopeningReason.ContextChanged)))),
        ("risks approved by their author", ["IMP-5"], s => Also(s, s.Risk, r => r.With(nameof(r.ApprovedBy), r.AuthorId))),
        ("the place changed", ["DNH-4"], s => Also(s, s.Activity, a => a.With(nameof(a.Place), new Place("XX0999", "Elsewhere")))),
        ("no retention", ["DP-6"], s => Also(s, s.Activity, a => a.With(nameof(a.Retention), null))),
        ("past its end", ["DP-6"], s => Also(s, s.Activity, a => a.With(nameof(a.Period), new Period(Given.Today.AddDays(-60), Given.Today.AddDays(-1))))),
        ("vault not ready", ["SEC-2"], s => s with { Safekeeping = s.Safekeeping with { VaultReady = false } }),
        ("ledger not ready", ["SEC-3"], s => s with { Safekeeping = s.Safekeeping with { LedgerReady = false } }),
        ("a severe incident is open", ["SEC-7", "DNH-4 for what moves data"], s => s with { Incidents = [.. s.Incidents, AnIncident(IncidentSeverity.Severe)] }),
        ("a low incident is open", ["DNH-4 for what moves data"], s => s with { Incidents = [.. s.Incidents, AnIncident(IncidentSeverity.Low)] }),
        ("the activity is frozen", [], s => s with { Freezes = [.. s.Freezes, Held(FreezeKind.Activity, Given.Activity.Value)] }),
        ("the protection officer is frozen", [], s => s with { Freezes = [.. s.Freezes, Held(FreezeKind.Account, Given.ProtectionOfficer.Value)] }),
        ("something else is frozen", [], s => s with { Freezes = [.. s.Freezes, Held(FreezeKind.Person, Guid.NewGuid()), Held(FreezeKind.Release, Guid.NewGuid())] }),
        ("no agreement", ["SEC-8"], s => s with { Agreements = [] }),
        ("the other side has not accepted the agreement", ["SEC-8"], s => Also(s, First(s.Agreements), a => a.With(nameof(a.Acts), a.Acts.Take(1).ToList()))),
        ("the agreement was altered after both accepted", ["SEC-8"], s => Also(s, First(s.Agreements), a => a.With(nameof(a.Purpose), "Anything"))),
        ("the agreement is suspended", ["SEC-8", "CO-5"], s => Also(s, First(s.Agreements), a => a.With(nameof(a.SuspendedAt), Given.Now))),
        ("the agreement has ended", ["SEC-8"], s => Also(s, First(s.Agreements), a => a.With(nameof(a.InForce), new Period(Given.Today.AddDays(-30), Given.Today.AddDays(-1))))),
        ("the recipient is not bound", ["CO-5"], s => s with { Organisations = [Given.Organisation(Given.Us, "US"), Given.Organisation(Given.Partner, "PARTNER", bound: false)] }),
        ("no service for an urgent need", ["DNH-5"], s => s with { Referral = null }),
        ("the service is not live", ["DNH-5"], s => s.Referral is null ? s : s with { Referral = Situations.Referral(live: false) }),
        ("the service moved after the briefing", ["DNH-5"], s => Also(s, s.Referral, r => r.Apply(Given.Allowed(Cases.ReferralRules.Set(Given.StartedActivity(), [r.Services[0] with { HowReached = "By the old bridge" }], Given.Now.AddMinutes(1)))))),
        ("a release approved by its proposer", ["IMP-5"], s => s with { Releases = [Same(Situations.ARelease(approved: true))] }),
        ("no form", ["DP-2", "IC-2", "DNH-5"], s => s with { Forms = [] }),
        ("a question without a need", ["DP-2"], s => Form(s, e => e.Name == "age" ? e with { NeedCode = null } : e)),
        ("a question without class", ["IC-6"], s => Form(s, e => e.Name == "sex" ? e with { Sensitivity = null } : e)),
        ("consent never asked", ["IC-2"], s => Form(s, e => e.Name == "consent" ? e with { Ask = null, Sensitivity = Sensitivity.Open } : e)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(a => a.Name)];

    public bool Has(string wrong) => Wrongs.Contains(wrong);

    public bool IsBroken(string rule) => rule switch
    {
        "CC-1" => !Seats.Any(s => s.Counts && s.Role is TeamRole.ProtectionOfficer or TeamRole.CaseWorker) || !Seats.Any(s => s.Counts && s.Role == TeamRole.InformationManagementOfficer),
        "IC-6" when !Seats.Any(s => s.Counts && s.Briefed && s.Role is TeamRole.ProtectionOfficer or TeamRole.CaseWorker) => true,
        "IMP-5" when Seats.Any(s => !s.Ended && s.HasInterest) => true,
        "IC-6" when Wrongs.Contains("no form") => false, // no form, no question without class
        _ => All.Any(a => Wrongs.Contains(a.Name) && a.Breaks.Contains(rule)),
    };

    /// <summary>The same world as records of the product.</summary>
    public ActivitySnapshot Made()
    {
        var s = Given.AnActivity().Collecting() with { Team = [.. Seats.Select(Seat)] };
        s.Activity.With(nameof(s.Activity.Step), Step);
        return All.Where(a => Wrongs.Contains(a.Name)).Aggregate(s, (made, wrong) => wrong.Do(made));
    }

    private static TeamSeat Seat(Seated seated)
    {
        var seat = Given.Seat(seated.Role, seated.Who, seated.EvidenceIsCurrent ? null : Given.Today.AddDays(-1), seated.Briefed, seated.HasInterest ? "A cousin leads the camp" : null);
        if (seated.Ended)
            seat.Member.With(nameof(seat.Member.EndedAt), Given.Now);
        seat.Staff.With(nameof(seat.Staff.Active), !seated.LeftTheOrganisation);
        return seat;
    }

    private static ActivitySnapshot Form(ActivitySnapshot s, Func<Element, Element> change) =>
        Also(s, First(s.Forms), f => f.With(nameof(f.Elements), f.Elements.Select(change).ToList()));

    private static ActivitySnapshot Also<T>(ActivitySnapshot s, T? part, Action<T> change) where T : class
    {
        if (part is not null)
            change(part);
        return s;
    }

    private static T? First<T>(IReadOnlyList<T> all) where T : class => all.Count == 0 ? null : all[0];

    private static Release Same(Release release) => release.With(nameof(release.DecidedBy), release.ProposedBy);

    private static Freeze Held(FreezeKind kind, Guid what) =>
        Freeze.Of(Given.Allowed(FreezeRules.Hold(AnIncident(IncidentSeverity.Low), new FreezeId(Guid.NewGuid()), kind, what, Given.FocalPoint, Given.Now)));

    private static Incident AnIncident(IncidentSeverity severity) =>
        Incident.Of(Given.Allowed(IncidentRules.Report(new IncidentId(Guid.NewGuid()), Given.Activity, severity, "A phone was lost", Given.Lead, Given.Now)));
}
