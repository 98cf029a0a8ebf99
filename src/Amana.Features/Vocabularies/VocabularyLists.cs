using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Vocabularies;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Vocabularies;

/// <summary>The lists as this operation uses them: as shipped, with its own changes and additions.</summary>
public sealed class VocabularyLists(AmanaDb db)
{
    /// <param name="search">A word of a code or label in any language; none for everything. Lists without a match are left out.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<VocabularyList>> Read(string? search, CancellationToken cancellationToken)
    {
        var edits = await db.Set<EditedTerm>().AsNoTracking().ToListAsync(cancellationToken);
        var lists = VocabularyShelf.With(edits);
        return string.IsNullOrWhiteSpace(search)
            ? [.. lists]
            : [.. lists.Select(l => Matches(l.Code, l.Name, search) ? l : l with { Terms = [.. l.Terms.Where(t => Matches(t.Code, t.Label, search))] }).Where(l => l.Terms.Count > 0)];
    }

    private static bool Matches(string code, LocalText label, string search) =>
        code.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase) || label.ByLanguage.Values.Any(l => l.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase));
}

/// <summary>Changes or adds an entry of a list, with the reason; by a coordinator, an administrator or the data protection focal point.</summary>
public sealed class EditVocabulary(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, EditTerm command, CancellationToken cancellationToken)
    {
        if (Authority.MustHoldOneOf(who.Actor, Duty.Coordinator, Duty.Administrator, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (VocabularyShelf.Find(command.ListCode) is not { } list)
            return new Refusal("vocabulary.list-unknown");
        var decision = VocabularyRules.Edit(list, command, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<TermEdited>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (await db.Set<EditedTerm>().FirstOrDefaultAsync(e => e.ListCode == change.ListCode && e.TermCode == change.TermCode, cancellationToken) is { } before)
            before.Apply(change);
        else
            db.Add(EditedTerm.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change).With("list", change.ListCode).With("code", change.TermCode).With("retired", change.Retired ? "yes" : "no"));
        return Nothing.Here;
    }
}
