using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Amana.Features.Platform.Vault;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Ledger;

/// <summary>What verifying the ledger found: how far it is proven, or the first bad entry.</summary>
/// <param name="Entries">Entries that have their place.</param>
/// <param name="Signed">Entries that a genuine checkpoint covers.</param>
/// <param name="Waiting">Entries that wait for their place, each checked by itself.</param>
/// <param name="Problem">What is wrong first, in a sentence; none when the ledger holds.</param>
public sealed record LedgerFinding(long Entries, long Signed, long Waiting, string? Problem = null)
{
    /// <summary>Place and id of the first bad entry, where one can be named.</summary>
    public long? Position { get; init; }

    /// <summary>The last position that may be the first bad one; the same as <see cref="Position"/> where the evidence names it exactly.</summary>
    public long? LastPosition { get; init; }

    public Guid? EntryId { get; init; }

    public bool Holds => Problem is null;
}

/// <summary>Verifies the ledger as it lies in the store, with the verifier's own code path: each entry's text against its columns and its hash, its place, the tree
/// against the frontier and against every signed checkpoint of the table and of the witnesses. It changes nothing.</summary>
public sealed class LedgerAudit(AmanaDb db, Store store, Keyring keyring)
{
    /// <param name="witness">A witness's folder of checkpoints; the house's own when none is named.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<LedgerFinding> Verify(string? witness, CancellationToken cancellationToken)
    {
        // Checkpoints first: a ledger that grows meanwhile then raises no false alarm.
        var checkpoints = await db.Set<LedgerCheckpoint>().AsNoTracking().OrderBy(c => c.Size).Select(c => c.Text).ToListAsync(cancellationToken);
        checkpoints.AddRange(Checkpoints.In(witness ?? Path.Combine(store.WitnessDirectory, "checkpoints")).Except(checkpoints, StringComparer.Ordinal));
        var frontier = await db.Set<LedgerFrontier>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var check = new ColumnCheck();
        var placed = db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Position != null).OrderBy(e => e.Position).AsAsyncEnumerable();
        var verdict = await LogVerifier.VerifyAsync(check.Watch(placed, cancellationToken), new Evidence(checkpoints, keyring.LedgerVerifiers, keyring.LedgerOrigin, Tiles(witness)), cancellationToken);
        var waiting = await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Position == null).ToListAsync(cancellationToken);
        var finding = await Weigh(verdict, check, cancellationToken);
        if (finding.Holds && frontier is not null && check.DiffersFrom(frontier))
            finding = finding with { Problem = "The stored frontier of the tree does not fit the entries." };
        if (finding.Holds && waiting.Find(e => ColumnCheck.Problem(e) is not null || !ColumnCheck.HashFits(e)) is { } bad)
            finding = finding with { Problem = ColumnCheck.Problem(bad) ?? "The text of a waiting entry and its hash disagree.", EntryId = bad.Id };
        return finding with { Waiting = waiting.Count };
    }

    /// <summary>The folder with the witness's tiles beside its checkpoints; none where it keeps none.</summary>
    private string? Tiles(string? witness)
    {
        var folder = witness is null ? store.WitnessDirectory : Path.GetDirectoryName(Path.GetFullPath(witness).TrimEnd(Path.DirectorySeparatorChar));
        return folder is not null && Directory.Exists(Path.Combine(folder, "tile")) ? folder : null;
    }

    private async Task<LedgerFinding> Weigh(Verdict verdict, ColumnCheck check, CancellationToken cancellationToken)
    {
        if (verdict is Verdict.Broken broken && (check.Bad is null || broken.FirstBadPosition <= check.Bad.Position))
            return new LedgerFinding(check.Count, 0, 0, broken.Explanation)
            {
                Position = broken.FirstBadPosition, LastPosition = broken.LastSuspectPosition, EntryId = broken.IsExact ? await IdAt(broken.FirstBadPosition, cancellationToken) : null,
            };
        if (check.Bad is { } bad)
            return new LedgerFinding(check.Count, 0, 0, ColumnCheck.Problem(bad)) { Position = bad.Position, LastPosition = bad.Position, EntryId = bad.Id };
        var verified = (Verdict.Verified)verdict;
        return new LedgerFinding(verified.Size, verified.SignedSize, 0);
    }

    private async Task<Guid?> IdAt(long position, CancellationToken cancellationToken) =>
        await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Position == position).Select(e => (Guid?)e.Id).FirstOrDefaultAsync(cancellationToken);
}

/// <summary>Compares each entry's columns with its text while the verifier reads past, and builds the frontier besides.</summary>
internal sealed class ColumnCheck
{
    private readonly CompactRange _range = new();

    public LedgerEntry? Bad { get; private set; }

    public long Count => _range.Size;

    public async IAsyncEnumerable<StoredEntry> Watch(IAsyncEnumerable<LedgerEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (Bad is null && Problem(entry) is not null)
                Bad = entry;
            var text = Encoding.UTF8.GetBytes(entry.Canonical);
            _range.Append(TreeHash.OfLeaf(text));
            yield return new StoredEntry(entry.Position!.Value, text, entry.LeafHash);
        }
    }

    public bool DiffersFrom(LedgerFrontier frontier) => !frontier.Range.AsSpan().SequenceEqual(_range.ToBytes());

    public static bool HashFits(LedgerEntry entry) => TreeHash.OfLeaf(Encoding.UTF8.GetBytes(entry.Canonical)).ToArray().AsSpan().SequenceEqual(entry.LeafHash);

    /// <summary>What in the columns disagrees with the text; none when all agree.</summary>
    public static string? Problem(LedgerEntry entry)
    {
        try
        {
            using var json = JsonDocument.Parse(entry.Canonical);
            string? Of(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
            var wrong = new[]
            {
                ("id", entry.Id.ToString()), ("at", LedgerEntry.WriteTime(entry.At)), ("kind", entry.Kind), ("actor", entry.Actor), ("activity", entry.ActivityId?.Value.ToString()),
            }.FirstOrDefault(column => Of(column.Item1) != column.Item2);
            return wrong.Item1 is null ? null : $"The column '{wrong.Item1}' of the entry was altered: it disagrees with the entry's text.";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "The text of the entry is not readable.";
        }
    }
}

/// <summary>Checkpoints that witnesses keep as files.</summary>
public static class Checkpoints
{
    /// <summary>The texts of all files in the folder, unexamined; nothing when there is no such folder.</summary>
    public static IReadOnlyList<string> In(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder).Where(f => !f.EndsWith(".part", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => File.ReadAllText(f, Encoding.UTF8))]
        : [];
}
