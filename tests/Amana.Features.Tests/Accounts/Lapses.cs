using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Records;
using Amana.Features.Tests.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Accounts;

public sealed class A_seat_whose_competencies_have_lapsed
{
    /// <summary>CC-2 on every way in: by phone, by a program's token, at a desk.</summary>
    [Theory, OnEveryStore]
    public async Task Counts_no_more_by_phone_by_token_or_at_a_desk(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        Assert.Equal(SubmissionOutcome.Accepted, (await c.Send(Collecting.Xml(1))).Result.Kind);
        var code = await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
        var (officer, interviewer) = (await c.As("protection"), await c.As("interviewer1"));
        var lapse = (await c.Ask(db => db.Set<Domain.Competency.CompetencyEvidence>().Select(e => e.ExpiresOn).ToListAsync())).Max();
        At(c, lapse);
        var token = (await c.House.Do(s => s.GetRequiredService<IssueApiTokenForMe>().Handle(interviewer, new WantedApiToken("brings in tables", [1], [TokenUse.Collect], 30), default))).Result.Token;
        Assert.DoesNotContain((await ByToken(c, token)).Refusals, r => r.Slug == "actor.competency-lapsed");

        At(c, lapse.AddDays(1));
        await c.Send(Collecting.Xml(2));
        Assert.Contains("CC-2", await c.Ask(db => db.Set<QuarantinedSubmission>().Select(q => q.HeldBy).SingleAsync()));
        Assert.Contains(await OpenBy(c, officer, code), r => r.Slug == "actor.competency-lapsed");
        Assert.Contains((await ByToken(c, token)).Refusals, r => r.Slug == "actor.competency-lapsed");
    }

    private static void At(Collecting c, DateOnly day) => c.House.Clock.MoveTo(new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero));

    [Theory, OnEveryStore]
    public async Task Counts_no_more_when_the_account_is_closed(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        var interviewer = await c.As("interviewer1");
        var token = (await c.House.Do(s => s.GetRequiredService<IssueApiTokenForMe>().Handle(interviewer, new WantedApiToken("brings in tables", [1], [TokenUse.Collect], 365), default))).Result.Token;
        Assert.True((await c.House.Do(s => s.GetRequiredService<DeactivateStaff>().Handle(AccessContext.House, interviewer.Actor.StaffId!.Value, default))).IsDone);
        Assert.Null(await c.House.Do(s => s.GetRequiredService<ApiTokenReader>().Find(token, default)));
        Assert.Equal(SubmissionOutcome.Quarantined, (await c.Send(Collecting.Xml(1))).Result.Kind); // sealed and unused; nothing is lost
    }

    private static async Task<Outcome<Passage>> ByToken(Collecting c, string token)
    {
        var program = (await c.House.Do(s => s.GetRequiredService<ApiTokenReader>().Find(token, default)))!;
        return await c.House.Do(s => s.GetRequiredService<Door>().Ask(program, Operation.Collect, c.Activity, null, null, default));
    }

    private static async Task<IReadOnlyList<Refusal>> OpenBy(Collecting c, AccessContext who, string code) =>
        (await c.House.Do(s => s.GetRequiredService<OpenRecord>().Handle(who.Citing("N2"), c.Activity, code, default))).Refusals;
}
