using Amana.Domain.Accounts;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>The operation's name and the reader's own, for the frame of pages and the head of prints.</summary>
public sealed class OperationAndReader(AmanaDb db)
{
    /// <summary>None before the operation was started.</summary>
    public async Task<NamedFrame?> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var operation = await db.Set<HumanitarianOperation>().AsNoTracking().Select(o => o.Name).SingleOrDefaultAsync(cancellationToken);
        var staff = who.Actor.StaffId is { } id ? await db.Set<StaffMember>().AsNoTracking().Where(s => s.Id == id).Select(s => s.Name).FirstOrDefaultAsync(cancellationToken) : null;
        return operation is null ? null : new NamedFrame(operation, staff);
    }
}

/// <summary>The operation's name, and the staff member's own.</summary>
public sealed record NamedFrame(string Operation, string? Reader);
