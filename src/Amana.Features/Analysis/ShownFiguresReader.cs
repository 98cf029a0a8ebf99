using System.Security.Cryptography;
using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Analysis;

/// <summary>Reads and writes what was shown of an activity's figures. Everything that shows counts of people goes through here: pages, feeds and figures that leave.</summary>
public sealed class ShownFiguresReader(AmanaDb db, CodedRecordReader records, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    private const int Tries = 4;

    /// <summary>Shows figures under the memory of the activity; done anew where another one showed some at the same moment.</summary>
    /// <param name="who">Who is shown them.</param>
    /// <param name="passage">The gate's yes.</param>
    /// <param name="happening">How the ledger names it.</param>
    /// <param name="show">Shows, given the opened records of the edition and their codes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<T> Show<T>(AccessContext who, Passage passage, Happening happening, Func<Showing, IReadOnlyList<CodedRecord>, ShownContext, T> show, CancellationToken cancellationToken)
    {
        var (s, activity) = (passage.Activity, passage.Activity.Activity.Id);
        var inUse = await records.InUse(activity, who.NeedCode!, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var kept = await db.Set<FiguresShown>().FirstOrDefaultAsync(f => f.ActivityId == activity, cancellationToken);
            var id = kept?.Id ?? Ids.New<FiguresShownId>(clock);
            var permit = await ledger.Disclose(who, passage.Answer, happening with { Subject = id.Value }, cancellationToken);
            var memory = kept is null ? ShownMemory.Empty : ShownMemory.Unpack(await safe.OpenFile(permit, activity, id.Value, kept.Box, cancellationToken));
            var codes = inUse.ToDictionary(r => r.Entry.Id, r => ShownMemory.CodeOf(safe, r.Entry.Id));
            var showing = new Showing(memory, who.NeedCode!, codes.Values, Rule(s), s.Now);
            var counted = inUse.Where(r => showing.Counts(codes[r.Entry.Id])).ToList();
            var opened = await records.Open(permit, s.Forms, counted, cancellationToken);
            var shown = show(showing, opened, new ShownContext([.. counted.Select(r => codes[r.Entry.Id])], Stamp(counted)));
            if (await Remember(who, kept, id, activity, (memory, showing.Memory), cancellationToken))
                return shown;
            if (attempt == Tries)
                throw new DbUpdateConcurrencyException("Figures are shown too often at once.");
        }
    }

    /// <summary>The operation's limit for this activity; zeros are shown, and the number of records is known anyway.</summary>
    internal static TableRule Rule(ActivitySnapshot s) => new() { Minimum = Math.Max(3, ReleaseProtocol.SmallCell(s)), TotalIsKnown = true };

    private async Task<bool> Remember(AccessContext who, FiguresShown? kept, FiguresShownId id, ActivityId activity, (ShownMemory Before, ShownMemory Now) shown, CancellationToken cancellationToken)
    {
        var memory = shown.Now;
        if (kept is not null && memory.Tables.SequenceEqual(shown.Before.Tables) && memory.Editions.All(e => shown.Before.Editions.TryGetValue(e.Key, out var before) && before.Records.SequenceEqual(e.Value.Records)))
            return true; // the same table of the same data again
        var remembered = await memory.Keep(db, safe, kept, (id, activity), cancellationToken);
        try
        {
            await ledger.Commit(who, cancellationToken, remembered.With("tables", memory.Tables.Count));
            return true;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear(); // another one showed figures meanwhile; they count on each other
            return false;
        }
    }

    /// <summary>Changes with any record that comes, goes or is amended.</summary>
    private static string Stamp(IReadOnlyList<SealedRecord> records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var record in records)
        {
            hash.AppendData(record.Entry.Id.Value.ToByteArray());
            hash.AppendData(SHA256.HashData(record.Entry.CodedBox));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>What goes with opened records: their codes in the memory, in the same order, and the stamp of the data.</summary>
internal sealed record ShownContext(IReadOnlyList<string> Codes, string Stamp);
