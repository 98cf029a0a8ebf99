using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Sharing.Packages;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>By what a copy was known again.</summary>
public enum CopyEvidence { Codes, Order }

/// <summary>The copy that an excerpt was taken from.</summary>
/// <param name="Copy">Which copy.</param>
/// <param name="Evidence">By its codes, or by the order of its rows.</param>
/// <param name="Rows">How many rows of the excerpt spoke for it.</param>
/// <param name="ByChance">An upper bound of the chance that a copy is named that the excerpt is not of.</param>
public sealed record NamedCopy(ReleaseCopy Copy, CopyEvidence Evidence, int Rows, double ByChance);

/// <summary>Names the copy of a release that a found excerpt was taken from, or says that it cannot be told. The excerpt is lines of text as they were found. The gate is asked as for
/// figures, because the release is opened to compare; that holds when sharing is suspended after a leak.</summary>
public sealed class NameTheCopy(OpenedRelease opened, AmanaDb db, ReleaseSeal seal, LedgerBook ledger)
{
    public async Task<Outcome<NamedCopy?>> Handle(AccessContext who, ActivityId activity, ReleaseId id, string excerpt, CancellationToken cancellationToken)
    {
        var open = await opened.ForComparing(who, activity, id, cancellationToken);
        if (!open.IsDone)
            return Outcome<NamedCopy?>.RefusedBy(open.Refusals);
        var copies = await db.Set<ReleaseCopy>().AsNoTracking().Where(c => c.ReleaseId == id).OrderBy(c => c.Number).ToListAsync(cancellationToken);
        var marks = copies.ConvertAll(c => CopyMark.Of(open.Result.Packed.AsCopy(row => seal.RowCode(c.Id.Value, row))));
        var told = CopyMark.Tell(marks, excerpt);
        await ledger.Commit(open.Result.Citing, cancellationToken, new Happening("CopyLookedFor", activity, id.Value).With("copies", copies.Count).With("named", told is null ? 0 : copies[told.Index].Number));
        return new Outcome<NamedCopy?>.Done(told is null ? null : new NamedCopy(copies[told.Index], told.Evidence, told.Rows, told.ByChance));
    }
}
