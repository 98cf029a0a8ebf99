using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Cases;
using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Incidents;
using Amana.Domain.Purpose;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>Breaks one rule of activity 1 in the store, behind the back of every use case, and mends it again.</summary>
internal static class BrokenRules
{
    /// <summary>How each rule that guards an operation is broken: one property of one thing kept, and what it becomes.</summary>
    private static readonly Dictionary<string, Func<AmanaDb, ActivityId, Task<(object Entity, string Property, object? Value)>>> Ways = new()
    {
        ["DNH-2"] = async (db, id) => await Of(db.Set<RiskAssessment>().SingleAsync(r => r.ActivityId == id), r => nameof(r.Content), r => r.Content with { ReviewOn = Today.AddDays(-1) }),
        ["DNH-4"] = async (db, id) => await Of(db.Set<RiskAssessment>().SingleAsync(r => r.ActivityId == id), r => nameof(r.ReopenedBecause), _ => nameof(ReopeningReason.MitigationFailed)),
        ["DNH-5"] = async (db, id) => await Of(db.Set<ReferralPathway>().SingleAsync(r => r.ActivityId == id), r => nameof(r.Services), r => r.Services.Select(s => s with { Live = false }).ToList()),
        ["DP-2"] = async (db, id) => await Form(db, id, e => e.Name == "outcome" ? e with { NeedCode = "N99" } : e),
        ["DP-4"] = async (db, id) => await Of(db.Set<PurposeStatement>().SingleAsync(p => p.ActivityId == id), p => nameof(p.PublishedAt), _ => null),
        ["DP-6"] = async (db, id) => await Of(db.Set<Activity>().SingleAsync(a => a.Id == id), a => nameof(a.Period), a => a.Period with { End = Today.AddDays(-1) }),
        ["IC-1"] = async (db, id) => await Of(db.Set<Notice>().Where(n => n.ActivityId == id).OrderByDescending(n => n.Version).FirstAsync(), n => nameof(n.Content), n => n.Content with { Texts = new SortedDictionary<string, NoticeText>(n.Content.Texts.Where(t => t.Key != "ar").ToDictionary()) }),
        ["IC-2"] = async (db, id) => await Of(db.Set<Notice>().Where(n => n.ActivityId == id).OrderByDescending(n => n.Version).FirstAsync(), n => nameof(n.Content), n => n.Content with { Basis = LegalBasis.LegitimateInterest, BasisReason = "" }),
        ["IC-6"] = async (db, id) => await Form(db, id, e => e.Name == "outcome" ? e with { Sensitivity = null } : e),
        ["SEC-7"] = async (db, id) => await Of(db.Set<Incident>().FirstAsync(i => i.ActivityId == id), i => nameof(i.Severity), _ => IncidentSeverity.Severe),
        ["SEC-8"] = async (db, id) => await Of(Agreement(db, id), a => nameof(a.SuspendedAt), _ => TimeProvider.System.GetUtcNow()),
        ["CC-1"] = async (db, id) => await Of(db.Set<TeamMember>().FirstAsync(t => t.ActivityId == id && t.Role == TeamRole.InformationManagementOfficer), t => nameof(t.EndedAt), _ => TimeProvider.System.GetUtcNow()),
        ["IMP-5"] = async (db, id) => await Of(db.Set<TeamMember>().OrderBy(t => t.Id).LastAsync(t => t.ActivityId == id && t.Role == TeamRole.Enumerator), t => nameof(t.DeclaredInterest), _ => "Runs a shop at the crossing"),
        ["CO-5"] = async (db, id) => { var to = (await Agreement(db, id)).RecipientId; return await Of(db.Set<Organisation>().SingleAsync(o => o.Id == to), o => nameof(o.SuspendedAt), _ => TimeProvider.System.GetUtcNow()); },
    };

    /// <summary>Rules about vault and ledger: a house in which they are broken does not open at all, so no door is there to be tried.</summary>
    public static IReadOnlyList<string> OfTheHouse { get; } = ["SEC-2", "SEC-3"];

    public static IReadOnlyCollection<string> Known => Ways.Keys;

    /// <summary>Breaks it; what comes back mends it.</summary>
    public static async Task<IAsyncDisposable> Break(DemoHost host, string rule)
    {
        var activity = await host.Activity(1);
        var before = await Swap(host, rule, activity, null);
        return new Mending(async () => await Swap(host, rule, activity, before));
    }

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static Task<Kept> Swap(DemoHost host, string rule, ActivityId activity, Kept? back) => host.Do(async s =>
    {
        var (entity, property, value) = await Ways[rule](s.GetRequiredService<AmanaDb>(), activity);
        var found = entity.GetType().GetProperty(property)!;
        var before = new Kept(found.GetValue(entity));
        found.SetValue(entity, back is null ? value : back.Value);
        await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("MadeUp", activity));
        return before;
    });

    private static async Task<(object, string, object?)> Of<T>(Task<T> loading, Func<T, string> property, Func<T, object?> value) where T : class
    {
        var entity = await loading;
        return (entity, property(entity), value(entity));
    }

    private static Task<(object, string, object?)> Form(AmanaDb db, ActivityId id, Func<Element, Element> change) =>
        Of(db.Set<FormVersion>().SingleAsync(f => f.ActivityId == id && f.FormId == "border_monitoring"), f => nameof(f.Elements), f => f.Elements.Select(change).ToList());

    private static async Task<Agreement> Agreement(AmanaDb db, ActivityId id)
    {
        var recipients = (await db.Set<SharingPlan>().SingleAsync(p => p.ActivityId == id)).Recipients.Where(r => r.Detail == SharingDetail.DeidentifiedRecords).Select(r => r.AgreementId!.Value).ToList();
        return await db.Set<Agreement>().FirstAsync(a => recipients.Contains(a.Id));
    }

    private sealed record Kept(object? Value);

    private sealed class Mending(Func<Task> mend) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await mend();
    }
}
