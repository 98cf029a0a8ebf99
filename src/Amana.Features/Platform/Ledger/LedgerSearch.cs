using System.Text.Json;
using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Features.Records;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Ledger;

/// <summary>What is looked for in the ledger; nothing set finds all.</summary>
/// <param name="Kind">What happened, as entries name it.</param>
/// <param name="Activity">The activity's number.</param>
/// <param name="From">First day, in UTC.</param>
/// <param name="To">Last day, in UTC.</param>
public sealed record LedgerFilter(string? Kind, int? Activity, DateOnly? From, DateOnly? To);

/// <summary>One entry as the page shows it: who as a name of staff or what kind of actor, and the end of the random id of what it was about.</summary>
public sealed record ShownEntry(Guid Id, long? Position, DateTimeOffset At, string Kind, string Actor, string? Staff, int? Activity, string? Subject, IReadOnlyList<KeyValuePair<string, string>> Details);

/// <summary>A page of the ledger with its last checkpoint and the kinds that occur.</summary>
public sealed record ShownLedger(ListedPage<ShownEntry> Entries, LedgerCheckpoint? Checkpoint, string? Root, IReadOnlyList<string> Kinds);

/// <summary>Searches the ledger, newest first. For those who hold a duty over the operation; the reading is itself entered.</summary>
public sealed class LedgerSearch(AmanaDb db, LedgerBook ledger)
{
    public const int PageSize = 50;

    public async Task<Outcome<ShownLedger>> Read(AccessContext who, LedgerFilter filter, int page, CancellationToken cancellationToken)
    {
        if (!LedgerReaders.May(who))
            return LedgerReaders.DutyMissing;
        var activities = await db.Set<Activity>().AsNoTracking().Select(a => new { a.Id, a.Number }).ToListAsync(cancellationToken);
        var found = Filtered(filter, filter.Activity is { } number ? activities.FirstOrDefault(a => a.Number == number)?.Id ?? default : null);
        var total = await found.CountAsync(cancellationToken);
        var entries = await found.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip((Math.Max(1, page) - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        var names = await db.Set<StaffMember>().AsNoTracking().ToDictionaryAsync(s => s.Id.Value.ToString("N"), s => s.Name, cancellationToken);
        var numbers = activities.ToDictionary(a => a.Id, a => a.Number);
        var checkpoint = await db.Set<LedgerCheckpoint>().AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);
        var kinds = await db.Set<LedgerEntry>().Select(e => e.Kind).Distinct().OrderBy(k => k).ToListAsync(cancellationToken);
        await ledger.Commit(who, cancellationToken, new Happening("LedgerRead").With("page", Math.Max(1, page)).With("kind", filter.Kind is { } k && kinds.Contains(k) ? k : "all"));
        var root = checkpoint is not null && TransparencyLog.SignedCheckpoint.TryParse(checkpoint.Text, out var signed, out _) ? signed.Checkpoint.Root.ToBase64() : null;
        return new ShownLedger(new ListedPage<ShownEntry>([.. entries.Select(e => Show(e, names, numbers))], total, Math.Max(1, page), PageSize), checkpoint, root, kinds);
    }

    private IQueryable<LedgerEntry> Filtered(LedgerFilter filter, ActivityId? activity)
    {
        var entries = db.Set<LedgerEntry>().AsNoTracking();
        if (!string.IsNullOrEmpty(filter.Kind))
            entries = entries.Where(e => e.Kind == filter.Kind);
        if (activity is { } id)
            entries = entries.Where(e => e.ActivityId == id);
        if (filter.From is { } from)
        {
            var start = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            entries = entries.Where(e => e.At >= start);
        }

        if (filter.To is { } to)
        {
            var end = new DateTimeOffset(to.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            entries = entries.Where(e => e.At < end);
        }

        return entries;
    }

    private static ShownEntry Show(LedgerEntry entry, Dictionary<string, string> names, Dictionary<ActivityId, int> numbers)
    {
        using var json = JsonDocument.Parse(entry.Canonical);
        var details = json.RootElement.EnumerateObject().Where(p => p.Name.StartsWith("x-", StringComparison.Ordinal)).Select(p => KeyValuePair.Create(p.Name[2..], p.Value.GetString() ?? "")).ToList();
        var subject = json.RootElement.TryGetProperty("subject", out var s) ? s.GetString()?[^6..].ToUpperInvariant() : null;
        var actor = entry.Actor.Split(':');
        return new ShownEntry(entry.Id, entry.Position, entry.At, entry.Kind, actor[0], actor.Length > 1 ? names.GetValueOrDefault(actor[1]) : null,
            entry.ActivityId is { } a && numbers.TryGetValue(a, out var n) ? n : null, subject, details);
    }
}

/// <summary>Verifies the whole ledger now, as the command line does, and enters that it was verified.</summary>
public sealed class VerifyLedger(LedgerAudit audit, LedgerBook ledger)
{
    public async Task<Outcome<LedgerFinding>> Handle(AccessContext who, CancellationToken cancellationToken)
    {
        if (!LedgerReaders.May(who))
            return LedgerReaders.DutyMissing;
        var finding = await audit.Verify(null, cancellationToken);
        await ledger.Commit(who, cancellationToken, new Happening("LedgerVerified").With("holds", finding.Holds ? "yes" : "no")
            .With("entries", finding.Entries.ToString(System.Globalization.CultureInfo.InvariantCulture)).With("signed", finding.Signed.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return finding;
    }
}
