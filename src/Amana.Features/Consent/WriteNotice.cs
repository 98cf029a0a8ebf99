using Amana.Domain.Consent;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Consent;

/// <summary>What holds for a notice in every language.</summary>
/// <param name="BasisReason">Why, for a basis other than consent.</param>
/// <param name="ValidMonths">After how many months a consent lapses; none when it holds as long as the data is kept.</param>
public sealed record NoticeTerms(LegalBasis Basis, string BasisReason, int? ValidMonths = null);

/// <summary>Writes the notice in one language as a new version; the other languages come along. Consents name the version by its hash (IC-1, IC-2).</summary>
public sealed class WriteNotice(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who writes.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="language">Language tag of the text.</param>
    /// <param name="text">The parts in that language; missing parts are kept as gaps that IC-1 shows.</param>
    /// <param name="terms">The legal basis, and how long a consent under the notice holds.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<Outcome<Nothing>> Handle(
        AccessContext who, ActivityId activity, string language, NoticeText text, NoticeTerms terms, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var before = loaded.Result.Notice;
        var texts = new SortedDictionary<string, NoticeText>(before?.Content.Texts.ToDictionary(t => t.Key, t => t.Value) ?? [], StringComparer.Ordinal) { [language] = text };
        var content = new NoticeContent { Texts = texts, Basis = terms.Basis, BasisReason = terms.BasisReason, ValidMonths = terms.ValidMonths, Recordings = ConsentRules.StillSaid(before?.Content, language, text) };
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
