using Amana.Domain.Cases;
using Amana.Domain.Consent;
using Amana.Domain.Records;
using Amana.Features.Platform;
using Amana.Web.Tests.OpenRosa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Cases;

/// <summary>Records of people who were not referred yet.</summary>
internal static class Referable
{
    /// <summary>The code of one whose person said yes to legal help, or did not.</summary>
    public static async Task<string> Record(DemoHost host, bool agreed)
    {
        var activity = await host.Activity(1);
        return await host.Do(async s =>
        {
            var db = s.GetRequiredService<AmanaDb>();
            var consents = (await db.Set<PersonConsent>().AsNoTracking().Where(c => c.ActivityId == activity).ToListAsync()).Where(c => c.State == ConsentState.Given && c.Yeses.Contains(ConsentPart.ReferralTo("legal")) == agreed).Select(c => c.Id).ToHashSet();
            var referred = await db.Set<Referral>().AsNoTracking().Select(r => r.RecordId).ToListAsync();
            return (await db.Set<RecordEntry>().AsNoTracking().Where(r => r.ActivityId == activity && r.State == RecordState.InUse).ToListAsync()).First(r => consents.Contains(r.ConsentId) && !referred.Contains(r.Id)).Code;
        });
    }
}
