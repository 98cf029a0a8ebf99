using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Incidents;

/// <summary>What looks unusual: many records opened by one account, records opened that others follow up, records asked for that were refused again and again, files taken at night, many failed sign-ins, a budget of openings that was spent.</summary>
public enum AlarmKind { BulkReading, OutsideCaseload, RefusedAgainAndAgain, TakenAtNight, FailedSignIns, BudgetSpent }

/// <summary>One alarm: who, when it began, how many, against which limit.</summary>
/// <param name="Kind">What looks unusual.</param>
/// <param name="Staff">The name of the account, where there is one.</param>
/// <param name="StaffId">Its random id, to look it up in the ledger or to freeze it.</param>
/// <param name="From">The first of them.</param>
/// <param name="Count">How many.</param>
/// <param name="Limit">The number from which it is an alarm.</param>
/// <param name="Activities">Numbers of the activities concerned.</param>
public sealed record Alarm(AlarmKind Kind, string? Staff, Guid? StaffId, DateTimeOffset From, int Count, int Limit, IReadOnlyList<int> Activities);

/// <summary>Reads alarms out of the ledger, for data protection focal points: computed from what is entered anyway, so no second record of staff's conduct is kept. The reading is entered.
/// An alarm is a question, no verdict.</summary>
public sealed class LedgerAlarms(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>Days that are looked back.</summary>
    public const int Days = 14;

    /// <summary>Records of other people's caseloads opened by one account within a day, from which it is an alarm: standing in for a colleague once is none.</summary>
    public const int OpenedOutsideInADay = 5;

    /// <summary>Records opened by one account within an hour, and answers refused to one account within a day, from which it is an alarm.</summary>
    public const int OpenedInAnHour = 20, RefusedInADay = 5, FailedInAnHour = 10;

    private static readonly string[] s_opened = ["RecordOpened", "FeedbackOpened"];
    private static readonly string[] s_taken = ["AnswersExported", "ReleaseDownloaded", "ReleaseChecked"];

    /// <param name="who">A data protection focal point.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Outcome<IReadOnlyList<Alarm>>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        var found = await Find(cancellationToken);
        var names = await db.Set<StaffMember>().AsNoTracking().ToDictionaryAsync(s => s.Id.Value, s => s.Name, cancellationToken);
        var numbers = await db.Set<Domain.Activities.Activity>().AsNoTracking().ToDictionaryAsync(a => a.Id, a => a.Number, cancellationToken);
        await ledger.Commit(who, cancellationToken, new Happening("AlarmsRead").With("alarms", found.Count));
        return found.OrderByDescending(f => f.From).Select(f => Named(f, names, numbers)).ToList();
    }

    /// <summary>How many alarms there are, for the daily mail; nobody's name is read for it.</summary>
    internal async Task<int> Count(CancellationToken cancellationToken) => (await Find(cancellationToken)).Count;

    private async Task<List<Found>> Find(CancellationToken cancellationToken)
    {
        var since = clock.Now().AddDays(-Days);
        var entries = await db.Set<LedgerEntry>().AsNoTracking()
            .Where(e => e.At >= since && (s_opened.Contains(e.Kind) || s_taken.Contains(e.Kind) || e.Kind == "SignInRefused" || e.Kind == "OpeningBudgetSpent" || e.Kind == "OpenRefused" || e.Kind == "AmendRefused"))
            .OrderBy(e => e.At).Select(e => new SeenInLedger(e.Kind, e.Actor, e.At, e.ActivityId, e.Kind == "RecordOpened" ? e.Canonical : "")).ToListAsync(cancellationToken);
        return
        [
            .. Busiest(AlarmKind.BulkReading, entries.Where(e => s_opened.Contains(e.Kind)), TimeSpan.FromHours(1), OpenedInAnHour),
            .. Busiest(AlarmKind.OutsideCaseload, await ReadingOutsideCaseload.Of(db, entries.Where(e => e.Canonical.Length > 0), cancellationToken), TimeSpan.FromDays(1), OpenedOutsideInADay),
            .. Busiest(AlarmKind.RefusedAgainAndAgain, entries.Where(e => e.Kind is "OpenRefused" or "AmendRefused"), TimeSpan.FromDays(1), RefusedInADay),
            .. Busiest(AlarmKind.TakenAtNight, entries.Where(e => s_taken.Contains(e.Kind) && IsNight(e.At)), TimeSpan.FromHours(8), 1),
            .. Busiest(AlarmKind.FailedSignIns, entries.Where(e => e.Kind == "SignInRefused"), TimeSpan.FromHours(1), FailedInAnHour),
            .. Busiest(AlarmKind.BudgetSpent, entries.Where(e => e.Kind == "OpeningBudgetSpent"), TimeSpan.FromHours(1), 1),
        ];
    }

    /// <summary>Between eight in the evening and five in the morning, in UTC: the operation's own hours are not kept.</summary>
    public static bool IsNight(DateTimeOffset at) => at.UtcDateTime.Hour is >= 20 or < 5;

    /// <summary>For each account the fullest stretch of this length, where it reaches the limit.</summary>
    private static IEnumerable<Found> Busiest(AlarmKind kind, IEnumerable<SeenInLedger> entries, TimeSpan stretch, int limit)
    {
        foreach (var one in entries.GroupBy(e => e.Actor, StringComparer.Ordinal))
        {
            var all = one.ToList();
            var (best, from, first) = (0, 0, 0);
            for (var last = 0; last < all.Count; last++)
            {
                while (all[last].At - all[first].At >= stretch)
                    first++;
                if (last - first + 1 > best)
                    (best, from) = (last - first + 1, first);
            }

            if (best >= limit)
                yield return new Found(kind, one.Key, all[from].At, best, limit, [.. all.Skip(from).Take(best).Select(e => e.ActivityId).OfType<ActivityId>().Distinct()]);
        }
    }

    private static Alarm Named(Found f, Dictionary<Guid, string> names, Dictionary<ActivityId, int> numbers)
    {
        var id = SeenInLedger.StaffOf(f.Actor)?.Value;
        return new Alarm(f.Kind, id is { } known ? names.GetValueOrDefault(known) : null, id, f.From, f.Count, f.Limit, [.. f.Activities.Select(a => numbers.GetValueOrDefault(a)).Order()]);
    }

    private sealed record Found(AlarmKind Kind, string Actor, DateTimeOffset From, int Count, int Limit, IReadOnlyList<ActivityId> Activities);
}

/// <summary>One entry of the ledger as alarms look at it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Actor">Who, as the ledger names them.</param>
/// <param name="At">When.</param>
/// <param name="ActivityId">Where.</param>
/// <param name="Canonical">The entry as it is hashed, for openings of records; empty for others.</param>
internal sealed record SeenInLedger(string Kind, string Actor, DateTimeOffset At, ActivityId? ActivityId, string Canonical)
{
    public StaffId? Staff => StaffOf(Actor);

    public static StaffId? StaffOf(string actor) => actor.Split(':') is [_, var text] && Guid.TryParseExact(text, "N", out var staff) ? new StaffId(staff) : null;
}
