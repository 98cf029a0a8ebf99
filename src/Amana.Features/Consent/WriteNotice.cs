using Amana.Domain.Consent;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Consent;

/// <summary>Writes the notice in one language as a new version; the other languages come along. Consents name the version by its hash (IC-1, IC-2).</summary>
public sealed class WriteNotice(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who writes.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="language">Language tag of the text.</param>
    /// <param name="text">The parts in that language; missing parts are kept as gaps that IC-1 shows.</param>
    /// <param name="basis">The legal basis.</param>
    /// <param name="basisReason">Why, for a basis other than consent.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<Outcome<Nothing>> Handle(
        AccessContext who, ActivityId activity, string language, NoticeText text, LegalBasis basis, string basisReason, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var before = loaded.Result.Notice;
        var texts = new SortedDictionary<string, NoticeText>(before?.Content.Texts.ToDictionary(t => t.Key, t => t.Value) ?? [], StringComparer.Ordinal) { [language] = text };
        var content = new NoticeContent { Texts = texts, Basis = basis, BasisReason = basisReason };
        if (before is not null && before.Hash == ConsentRules.HashOf(content))
            return Nothing.Here; // nothing new was said
        var decision = ConsentRules.Write(loaded.Result.Activity, Ids.New<NoticeId>(clock), (before?.Version ?? 0) + 1, content, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<NoticeWritten>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(Notice.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value).With("version", change.Version).With("hash", change.Hash).With("language", language));
        return Nothing.Here;
    }
}
