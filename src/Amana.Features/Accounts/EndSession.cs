using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>Ends one of one's own sessions: signing out, or revoking another browser's. Ending an ended one changes nothing.</summary>
public sealed class EndSession(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, Guid id, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId;
        var session = await db.Set<StaffSession>().FirstOrDefaultAsync(s => s.Id == id && s.StaffId == me, cancellationToken);
        if (session is null)
            return new Refusal("session.not-found");
        if (session.EndedAt is not null)
            return Nothing.Here;
        session.End(clock.Now());
        await ledger.Commit(who, cancellationToken, new Happening("SignedOut", null, id));
        return Nothing.Here;
    }
}
