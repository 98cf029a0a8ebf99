using Amana.Domain.Consent;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>Erases everybody who withdrew, said no when asked anew, or whose consent was found not to be valid, and whose basis was consent, all in one run: rows, boxes and keys go, a certificate for each activity is written and the
/// requests are answered in the same commit. Those kept under another basis wait for staff's answer, unused.</summary>
public sealed class EraseWithdrawn(AmanaDb db, ErasureRun erasure, LedgerBell bell, TimeProvider clock)
{
    /// <summary>Returns how many people were erased; none when nobody waits, and then no key epoch ends.</summary>
    public async Task<Outcome<int>> Handle(AccessContext who, CancellationToken cancellationToken)
    {
        var waiting = await Waiting(db, cancellationToken);
        if (waiting.Count == 0)
            return 0;
        var people = waiting.Select(c => c.PersonId).Distinct().ToList();
        var shares = new List<Share>();
        foreach (var activity in waiting.GroupBy(c => c.ActivityId))
            shares.Add(await ShareOf(activity.Key, [.. activity.Select(c => c.PersonId).Distinct()], cancellationToken));
        var erased = await erasure.Run(who, people, e => [.. shares.SelectMany(s => Certify(who, s, e))], cancellationToken);
        bell.Ring();
        return erased.People;
    }

    /// <summary>How many people the next run would erase.</summary>
    internal static async Task<int> CountWaiting(AmanaDb db, CancellationToken cancellationToken) => (await Waiting(db, cancellationToken)).Select(c => c.PersonId).Distinct().Count();

    private static Task<List<PersonConsent>> Waiting(AmanaDb db, CancellationToken cancellationToken) =>
        db.Set<PersonConsent>().AsNoTracking().Where(c => c.EndedAt != null && c.Basis == LegalBasis.Consent).ToListAsync(cancellationToken);

    private async Task<Share> ShareOf(ActivityId activity, List<PersonId> people, CancellationToken cancellationToken)
    {
        var share = new Share(activity, people.Count);
        foreach (var chunk in people.Chunk(500))
        {
            share.Records += await db.Set<RecordEntry>().CountAsync(r => chunk.Contains(r.PersonId), cancellationToken);
            share.Boxes += await db.Set<PersonBox>().CountAsync(b => chunk.Contains(b.PersonId), cancellationToken);
            share.Requests.AddRange(await db.Set<RightsRequest>().Where(r => chunk.Contains(r.PersonId) && r.DoneAt == null).ToListAsync(cancellationToken));
        }

        return share;
    }

    private List<LedgerEntry> Certify(AccessContext who, Share share, Erased erased)
    {
        var disposed = RightsRules.Dispose(Ids.New<CertificateId>(clock), share.Activity, DisposalReason.Withdrawal, share.People, share.Records, share.Boxes, erased.EndedEpoch, who.Actor.StaffId, clock.Now());
        db.Add(DisposalCertificate.Of(disposed));
        List<LedgerEntry> entries = [Entry(who, Disposal.Of(disposed))];
        foreach (var request in share.Requests)
        {
            if (RightsRules.Serve(request, disposed.Id, disposed.At) is not Decision<RightServed>.Allowed(var served))
                continue;
            request.Apply(served);
            entries.Add(Entry(who, Happening.Of(served, share.Activity, request.Id.Value).With("certificate", disposed.Id.Value.ToString("D"))));
        }

        return entries;
    }

    private LedgerEntry Entry(AccessContext who, Happening happening) => LedgerEntry.Of(happening, who, Ids.NewGuid(clock), clock.Now());

    private sealed class Share(ActivityId activity, int people)
    {
        public ActivityId Activity { get; } = activity;
        public int People { get; } = people;
        public int Records { get; set; }
        public int Boxes { get; set; }
        public List<RightsRequest> Requests { get; } = [];
    }
}

/// <summary>How a disposal is entered into the ledger: counts and the epoch that ended, nobody's id.</summary>
internal static class Disposal
{
    public static Happening Of(DataDisposed disposed) => Happening.Of(disposed, disposed.ActivityId, disposed.Id.Value).With("reason", disposed.Reason.ToString())
        .With("people", disposed.People).With("records", disposed.Records).With("boxes", disposed.Boxes).With("epoch", disposed.EndedEpoch);
}
