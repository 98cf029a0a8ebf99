using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>The phones of an activity, for those who may read it; tokens are never among it.</summary>
public sealed class PhoneList(Door door, AmanaDb db)
{
    public async Task<IReadOnlyList<AppUser>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken) =>
        (await door.ForReading(who, activity, cancellationToken)).IsDone
            ? await db.Set<AppUser>().AsNoTracking().Where(a => a.ActivityId == activity).OrderBy(a => a.IssuedAt).ToListAsync(cancellationToken)
            : [];
}
