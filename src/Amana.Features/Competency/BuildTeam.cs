using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Competency;

/// <summary>Gives a staff member of any organisation of the operation a role on the activity. Sent twice with the same id it is given once.</summary>
public sealed class AssignRole(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, TeamMemberId id, StaffId staffId, TeamRole role, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (s.Team.Any(t => t.Member.Id == id))
            return Nothing.Here;
        if (await db.Set<StaffMember>().FirstOrDefaultAsync(m => m.Id == staffId, cancellationToken) is not { } staff)
            return new Refusal("field.required").At("StaffId");
        var decision = CompetencyRules.Assign(s.Activity, id, staff, role, s.Team.Select(t => t.Member), clock.Now());
        if (decision is not Decision<RoleAssigned>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(TeamMember.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value).With("role", role.ToString()).With("staff", staffId.Value.ToString("N")));
        return Nothing.Here;
    }
}

/// <summary>The person in the seat acknowledges that they know the activity's purpose, confidentiality, notice and referral pathway (CC-3). Nobody does it for another.</summary>
public sealed class AcknowledgeBriefing(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, TeamMemberId seat, CancellationToken cancellationToken)
    {
        var loaded = await Seats.Load(door, who, activity, seat, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var (s, member) = loaded.Result;
        if (member.BriefedAt is not null && member.StaffId == who.Actor.StaffId && s.Team.First(t => t.Member.Id == seat).Knows(s.Referral))
            return Nothing.Here; // sent twice
        if (CompetencyRules.BriefingReady(s) is { Count: > 0 } gaps)
            return gaps.ToList();
        var decision = CompetencyRules.Acknowledge(member, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<BriefingAcknowledged>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        member.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, seat.Value).With("role", member.Role.ToString()).With("notice", s.Notice!.Hash));
        return Nothing.Here;
    }
}

/// <summary>The person in the seat declares a conflict of interest; the role rests from then on (IMP-5).</summary>
public sealed class DeclareInterest(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, TeamMemberId seat, string interest, CancellationToken cancellationToken)
    {
        var loaded = await Seats.Load(door, who, activity, seat, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var member = loaded.Result.Member;
        if (member.DeclaredInterest == interest.Trim() && member.StaffId == who.Actor.StaffId)
            return Nothing.Here; // sent twice
        var decision = CompetencyRules.DeclareInterest(member, who.Actor.StaffId!.Value, interest);
        if (decision is not Decision<InterestDeclared>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        member.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, seat.Value).With("role", member.Role.ToString()));
        return Nothing.Here;
    }
}

/// <summary>Ends a role on the activity; the seat stays in the record.</summary>
public sealed class EndRole(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, TeamMemberId seat, CancellationToken cancellationToken)
    {
        var planning = await door.ForPlanning(who, activity, cancellationToken);
        if (!planning.IsDone)
            return Outcome<Nothing>.RefusedBy(planning.Refusals);
        if (planning.Result.Team.FirstOrDefault(t => t.Member.Id == seat)?.Member is not { } member)
            return Seats.NotThere;
        if (member.EndedAt is not null)
            return Nothing.Here; // sent twice
        var decision = CompetencyRules.End(member, clock.Now());
        if (decision is not Decision<RoleEnded>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        member.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, seat.Value).With("role", member.Role.ToString()));
        return Nothing.Here;
    }
}

internal static class Seats
{
    public static Refusal NotThere { get; } = new Refusal("team.seat-not-found", Principle.Competency).MendedBy(Mender.ActivityLead, MendPage.Team);

    public static async Task<Outcome<(ActivitySnapshot State, TeamMember Member)>> Load(Door door, AccessContext who, ActivityId activity, TeamMemberId seat, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<(ActivitySnapshot, TeamMember)>.RefusedBy(loaded.Refusals);
        return loaded.Result.Team.FirstOrDefault(t => t.Member.Id == seat && t.Member.EndedAt is null)?.Member is { } member ? (loaded.Result, member) : NotThere;
    }
}
