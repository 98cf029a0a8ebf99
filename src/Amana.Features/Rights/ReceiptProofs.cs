using Amana.Domain.Consent;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>One entry of the ledger about the person who holds the receipt.</summary>
public sealed record ReceiptEntry(Guid Id, DateTimeOffset At, string Kind);

/// <summary>What the ledger says about the consent of a receipt: given, taken back in parts or whole. Unknown and erased codes have none.</summary>
public sealed class ReceiptProofs(AmanaDb db, ReceiptCodes receipts)
{
    private static readonly string[] Kinds = [nameof(ConsentReceived), nameof(ConsentWithdrawn)];

    public async Task<IReadOnlyList<ReceiptEntry>> Read(AccessContext who, string typed, CancellationToken cancellationToken)
    {
        _ = who; // whoever has the code; asked by the page that shows what is held, which enters the reading
        return [.. (await Entries(typed, cancellationToken)).Select(e => new ReceiptEntry(e.Id, e.At, e.Kind))];
    }

    /// <summary>The entries themselves, oldest first.</summary>
    internal async Task<List<LedgerEntry>> Entries(string typed, CancellationToken cancellationToken)
    {
        var index = receipts.IndexOfTyped(typed);
        var consent = await db.Set<PersonConsent>().AsNoTracking().FirstOrDefaultAsync(c => c.ReceiptIndex == index, cancellationToken);
        if (consent is null)
            return [];
        var subject = $"\"subject\":\"{consent.PersonId.Value:D}\"";
        return await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.ActivityId == consent.ActivityId && Kinds.Contains(e.Kind) && e.Canonical.Contains(subject)).OrderBy(e => e.At).ToListAsync(cancellationToken);
    }
}

/// <summary>Hands the holder of a receipt the proof of one entry about their consent, or of the last one: a file that can be checked without us (IC-5, SEC-3).
/// It names no one. An unknown code, an erased one and an entry about somebody else are answered alike.</summary>
public sealed class TakeReceiptProof(ReceiptProofs entries, ProveEntry prove, LedgerBook ledger)
{
    /// <summary>What there is to take.</summary>
    public Task<IReadOnlyList<ReceiptEntry>> Listed(AccessContext who, string typed, CancellationToken cancellationToken) => entries.Read(who, typed, cancellationToken);

    /// <param name="who">The person with the receipt.</param>
    /// <param name="typed">The code however it was typed.</param>
    /// <param name="entry">Which entry; the last one when none is named.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<ProofFile>> Handle(AccessContext who, string typed, Guid? entry, CancellationToken cancellationToken)
    {
        var found = await entries.Entries(typed, cancellationToken);
        if ((entry is { } id ? found.Find(e => e.Id == id) : found.LastOrDefault()) is not { } chosen)
            return new Refusal("receipt.not-found").At("Code");
        await ledger.Commit(who, cancellationToken, new Happening("EntryProven", chosen.ActivityId, chosen.Id));
        return await prove.Proven(chosen, cancellationToken);
    }
}
