using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>One value of a released row.</summary>
public sealed record ReleasedValue(string Release, string Row, string Column, string? Value);

/// <summary>The rows of the approved releases that serve a need, for a feed. Records of people reach a feed in no other way. Rows bear codes of the reader's own, so that a leak names the reader; a release in which
/// somebody withdrew is not in it.</summary>
public sealed class ReleasedRows(Door door, AmanaDb db, OpenedRelease opened, ReleaseSeal seal, Departures departures, LedgerBook ledger)
{
    public async Task<Outcome<IReadOnlyList<ReleasedValue>>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var passage = await door.Ask(who, Domain.Principles.Operation.Release, activity, null, null, cancellationToken);
        if (!passage.IsDone)
            return Outcome<IReadOnlyList<ReleasedValue>>.RefusedBy(passage.Refusals);
        var approved = await db.Set<Release>().AsNoTracking().Where(r => r.ActivityId == activity && r.NeedCode == who.NeedCode && r.State == ReleaseState.Approved).OrderBy(r => r.ProposedAt).ToListAsync(cancellationToken);
        var values = new List<ReleasedValue>();
        foreach (var release in approved)
        {
            if (await opened.Open(who, activity, release.Id, cancellationToken) is not { IsDone: true } open)
                continue;
            var packed = open.Result.Packed.AsCopy(row => seal.RowCode(who.Actor.StaffId!.Value.Value, row));
            await departures.Add(who, new DepartureNote(activity, DeparturePath.Feed, release.NeedCode, release.Risk.Rows, release), oncePerDay: true, cancellationToken);
            await ledger.Commit(open.Result.Citing, cancellationToken, new Happening("ReleaseFed", activity, release.Id.Value).With("n", release.Risk.Rows).With("recipient", release.RecipientId.Value.ToString("N")));
            values.AddRange(packed.Rows.SelectMany((row, i) => packed.Columns.Select(c => new ReleasedValue(release.FileHash[..12], row, c.Name, c.Values[i]))));
        }

        return new Outcome<IReadOnlyList<ReleasedValue>>.Done(values);
    }
}
