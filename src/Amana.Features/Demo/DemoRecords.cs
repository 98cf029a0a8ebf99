using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Cases;
using Amana.Features.Platform;
using Amana.Features.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>What staff did with records since: one was corrected and approved by another, one was written about, one has issues; two workers follow some people up.</summary>
internal sealed class DemoRecords(DemoTeller teller)
{
    public async Task Tell(ActivityId activity)
    {
        teller.Clock.DaysAgo(5);
        var codes = await teller.Do(async s => await s.GetRequiredService<AmanaDb>().Set<RecordEntry>().Where(r => r.ActivityId == activity && r.State == RecordState.InUse)
            .OrderByDescending(r => r.ReceivedAt).Skip(20).Take(3).Select(r => r.Code).ToListAsync(teller.Cancelled));
        var edits = new RecordEdits(new Dictionary<string, string> { ["/data/person/full_name"] = "Salma Dariyan" }, []);
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<CorrectRecord>().Handle(teller.As("protection"), activity, codes[0], 1, edits, "The name was spelt wrong; the person told us at a second visit.", teller.Cancelled)));
        await Judge(activity, codes[0], ReviewState.Approved, null);
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<CommentRecord>().Handle(teller.As("protection"), activity, codes[1], "Prefers to be called in the evening.", teller.Cancelled)));
        await Judge(activity, codes[2], ReviewState.HasIssues, "The place and the story do not fit together; ask the interviewer.");
        foreach (var (code, worker) in codes.Zip(["caseworker", "protection", "caseworker"]))
            await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<TakeCase>().Handle(teller.As("im"), activity, code, teller.Id(worker), teller.Cancelled)));
    }

    private Task Judge(ActivityId activity, string code, ReviewState state, string? reason) =>
        teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<ReviewRecord>().Handle(teller.As("im"), activity, code, state, reason, teller.Cancelled)));
}
