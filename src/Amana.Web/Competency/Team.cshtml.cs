using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Platform;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Competency;

/// <summary>Who holds which role, with which competencies, briefed or not (CC-1 to CC-3, IMP-5).</summary>
[NoPersonalData]
public sealed class TeamModel(ActivityFrame frame, StaffDirectory staff, WhoFits fits, StaffLoads loads, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "place.team";

    [BindProperty]
    public AssignInput Input { get; set; } = new();

    [BindProperty]
    public SeatInput Seat { get; set; } = new();

    public IReadOnlyList<ListedStaff> Staff { get; private set; } = [];

    /// <summary>Seats that are held now.</summary>
    public IReadOnlyList<TeamSeat> Seats => [.. State.Team.Where(t => t.Member.EndedAt is null)];

    /// <summary>The reader's own seats that wait for the briefing, or for what changed since.</summary>
    public IReadOnlyList<TeamSeat> ToBrief => [.. Seats.Where(t => t.Member.StaffId == Who.Actor.StaffId && !(t.IsBriefed && t.Knows(State.Referral)))];

    /// <summary>Who could take which role today, and what the others miss.</summary>
    public IReadOnlyList<Fit> Fits { get; private set; } = [];

    /// <summary>What each of the staff carries already, in all activities; for those who give roles.</summary>
    public IReadOnlyDictionary<StaffId, StaffLoad> Loads { get; private set; } = new Dictionary<StaffId, StaffLoad>();

    public StaffLoad LoadOf(StaffId id) => Loads.GetValueOrDefault(id, StaffLoad.None);

    /// <summary>Interviews that the plan allows one interviewer in the days that are counted.</summary>
    public int? InterviewsPlanned => State.Activity.Capacity is { } plan ? plan.InterviewsPerDay * StaffLoads.Days : null;

    /// <summary>More than the plan of this activity allows one person.</summary>
    public bool IsAbove(StaffLoad load) => load.OpenCases > State.Activity.Capacity?.InCarePerWorker || load.Interviews > InterviewsPlanned;

    /// <summary>What the activity's organisation asks of roles.</summary>
    private ProfilesInForce Asks => ProfilesInForce.Of(State.Profiles, State.Activity.OrganisationId);

    public bool MayPlan => Authority.MayPlan(State, Who.Actor).Count == 0;

    public RuleAnswer TwoProfessions => Answers.First(a => a.Rule.Id == "CC-1");

    public IReadOnlyList<Choice> People => [.. Staff.Where(s => s.Active).Select(s => new Choice(s.Id.Value.ToString(), $"{s.Name} ({s.Organisation})"))];

    public string OrganisationOf(StaffId id) => Staff.FirstOrDefault(s => s.Id == id)?.Organisation ?? "";

    /// <summary>Whether somebody holds one of the roles now with current competencies.</summary>
    public bool Held(params TeamRole[] roles) => State.Team.Any(t => roles.Contains(t.Member.Role) && t.IsActive(State.Today));

    /// <summary>Until when each competency of the seat's role is evidenced; none where it is missing today.</summary>
    public IEnumerable<(CompetencyCode Code, CompetencyLevel Level, DateOnly? Until)> Needed(TeamSeat seat) =>
        Asks.Required(seat.Member.Role).Select(need => (need.Key, need.Value,
            seat.Evidence.Where(e => e.IsCurrent(State.Today) && e.Competency == need.Key && e.Level >= need.Value).Select(e => (DateOnly?)e.ExpiresOn).Max()));

    /// <summary>The notice in the reader's language, else in the first there is.</summary>
    public NoticeText? Notice => State.Notice is { } notice
        ? notice.Content.Texts.GetValueOrDefault(Texts.Language.Code) ?? notice.Content.Texts.Values.FirstOrDefault()
        : null;

    public Task OnGet(CancellationToken cancellationToken) => Fill(cancellationToken);

    [Grave]
    public async Task<IActionResult> OnPost([FromServices] AssignRole assign, CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        await FillFits(cancellationToken);
        List<Refusal> missing = [];
        if (Input.StaffId is null)
            missing.Add(new Refusal("field.required").At("StaffId"));
        if (Input.Role is null)
            missing.Add(new Refusal("field.required").At("Role"));
        return missing.Count > 0 ? Refused(missing)
            : Answer(await assign.Handle(Who, ActivityId, new TeamMemberId(Input.Id), new StaffId(Input.StaffId!.Value), Input.Role!.Value, cancellationToken), At("team"), "role-assigned");
    }

    public async Task<IActionResult> OnPostBriefed([FromServices] AcknowledgeBriefing acknowledge, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await acknowledge.Handle(Who, ActivityId, new TeamMemberId(Seat.Id), cancellationToken), At("team"), "briefing-acknowledged", nameof(Seat));
    }

    public async Task<IActionResult> OnPostInterest([FromServices] DeclareInterest declare, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await declare.Handle(Who, ActivityId, new TeamMemberId(Seat.Id), Seat.Interest ?? "", cancellationToken), At("team"), "interest-declared", nameof(Seat));
    }

    [Grave]
    public async Task<IActionResult> OnPostEnd([FromServices] EndRole end, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await end.Handle(Who, ActivityId, new TeamMemberId(Seat.Id), cancellationToken), At("team"), "role-ended", nameof(Seat));
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        Staff = await staff.Read(cancellationToken);
        await FillFits(cancellationToken);
        Input = new AssignInput { Id = Ids.NewGuid(clock) };
    }

    private async Task FillFits(CancellationToken cancellationToken)
    {
        if (MayPlan)
            (Fits, Loads) = (await fits.Read(Asks, cancellationToken), await loads.Read(cancellationToken));
    }
}

/// <summary>Who gets which role; the id makes a post that is sent twice one assignment.</summary>
public sealed class AssignInput
{
    public Guid Id { get; set; }
    public Guid? StaffId { get; set; }
    public TeamRole? Role { get; set; }
}

/// <summary>What is done about one seat.</summary>
public sealed class SeatInput
{
    public Guid Id { get; set; }
    public string? Interest { get; set; }
}
