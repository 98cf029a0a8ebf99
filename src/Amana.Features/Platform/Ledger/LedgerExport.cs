using System.Text;
using System.Text.Json;
using Amana.Features.Platform.Vault;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Ledger;

/// <summary>The ledger as a file that an outsider can verify: one JSON line that names the ledger and its key, then one for each entry in its place, then one for each
/// checkpoint. It holds no names, as the ledger holds none.</summary>
public static class LedgerExport
{
    /// <summary>Writes all entries that have their place. Returns how many.</summary>
    public static async Task<long> Write(AmanaDb db, Keyring keyring, Stream to, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await writer.WriteLineAsync(JsonSerializer.Serialize(new { ledger = keyring.LedgerOrigin, key = keyring.LedgerSigner.Verifier.ToString(), former = keyring.LedgerVerifiers.Skip(1).Select(v => v.ToString()) }));
        var checkpoints = await db.Set<LedgerCheckpoint>().AsNoTracking().OrderBy(c => c.Size).Select(c => c.Text).ToListAsync(cancellationToken);
        long count = 0;
        await foreach (var entry in db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Position != null).OrderBy(e => e.Position).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await writer.WriteLineAsync(JsonSerializer.Serialize(new { position = entry.Position, entry = entry.Canonical, leaf = entry.LeafHash }));
            count++;
        }

        foreach (var checkpoint in checkpoints)
            await writer.WriteLineAsync(JsonSerializer.Serialize(new { checkpoint }));
        return count;
    }

    /// <summary>Verifies an export against its own checkpoints and those of a witness.</summary>
    /// <param name="file">What <see cref="Write"/> wrote.</param>
    /// <param name="witness">A witness's folder of checkpoints, if one is at hand.</param>
    /// <param name="key">The ledger's key as known from elsewhere; none trusts the key that the export names, which a forger could have replaced.</param>
    /// <exception cref="InvalidDataException">The file is no export of a ledger.</exception>
    public static LedgerFinding Verify(string file, string? witness, string? key)
    {
        var (entries, checkpoints) = (new List<StoredEntry>(), new List<string>());
        var named = new List<string>();
        foreach (var line in File.ReadLines(file, Encoding.UTF8))
            ReadLine(line, entries, checkpoints, named);
        if (!NoteVerifier.TryParse(key ?? named.FirstOrDefault() ?? "", out var verifier, out _))
            throw new InvalidDataException(key is null ? "The file is no export of a ledger: it names no key." : "The key given is no key of a ledger.");
        if (witness is not null)
            checkpoints.AddRange(Checkpoints.In(witness).Except(checkpoints, StringComparer.Ordinal));
        // A key known from elsewhere vouches for those that the ledger says it handed over to; without one the file's own word is all there is.
        var verifiers = LedgerKeys.Trusted(verifier, key is null ? named : [], entries, checkpoints);
        return LogVerifier.Verify(entries, new Evidence(checkpoints, verifiers, verifier.Name)) switch
        {
            Verdict.Broken broken => new LedgerFinding(entries.Count, 0, 0, broken.Explanation)
            {
                Position = broken.FirstBadPosition, LastPosition = broken.LastSuspectPosition,
                EntryId = entries.Where(e => broken.IsExact && e.Position == broken.FirstBadPosition).Select(e => IdIn(e.Entry)).FirstOrDefault(),
            },
            Verdict.Verified verified => new LedgerFinding(verified.Size, verified.SignedSize, 0),
            _ => throw new InvalidOperationException(),
        };
    }

    private static void ReadLine(string line, List<StoredEntry> entries, List<string> checkpoints, List<string> named)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.TryGetProperty("entry", out var entry))
                entries.Add(new StoredEntry(root.GetProperty("position").GetInt64(), Encoding.UTF8.GetBytes(entry.GetString()!), root.GetProperty("leaf").GetBytesFromBase64()));
            else if (root.TryGetProperty("checkpoint", out var checkpoint))
                checkpoints.Add(checkpoint.GetString()!);
            else if (root.TryGetProperty("key", out var key))
            {
                named.Add(key.GetString()!);
                if (root.TryGetProperty("former", out var former))
                    named.AddRange(former.EnumerateArray().Select(f => f.GetString()!));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException("The file is no export of a ledger.", e);
        }
    }

    private static Guid? IdIn(ReadOnlyMemory<byte> entry)
    {
        try
        {
            using var json = JsonDocument.Parse(entry);
            return json.RootElement.TryGetProperty("id", out var id) && id.TryGetGuid(out var guid) ? guid : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
