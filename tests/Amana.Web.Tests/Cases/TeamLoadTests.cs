using Amana.Domain.Cases;
using Amana.Domain.Records;
using Amana.Features.Cases;
using Amana.Features.Platform;
using Amana.Web.Tests.OpenRosa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Cases;

/// <summary>What somebody carries already is seen before a role is given to them.</summary>
[Collection(DemoCollection.Name)]
public sealed class The_load_of_a_person(DemoHost host)
{
    [Fact]
    public async Task Shows_beside_what_they_miss_before_a_role_is_given_and_on_the_page_of_capacity()
    {
        var (activity, worker) = (await host.Activity(1), host.As("caseworker").Actor.StaffId!.Value);
        var name = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<Domain.Accounts.StaffMember>().Where(m => m.Id == worker).Select(m => m.Name).SingleAsync());
        var lead = await host.SignedIn("im");
        async Task<string> Line() => (await lead.Read("/activities/1/team")).QuerySelectorAll("#fits tbody tr").Single(r => r.QuerySelector("th")!.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelector("td")!.TextContent;
        var before = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<CaseAssignment>().CountAsync(c => c.WorkerId == worker && c.EndedAt == null));
        Assert.DoesNotContain($"Open cases: {before + 1}.", await Line(), StringComparison.Ordinal);

        var free = await host.Do(async s =>
        {
            var db = s.GetRequiredService<AmanaDb>();
            return await db.Set<RecordEntry>().Where(r => r.ActivityId == activity && r.State == RecordState.InUse && !db.Set<CaseAssignment>().Any(c => c.RecordId == r.Id && c.EndedAt == null)).OrderByDescending(r => r.Code).Select(r => r.Code).FirstAsync();
        });
        await host.Must(s => s.GetRequiredService<TakeCase>().Handle(host.As("im"), activity, free, worker, CancellationToken.None));
        Assert.Contains($"Open cases: {before + 1}.", await Line(), StringComparison.Ordinal);
        Assert.NotEmpty((await lead.Read("/activities/1/capacity")).QuerySelectorAll("a[href='/activities/1/caseload']"));

        // Who gives no roles sees nobody's load.
        Assert.Empty((await (await host.SignedIn("interviewer1")).Read("/activities/1/team")).QuerySelectorAll("#fits"));
        await host.Must(s => s.GetRequiredService<GiveUpCase>().Handle(host.As("im"), activity, free, CancellationToken.None));
    }
}
