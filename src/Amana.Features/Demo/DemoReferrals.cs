using Amana.Domain.Cases;
using Amana.Domain.Consent;
using Amana.Domain.Coordination;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Cases;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>Two people of the story were passed to the legal help desk with their yes: one was helped, one waits for an answer.</summary>
internal sealed class DemoReferrals(DemoTeller teller)
{
    public async Task Tell(IReadOnlyDictionary<string, ActivityId> ids)
    {
        var border = ids[DemoPlans.All.First(p => p.Troubled).Title];
        var records = await Agreed(border);
        if (records.Count < 2)
            return;
        teller.Clock.DaysAgo(2);
        var code = await Send(border, records[0], ReferralUrgency.Urgent);
        teller.Clock.DaysAgo(1.5);
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<OpenReferral>().Handle(teller.As("legal"), code, teller.Cancelled)));
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<AnswerReferral>().Handle(teller.As("legal"), code, accepts: true, null, teller.Cancelled)));
        teller.Clock.DaysAgo(1);
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<FinishReferral>().Handle(teller.As("legal"), code, ReferralOutcome.Received, teller.Cancelled)));
        teller.Clock.DaysAgo(0);
        await Send(border, records[1], ReferralUrgency.Soon);
    }

    private Task<string> Send(ActivityId activity, string record, ReferralUrgency urgency) => teller.Do(async s =>
    {
        var service = await s.GetRequiredService<AmanaDb>().Set<ServicePoint>().Where(p => p.Kind == "legal").Select(p => p.Id).FirstAsync(teller.Cancelled);
        var form = (await s.GetRequiredService<ActivityReader>().Snapshot(activity, teller.Cancelled))!;
        var fields = form.Elements.Where(e => e.Name is "full_name" or "phone").Select(e => e.Path).Distinct(StringComparer.Ordinal).ToList();
        return DemoTeller.Done(await s.GetRequiredService<ReferPerson>().Handle(teller.As("protection"), activity, record, service,
            new SendReferral(Ids.New<ReferralId>(teller.Clock), Ids.RandomCode(10), urgency, fields, "Papers were taken at the crossing. Safe to call in the morning."), teller.Cancelled));
    });

    /// <summary>Codes of records whose people said yes to legal help, the oldest first.</summary>
    private Task<List<string>> Agreed(ActivityId activity) => teller.Do(async s =>
    {
        var db = s.GetRequiredService<AmanaDb>();
        var pairs = await db.Set<RecordEntry>().AsNoTracking().Where(r => r.ActivityId == activity && r.State == RecordState.InUse).OrderBy(r => r.Id)
            .Join(db.Set<PersonConsent>().AsNoTracking(), r => r.ConsentId, c => c.Id, (r, c) => new { r.Code, Consent = c }).Take(200).ToListAsync(teller.Cancelled);
        return pairs.Where(p => p.Consent.Permits(ConsentPart.ReferralTo("legal"), teller.Now)).Select(p => p.Code).ToList();
    });
}
