using System.Collections;
using Amana.Domain.Principles;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Tests.Rights;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

public sealed class The_stamp
{
    [Fact]
    public void Changes_with_everything_that_rules_look_at()
    {
        var looked = Parts(typeof(ActivitySnapshot)).ToList();
        Assert.Contains(typeof(Domain.Forms.FormVersion), looked);
        Assert.Contains(typeof(Domain.Competency.CompetencyEvidence), looked);
        Assert.DoesNotContain(looked, StoreStamp.LeavesStanding);
        Assert.False(StoreStamp.LeavesStanding(typeof(Domain.Accounts.AppUser))); // and with phones, which are looked at besides
    }

    [Theory, OnEveryStore]
    public async Task Is_another_after_a_change_of_plan_and_the_same_after_a_reading(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var first = await Stamp(house);
        await house.StartOperation();
        var activity = await house.AddActivity(1);
        var planned = await Stamp(house);
        Assert.NotEqual(first, planned);
        await house.Interview(activity, "AAAA-BBBB-CCCC");
        await house.Do(s => s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, default, new Happening("Read")));
        Assert.Equal(planned, await Stamp(house));
        await house.AddActivity(2);
        Assert.NotEqual(planned, await Stamp(house));
    }

    private static Task<Guid> Stamp(TestHouse house) => house.Do(s => s.GetRequiredService<AmanaDb>().Set<StoreStamp>().AsNoTracking().Select(x => x.Value).SingleAsync());

    /// <summary>The domain's types that the snapshot is made of, those inside its seats as well; counts and states that hold no entity are no types of a table.</summary>
    private static IEnumerable<Type> Parts(Type snapshot) => snapshot.GetProperties().Where(p => p.CanWrite).Select(p => Inside(p.PropertyType))
        .SelectMany(t => t == typeof(TeamSeat) ? t.GetProperties().Select(p => Inside(p.PropertyType)) : [t]).Where(t => t.IsClass && t.Namespace!.StartsWith("Amana", StringComparison.Ordinal)).Distinct();

    private static Type Inside(Type type) => type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : type;
}
