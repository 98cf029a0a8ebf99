using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Opens records that were encrypted on the phone, as they come in, so that consent and form are checked as for any other. What comes in several posts waits sealed until it is whole.</summary>
public sealed class OpenEncrypted(AmanaDb db, Safe safe, SubmissionKeys keys, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>The submission ready to be received: itself when it was not encrypted, what the envelope held when it was; none while parts are still missing.</summary>
    /// <param name="who">Who sent it.</param>
    /// <param name="incoming">What came.</param>
    /// <param name="keepParts">Parts may wait for the rest; false for a trial, of which nothing is kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<IncomingSubmission?>> Handle(AccessContext who, IncomingSubmission incoming, bool keepParts, CancellationToken cancellationToken)
    {
        var xml = incoming.Xml.Reveal();
        if (!PhoneEnvelope.Looks(xml))
            return incoming;
        if (PhoneEnvelope.Read(xml) is not { } envelope || !await keys.Has(incoming.ActivityId, cancellationToken))
            return new Refusal("submission.not-openable");
        var instance = safe.Index("awaited", incoming.ActivityId.Value.ToString("N") + "\n" + envelope.InstanceId);
        var waiting = await db.Set<AwaitedPart>().Where(p => p.ActivityId == incoming.ActivityId && p.InstanceIndex == instance).ToListAsync(cancellationToken);
        var files = incoming.Files.GroupBy(f => f.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Content.Reveal(), StringComparer.Ordinal);
        foreach (var part in waiting)
            if (envelope.Files.FirstOrDefault(name => IndexOf(name).AsSpan().SequenceEqual(part.NameIndex)) is { } name && !files.ContainsKey(name))
                files[name] = await safe.OpenForIntake(incoming.ActivityId, part.Id, part.Box, cancellationToken);
        List<string> missing = [.. envelope.Files.Where(name => !files.ContainsKey(name))];
        if (missing.Count > 0)
            return keepParts ? await Wait(who, incoming, envelope, new Awaited(instance, waiting, missing), cancellationToken) : (IncomingSubmission?)null;
        if (await keys.Open(incoming.ActivityId, envelope, files, cancellationToken) is not { } opened)
            return new Refusal("submission.not-openable");
        await Drop(who, incoming.ActivityId, instance, waiting, cancellationToken);
        return new IncomingSubmission(incoming.ActivityId, incoming.CollectedBy, new Sensitive<byte[]>(opened.Xml),
            [.. opened.Files.Select(f => new IncomingFile(f.Name, "application/octet-stream", new Sensitive<byte[]>(f.Content)))]);
    }

    /// <summary>Keeps the parts that are new, sealed once more: their names may tell, even where their content does not.</summary>
    private async Task<Outcome<IncomingSubmission?>> Wait(
        AccessContext who, IncomingSubmission incoming, PhoneEnvelope envelope, Awaited awaited, CancellationToken cancellationToken)
    {
        var (kept, now) = (0, clock.Now());
        foreach (var file in incoming.Files.DistinctBy(f => f.Name).Where(f => envelope.Files.Contains(f.Name, StringComparer.Ordinal)))
        {
            var index = IndexOf(file.Name);
            if (awaited.Parts.Any(p => p.NameIndex.AsSpan().SequenceEqual(index)))
                continue;
            var id = Ids.NewGuid(clock);
            db.Add(new AwaitedPart(id, incoming.ActivityId, awaited.Instance, index, await safe.SealFile(incoming.ActivityId, id, file.Content.Reveal(), cancellationToken), now));
            kept++;
        }

        var record = await Of(incoming.ActivityId, awaited.Instance, cancellationToken);
        if (kept == 0 && record?.State == AwaitedState.Waiting)
            return (IncomingSubmission?)null;
        var change = AwaitedRules.Come(record?.Id ?? Ids.New<AwaitedRecordId>(clock), incoming.ActivityId, awaited.Instance, incoming.CollectedBy, envelope.Files.Count(), awaited.Missing, now);
        if (record is null)
            db.Add(AwaitedRecord.Of(change));
        else
            record.Apply(change);
        await ledger.Commit(who, cancellationToken, new Happening("EncryptedPartsKept", incoming.ActivityId, change.Id.Value).With("parts", kept).With("missing", change.Missing.Count));
        return (IncomingSubmission?)null;
    }

    /// <summary>The whole takes the place of what waited.</summary>
    private async Task Drop(AccessContext who, ActivityId activity, byte[] instance, List<AwaitedPart> waiting, CancellationToken cancellationToken)
    {
        if (await Of(activity, instance, cancellationToken) is not { } record)
            return;
        db.RemoveRange(waiting);
        db.Remove(record);
        await ledger.Commit(who, cancellationToken, new Happening("EncryptedPartsOpened", activity, record.Id.Value).With("parts", waiting.Count));
    }

    private Task<AwaitedRecord?> Of(ActivityId activity, byte[] instance, CancellationToken cancellationToken) =>
        db.Set<AwaitedRecord>().FirstOrDefaultAsync(r => r.ActivityId == activity && r.InstanceIndex == instance, cancellationToken);

    /// <summary>What came before of the same record, and what is missing now.</summary>
    private sealed record Awaited(byte[] Instance, List<AwaitedPart> Parts, List<string> Missing);

    private byte[] IndexOf(string name) => safe.Index("awaited-name", name);
}
