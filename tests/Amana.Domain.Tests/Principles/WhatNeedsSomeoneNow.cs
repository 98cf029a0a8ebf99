using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests.Principles;

public sealed class What_needs_someone_now
{
    [Fact]
    public void Is_at_first_only_what_holds_the_next_step()
    {
        var s = Given.AnActivity();
        Assert.Equal(["CO-1", "PC-1"], Now(s).Select(f => f.Rule.Id).Order());
    }

    [Fact]
    public void Begins_with_what_is_done_first()
    {
        var s = Given.AnActivity();
        Assert.Equal([MendPage.Overlaps, MendPage.Consultations], Now(s).Select(f => f.Gap.Mend!.Page));
    }

    [Fact]
    public void Is_nothing_when_the_next_step_is_open() => Assert.Empty(Attention.Before(PimStep.Implement, Catalogue.Evaluate(Given.AnActivity().ReadyToCollect())));

    [Fact]
    public void Puts_first_what_suspends_a_running_activity()
    {
        var s = Given.AnActivity().Collecting();
        var lapsed = s.At(s.Risk!.Content.ReviewOn.AddDays(1));
        Assert.Equal("DNH-2", Now(lapsed)[0].Rule.Id);
        Assert.Contains(Operation.Collect, Now(lapsed)[0].HoldsUp);
    }

    [Fact]
    public void Warns_before_a_lapse()
    {
        var s = Given.AnActivity().Collecting();
        var near = s.At(s.Risk!.Content.ReviewOn.AddDays(-3));
        Assert.Contains(Now(near), f => f is { Rule.Id: "DNH-2", State: RuleState.DueSoon });
    }

    [Theory]
    [InlineData(Mender.ActivityLead, 1, true)]
    [InlineData(Mender.ActivityLead, 2, false)]
    [InlineData(Mender.ProtectionOfficer, 2, true)]
    [InlineData(Mender.ProtectionOfficer, 3, false)]
    [InlineData(Mender.InformationManagementOfficer, 3, true)]
    [InlineData(Mender.InformationManagementOfficer, 1, false)]
    public void Is_told_to_those_who_can_mend_it(Mender mender, int who, bool can)
    {
        StaffId[] staff = [Given.Lead, Given.ProtectionOfficer, Given.InformationOfficer];
        var s = Given.AnActivity() with { Team = [Given.Seat(TeamRole.ProtectionOfficer, Given.ProtectionOfficer), Given.Seat(TeamRole.InformationManagementOfficer, Given.InformationOfficer)] };
        Assert.Equal(can, Attention.CanMend(s, Given.Acting(staff[who - 1]), new Refusal("x").MendedBy(mender, MendPage.Team)));
    }

    [Fact]
    public void Asks_someone_else_never_the_author()
    {
        var s = Given.AnActivity() with { Purpose = GivenPlans.Purpose(weighed: false) };
        var gap = new Refusal("gap.not-weighed").MendedBy(Mender.SomeoneElse, MendPage.Purpose);
        Assert.False(Attention.CanMend(s, Given.Acting(Given.Lead), gap));
        Assert.True(Attention.CanMend(s, Given.Acting(Given.FocalPoint, Duty.DataProtectionFocalPoint), gap));
    }

    private static IReadOnlyList<Finding> Now(ActivitySnapshot s) => Attention.Now(s, Catalogue.Evaluate(s));
}
