using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using CsCheck;

namespace Amana.Domain.Tests.Subjects;

public sealed class The_limits_of_an_operation
{
    private static readonly Actor FocalPoint = Holding(Given.FocalPoint, Duty.DataProtectionFocalPoint);
    private static readonly Actor Coordinator = Holding(Given.Lead, Duty.Coordinator);
    private static readonly Actor OtherCoordinator = Holding(Given.ProtectionOfficer, Duty.Coordinator);
    private static readonly Actor Administrator = Holding(Given.InformationOfficer, Duty.Administrator);

    [Fact]
    public void Hold_as_they_were_until_a_second_person_agrees()
    {
        var operation = Started();
        Assert.Empty(Ask(operation, FocalPoint, operation.Limits with { SmallCell = 8, SmallCellGrave = 12 }));
        Assert.Equal(5, operation.Limits.SmallCell);
        Assert.Equal(["limits.one-waits"], Ask(operation, Coordinator, operation.Limits with { SmallCell = 6 }));
        Assert.Equal(["limits.own-proposal"], Say(operation, FocalPoint, accept: true));
        Assert.Empty(Say(operation, Coordinator, accept: true));
        Assert.Equal((8, 12, true), (operation.Limits.SmallCell, operation.Limits.SmallCellGrave, operation.Proposed is null));
    }

    [Fact]
    public void Change_only_when_one_of_the_two_is_a_focal_point()
    {
        var operation = Started();
        Assert.Empty(Ask(operation, Coordinator, operation.Limits with { RequestDays = 20 }));
        Assert.Equal(["limits.no-focal-point"], Say(operation, OtherCoordinator, accept: true));
        Assert.Empty(Say(operation, OtherCoordinator, accept: false));
        Assert.Equal((30, true), (operation.Limits.RequestDays, operation.Proposed is null));
    }

    [Fact]
    public void Are_not_the_administrators_to_ask_for_or_to_decide()
    {
        var operation = Started();
        Assert.Equal(["actor.duty-missing"], Ask(operation, Administrator, operation.Limits with { SmallCell = 9 }));
        Assert.Equal(["actor.duty-missing"], Ask(operation, Actor.House, operation.Limits with { SmallCell = 9 }));
        Assert.Empty(Ask(operation, FocalPoint, operation.Limits with { SmallCell = 9 }));
        Assert.Equal(["actor.duty-missing"], Say(operation, Administrator, accept: true));
    }

    [Fact]
    public void Tell_all_that_is_wrong_with_a_request_at_once()
    {
        var operation = Started();
        Assert.Equal(["field.required", "limits.out-of-range", "limits.out-of-range", "limits.public-below-partner"],
            Ask(operation, FocalPoint, operation.Limits with { SmallCell = 2, OverrideHours = 900, PublicK = 6, PartnerK = 7 }, " ").Order(StringComparer.Ordinal));
        Assert.Equal(["limits.grave-below"], Ask(operation, FocalPoint, operation.Limits with { SmallCell = 20 }));
        Assert.Equal(["limits.nothing-changed"], Ask(operation, FocalPoint, operation.Limits));
    }

    [Fact]
    public void Never_leave_their_ranges_and_never_change_by_one_person_whatever_is_tried() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, OperationLimit.All.Count - 1], Gen.Int[-5, 400], Gen.Int[0, 2]).Array[1, 40].Sample(tries =>
        {
            var operation = Started();
            Actor[] people = [FocalPoint, Coordinator, OtherCoordinator, Administrator];
            StaffId? asked = null;
            foreach (var (who, limit, value, what) in tries)
            {
                var (before, actor) = (operation.Limits, people[who]);
                if (what == 0 && Ask(operation, actor, OperationLimit.All[limit].With(before, value)).Count == 0)
                    asked = actor.StaffId;
                if (what > 0)
                    Say(operation, actor, accept: what == 1);
                Assert.True(operation.Limits == before || asked != actor.StaffId, $"{actor} changed the limits alone");
                Assert.All(OperationLimit.All, l => Assert.InRange(l.Of(operation.Limits), l.Least, l.Most));
            }
        }, iter: 300);

    [Fact]
    public void Start_within_their_ranges_and_are_all_listed()
    {
        Assert.All(OperationLimit.All, l => Assert.InRange(l.Of(new OperationLimits()), l.Least, l.Most));
        Assert.Equal(typeof(OperationLimits).GetProperties().Where(p => p.PropertyType == typeof(int)).Select(p => p.Name).Order(StringComparer.Ordinal), OperationLimit.All.Select(l => l.Name).Order(StringComparer.Ordinal));
        Assert.All(OperationLimit.All, l => Assert.Equal(l.Least, l.Of(l.With(new OperationLimits(), l.Least))));
    }

    private static Actor Holding(StaffId who, Duty duty) => new(ActorKind.Staff, who, Given.Us, [duty]);

    private static HumanitarianOperation Started() =>
        HumanitarianOperation.Start(Given.Allowed(AccountRules.Start(new StartOperation(new OperationId(Guid.CreateVersion7()), "River operation", "XX"), alreadyStarted: false, Given.Now)));

    private static List<string> Ask(HumanitarianOperation operation, Actor who, OperationLimits wanted, string reason = "Smaller villages are counted now")
    {
        var decision = LimitRules.Propose(operation, wanted, reason, who, Given.Now);
        if (decision is Decision<LimitsProposed>.Allowed(var change))
            operation.Apply(change);
        return [.. decision.Refusals.Select(r => r.Slug)];
    }

    private static List<string> Say(HumanitarianOperation operation, Actor who, bool accept)
    {
        var decision = LimitRules.Decide(operation, accept, who);
        if (decision is Decision<LimitsDecided>.Allowed(var change))
            operation.Apply(change);
        return [.. decision.Refusals.Select(r => r.Slug)];
    }
}
