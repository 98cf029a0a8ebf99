using Amana.Domain.Cases;
using Amana.Domain.Competency;
using Amana.Domain.Forms;
using Amana.Domain.Incidents;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using CsCheck;

namespace Amana.Domain.Tests;

/// <summary>Random sequences of commands, each of which a rule of its subject allowed, over random days. After each the gate is asked for every operation, and a second reading of the records,
/// written plainly and apart from the rules, says what must never be allowed.</summary>
public sealed class No_sequence_of_allowed_commands
{
    private static readonly StaffId[] Staff = [Given.Lead, Given.ProtectionOfficer, Given.InformationOfficer, Given.Interviewer, Given.FocalPoint];

    /// <summary>A command that may be refused; a refused one changes nothing.</summary>
    private delegate ActivitySnapshot Command(ActivitySnapshot s, int choice);

    private static readonly Command[] Commands =
    [
        (s, n) => s with { Now = s.Now.AddDays(n % 40) },
        (s, n) => s with { Now = s.Now.AddHours(1 + n % 5) },
        Assess, Approve, Review, Reopen, Report, Contain, CloseIncident, Harm, PlanSharing, Agree, Suspend, AnswerAgreement, Revise, ResolveBreach, StatePurpose, PublishPurpose, Weigh, Declare, EndSeat, AssignSeat, Brief, Evidence, AddForm, PublishForm, Pathway, AskMore,
    ];

    private static readonly Gen<(int, int)[]> Sequences = Gen.Select(Gen.Int[0, Commands.Length - 1], Gen.Int[0, 1000]).Array[1, 40];

    [Fact]
    public void Leads_to_a_use_that_a_rule_forbids() => Sequences.Sample(sequence =>
    {
        var s = Given.AnActivity().Collecting();
        foreach (var (command, choice) in sequence)
        {
            s = Commands[command](s, choice);
            foreach (var operation in Enum.GetValues<Operation>().Where(o => o != Operation.Erase))
                foreach (var request in Requests(s, operation))
                    if (Gate.Decide(s, request).Allowed)
                        Assert.True(MayBe(s, request) is not { } forbidden, $"{operation} was allowed although {MayBe(s, request)}");
        }
    }, iter: Iterations);

    [Fact]
    public void Leaves_every_operation_refused_from_the_beginning() // or the property above would hold for a gate that refuses everything
    {
        var s = Given.AnActivity().Collecting();
        foreach (var operation in Enum.GetValues<Operation>().Where(o => o != Operation.Erase))
            Assert.Contains(Requests(s, operation), r => Gate.Decide(s, r).Allowed);
    }

    private static int Iterations => Environment.GetEnvironmentVariable("AMANA_LONG") == "1" ? 20_000 : 300;

    private static IEnumerable<GateRequest> Requests(ActivitySnapshot s, Operation operation) =>
        from staff in Staff
        from target in operation == Operation.Collect ? s.Forms.Select(f => ((FormVersionId?)f.Id, (OrganisationId?)null))
            : operation is Operation.Release or Operation.Refer ? (s.SharingPlan?.Recipients ?? []).Select(r => ((FormVersionId?)null, (OrganisationId?)r.OrganisationId)).Append((null, null)) : [((FormVersionId?)null, (OrganisationId?)null)]
        select new GateRequest(Given.Acting(staff), operation, "N1") { Form = target.Item1, Recipient = target.Item2 };

    /// <summary>Why it must not be, read plainly from the records; none when nothing speaks against it.</summary>
    private static string? MayBe(ActivitySnapshot s, GateRequest r)
    {
        var moves = r.Operation is Operation.Release or Operation.Link;
        var works = r.Operation is Operation.Collect or Operation.Link or Operation.Refer or Operation.Release;
        var cites = r.Operation is Operation.Open or Operation.Analyse or Operation.Link or Operation.Release;
        var seat = s.Team.Where(t => t.Member.StaffId == r.Actor.StaffId && t.Member.EndedAt is null && t.Member.DeclaredInterest is null && t.Member.BriefedAt is not null
            && RoleProfiles.Required(t.Member.Role).Concat(t.Profiles.Raised.Where(m => m.Role == t.Member.Role).Select(m => KeyValuePair.Create(m.Competency, m.Level))).All(need => t.Evidence.Any(e => e.Competency == need.Key && e.Level >= need.Value && e.ObtainedOn <= s.Today && e.ExpiresOn >= s.Today))).ToList();
        return seat.Count == 0 ? "the actor has no seat that counts"
            : works && s.Risk!.ApprovedAt is null ? "nobody approved the risks"
            : works && s.Risk!.Content.ReviewOn < s.Today ? "the risks were due for review"
            : works && s.Risk!.ReopenedBecause is not null and not "Incident" and not "HarmfulFeedback" ? "the assessment was reopened"
            : moves && s.Incidents.Any(i => i.ReportedAt > s.Risk!.ApprovedAt) ? "something happened since the approval"
            : moves && s.Feedback.Any(f => f.Kind == FeedbackKind.HarmReported && f.ReceivedAt > s.Risk!.ApprovedAt) ? "harm was reported since the approval"
            : moves && s.Incidents.Any(i => i.Severity >= IncidentSeverity.High && i.ClosedAt is null) ? "a severe incident is open"
            : cites && s.Purpose!.PublishedAt is null ? "people were told another purpose"
            : r.Operation == Operation.Refer && !s.Referral!.Services.Any(x => x.Live && s.Today <= x.CheckedOn.AddDays(90)) ? "nobody knows of a service that is alive"
            : r.Operation == Operation.Refer && !seat.Any(t => t.Member.BriefedAt >= s.Referral!.ChangedAt) ? "the actor has not read where people are sent now"
            : r.Operation == Operation.Release && s.Team.Any(t => t.Member.EndedAt is null && t.Member.DeclaredInterest is not null) ? "somebody in the team has an interest"
            : r.Operation == Operation.Release && s.Risk!.ApprovedBy == s.Risk.AuthorId ? "the author approved"
            : r.Operation == Operation.Release && r.Recipient is { } to && !s.Risk!.ApprovedScope.Recipients.Contains(to) ? "nobody looked at this recipient"
            : r.Operation == Operation.Release && r.Recipient is { } without && s.SharingPlan!.Recipients.Any(p => p.OrganisationId == without && p.Detail != SharingDetail.Figures)
                && !s.Agreements.Any(a => a.RecipientId == without && BothSaidYes(a) && a.SuspendedAt is null && a.InForce.Start <= s.Today && s.Today <= a.InForce.End) ? "there is no agreement"
            : r.Operation == Operation.Release && s.SharingPlan!.Recipients.Any(p => (r.Recipient is null || p.OrganisationId == r.Recipient)
                && s.Agreements.Any(a => a.RecipientId == p.OrganisationId && a.SuspendedAt is not null)) ? "trust was broken"
            : r.Operation == Operation.Collect && s.Activity.Period.End < s.Today ? "the activity has ended"
            : r.Operation == Operation.Collect && s.Forms.FirstOrDefault(f => f.Id == r.Form) is { Accepts: true } form
                && form.Elements.Any(e => e.IsSensitive && !s.Risk!.ApprovedScope.Questions.Contains(e.Name)) ? "nobody looked at this question"
            : null;
    }

    private static ActivitySnapshot If<T>(ActivitySnapshot s, Decision<T> decision, Action<T> apply)
    {
        if (decision is Decision<T>.Allowed(var change))
            apply(change);
        return s;
    }

    private static StaffId One(int n) => Staff[n % Staff.Length];

    private static ActivitySnapshot Assess(ActivitySnapshot s, int n) => If(s, RiskRules.Assess(s.Activity, GivenPlans.Risks(s.Today.AddDays(10 + n % 60)), One(n), s.Now, 180), s.Risk!.Apply);

    private static ActivitySnapshot Approve(ActivitySnapshot s, int n) => If(s, RiskRules.Approve(s.Activity, s.Risk!, s.RiskScope(), One(n), s.Now), s.Risk!.Apply);

    private static ActivitySnapshot Review(ActivitySnapshot s, int n) => If(s, RiskRules.Review(s.Activity, s.Risk!, s.Today.AddDays(1 + n % 90), s.RiskScope(), One(n), s.Now, 180), s.Risk!.Apply);

    private static ActivitySnapshot Reopen(ActivitySnapshot s, int n) => If(s, RiskRules.Reopen(s.Risk!, Enum.GetValues<ReopeningReason>()[n % 5].ToString()), s.Risk!.Apply);

    private static ActivitySnapshot Report(ActivitySnapshot s, int n) =>
        s with { Incidents = [.. s.Incidents, Incident.Of(Given.Allowed(IncidentRules.Report(new IncidentId(Guid.CreateVersion7()), Given.Activity, (IncidentSeverity)(n % 4), "A list was seen", One(n), s.Now)))] };

    private static ActivitySnapshot Contain(ActivitySnapshot s, int n) => s.Incidents.Count == 0 ? s : If(s, IncidentRules.Contain(s.Incidents[n % s.Incidents.Count], "The focal point", s.Now), s.Incidents[n % s.Incidents.Count].Apply);

    private static ActivitySnapshot CloseIncident(ActivitySnapshot s, int n) => s.Incidents.Count == 0 ? s : If(s, IncidentRules.Close(s.Incidents[n % s.Incidents.Count], "Lock it away", s.Now), s.Incidents[n % s.Incidents.Count].Apply);

    private static ActivitySnapshot Harm(ActivitySnapshot s, int n) =>
        s with { Feedback = [.. s.Feedback, Feedback.Of(Given.Allowed(ParticipationRules.Give(s.Activity, new SayFeedback(new FeedbackId(Guid.CreateVersion7()), (FeedbackKind)(n % 5), "ar", [1]), s.Now)))] };

    private static ActivitySnapshot PlanSharing(ActivitySnapshot s, int n)
    {
        OrganisationId[] possible = [Given.Partner, new(Guid.Parse("0193a000-0000-7000-8000-0000000000a9"))];
        var recipients = possible.Where((_, i) => (n >> i & 1) == 1).Select(o => new PlannedRecipient(o, "Records", (SharingDetail)(n / 4 % 2), null)).ToList();
        var decision = SharingRules.Plan(s.Activity, recipients, recipients.Count == 0 ? "Nobody could use it safely" : null, One(n), s.Now);
        return decision is Decision<SharingPlanned>.Allowed(var change)
            ? s with { SharingPlan = SharingPlan.Of(change), Organisations = [.. s.Organisations.Where(o => !possible.Contains(o.Id)), .. possible.Select(o => Given.Organisation(o, "TO"))] } : s;
    }

    private static ActivitySnapshot Agree(ActivitySnapshot s, int n)
    {
        var to = s.Organisations[n % s.Organisations.Count];
        var terms = GivenPlans.Terms() with { InForce = new Period(s.Today.AddDays(n % 3 - 1), s.Today.AddDays(n % 50)) };
        var decision = AgreementRules.Propose(new ProposeAgreement(new AgreementId(Guid.CreateVersion7()), Given.Us, to.Id, terms), to, GivenPlans.Speaker(n % 2 == 0 ? Given.Us : to.Id), s.Now);
        return decision is Decision<AgreementProposed>.Allowed(var change) ? s with { Agreements = [.. s.Agreements, Agreement.Of(change)] } : s;
    }

    /// <summary>Read plainly off the record: each side proposed or accepted the wording of today.</summary>
    private static bool BothSaidYes(Agreement a) =>
        new[] { a.GiverId, a.RecipientId }.All(side => a.Acts.Any(act => act.Side == side && act.Revision == a.Revision && act.Kind is AgreementActKind.Proposed or AgreementActKind.Accepted));

    private static ActivitySnapshot AnswerAgreement(ActivitySnapshot s, int n)
    {
        if (s.Agreements.Count == 0)
            return s;
        var a = s.Agreements[n % s.Agreements.Count];
        return If(s, AgreementRules.Answer(a, (AgreementActKind)(1 + n % 3), a.Hash, "Because", GivenPlans.Speaker(n % 2 == 0 ? a.GiverId : a.RecipientId), s.Now), a.Apply);
    }

    private static ActivitySnapshot Revise(ActivitySnapshot s, int n)
    {
        if (s.Agreements.Count == 0)
            return s;
        var a = s.Agreements[n % s.Agreements.Count];
        var terms = GivenPlans.Terms() with { Purpose = "Version " + n, InForce = new Period(s.Today.AddDays(n % 3 - 1), s.Today.AddDays(n % 50)) };
        return If(s, AgreementRules.Revise(a, terms, Given.Organisation(a.RecipientId, "TO"), GivenPlans.Speaker(n % 2 == 0 ? a.GiverId : a.RecipientId), s.Now), a.Apply);
    }

    private static ActivitySnapshot ResolveBreach(ActivitySnapshot s, int n)
    {
        if (s.Agreements.Count == 0)
            return s;
        var a = s.Agreements[n % s.Agreements.Count];
        return If(s, AgreementRules.Resolve(a, "Called back", GivenPlans.Speaker(n % 2 == 0 ? a.GiverId : a.RecipientId), s.Now), a.Apply);
    }

    private static ActivitySnapshot Suspend(ActivitySnapshot s, int n) => s.Agreements.Count == 0 ? s : If(s, AgreementRules.Suspend(s.Agreements[n % s.Agreements.Count], "Passed on", GivenPlans.Speaker(Given.Us), s.Now), s.Agreements[n % s.Agreements.Count].Apply);

    private static ActivitySnapshot StatePurpose(ActivitySnapshot s, int n) => If(s, PurposeRules.State(s.Activity, GivenPlans.PurposeContent() with { OutOfScope = "Version " + n }, One(n), s.Now), s.Purpose!.Apply);

    private static ActivitySnapshot PublishPurpose(ActivitySnapshot s, int n) => If(s, PurposeRules.Publish(s.Activity, s.Purpose!, s.Now), s.Purpose!.Apply);

    private static ActivitySnapshot Weigh(ActivitySnapshot s, int n) => If(s, PurposeRules.Weigh(s.Purpose!, "Worth it", new Dictionary<string, string>(), One(n), s.Now), s.Purpose!.Apply);

    private static ActivitySnapshot Declare(ActivitySnapshot s, int n) => If(s, CompetencyRules.DeclareInterest(s.Team[n % s.Team.Count].Member, One(n), "Runs the clinic"), s.Team[n % s.Team.Count].Member.Apply);

    private static ActivitySnapshot EndSeat(ActivitySnapshot s, int n) => If(s, CompetencyRules.End(s.Team[n % s.Team.Count].Member, s.Now), s.Team[n % s.Team.Count].Member.Apply);

    private static ActivitySnapshot AssignSeat(ActivitySnapshot s, int n)
    {
        var decision = CompetencyRules.Assign(s.Activity, new TeamMemberId(Guid.CreateVersion7()), Given.StaffMember(One(n)), (TeamRole)(n % 5), s.Team.Select(t => t.Member), s.Now);
        return decision is Decision<RoleAssigned>.Allowed(var change) ? s with { Team = [.. s.Team, new TeamSeat(TeamMember.Of(change), Given.StaffMember(One(n)), []) { Profiles = s.Team[0].Profiles }] } : s;
    }

    /// <summary>A service moves, dies, or is found alive again.</summary>
    private static ActivitySnapshot Pathway(ActivitySnapshot s, int n) =>
        If(s, ReferralRules.Set(s.Activity, [s.Referral!.Services[0] with { HowReached = "Place " + n % 3, Live = n % 5 != 0, CheckedOn = s.Today.AddDays(-(n % 7)) }], s.Now), s.Referral.Apply);

    /// <summary>The organisation asks more of a role, or no more than the product does.</summary>
    private static ActivitySnapshot AskMore(ActivitySnapshot s, int n)
    {
        RaisedNeed[] wanted = n % 3 == 0 ? [] : [new((TeamRole)(n % 5), (CompetencyCode)(n % 19), (CompetencyLevel)(1 + n % 4))];
        var decision = ProfileRules.Change(Given.Us, s.Team[0].Profiles.Raised, wanted, ("Because", true), 1, (Given.Acting(Given.FocalPoint, Accounts.Duty.DataProtectionFocalPoint), s.Now));
        return decision is Decision<ProfileChanged>.Allowed(var change) ? s with { Team = [.. s.Team.Select(t => t with { Profiles = new ProfilesInForce(change.Raised) })] } : s;
    }

    private static ActivitySnapshot Brief(ActivitySnapshot s, int n) => If(s, CompetencyRules.Acknowledge(s.Team[n % s.Team.Count].Member, One(n), s.Now), s.Team[n % s.Team.Count].Member.Apply);

    private static ActivitySnapshot Evidence(ActivitySnapshot s, int n)
    {
        var seat = s.Team[n % s.Team.Count];
        var need = RoleProfiles.Required(seat.Member.Role).ElementAt(n % RoleProfiles.Required(seat.Member.Role).Count);
        var decision = CompetencyRules.Evidence(new EvidenceCompetency(new EvidenceId(Guid.CreateVersion7()), seat.Member.StaffId, need.Key, need.Value, "Observed", s.Today, s.Today.AddDays(n % 30)), One(n + 1));
        return decision is Decision<CompetencyEvidenced>.Allowed(var change) ? s with { Team = [.. s.Team.Select(t => t.Member.Id == seat.Member.Id ? t with { Evidence = [.. t.Evidence, CompetencyEvidence.Of(change)] } : t)] } : s;
    }

    private static ActivitySnapshot AddForm(ActivitySnapshot s, int n) => s.Forms.Count > 3 ? s
        : s with { Forms = [.. s.Forms, GivenForms.Draft([.. GivenForms.Elements(), GivenForms.Of("more" + n % 3, "text", n % 2 == 0 ? Sensitivity.Sensitive : Sensitivity.Open)], version: "v" + n, at: s.Now)] };

    private static ActivitySnapshot PublishForm(ActivitySnapshot s, int n) => If(s, FormRules.Publish(s.Forms[n % s.Forms.Count], s.Purpose, s.Now), s.Forms[n % s.Forms.Count].Apply);
}
