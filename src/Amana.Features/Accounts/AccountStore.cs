using Amana.Features.Platform;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>Identity's store of accounts, which never saves by itself: a use case commits its changes together with the ledger entry.</summary>
public sealed class AccountStore : UserOnlyStore<Account, AmanaDb, Guid>
{
    public AccountStore(AmanaDb db)
        : base(db)
    {
        AutoSaveChanges = false;
    }
}
