using Amana.Domain.Accounts;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>A record of which parts are missing: when it came, from which phone, and what is missing. Nothing of its content, which nobody can open.</summary>
/// <param name="Id">Its random id.</param>
/// <param name="FirstAt">When its first part came.</param>
/// <param name="LastAt">When its last part came.</param>
/// <param name="Phone">The label of the phone; empty where the phone is gone.</param>
/// <param name="Files">How many files belong to it.</param>
/// <param name="Missing">The kinds of those that are missing.</param>
/// <param name="State">Whether it waits.</param>
/// <param name="GivenUpAt">When it was given up.</param>
public sealed record ListedAwaited(AwaitedRecordId Id, DateTimeOffset FirstAt, DateTimeOffset LastAt, string Phone, int Files, IReadOnlyList<AwaitedKind> Missing, AwaitedState State, DateTimeOffset? GivenUpAt);

/// <summary>Records encrypted on phones whose parts have not all come. The longest wait comes first.</summary>
public sealed class AwaitedList(Door door, AmanaDb db)
{
    /// <summary>Most that are listed; those that wait come first.</summary>
    public const int Most = 500;

    public async Task<Outcome<IReadOnlyList<ListedAwaited>>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<IReadOnlyList<ListedAwaited>>.RefusedBy(loaded.Refusals);
        var records = await db.Set<AwaitedRecord>().AsNoTracking().Where(r => r.ActivityId == activity).OrderBy(r => r.State == AwaitedState.Waiting ? 0 : 1).ThenBy(r => r.FirstAt).Take(Most).ToListAsync(cancellationToken);
        var phones = await db.Set<AppUser>().AsNoTracking().Where(a => a.ActivityId == activity).ToDictionaryAsync(a => a.Id.Value, a => a.Label, cancellationToken);
        return records.ConvertAll(r => new ListedAwaited(r.Id, r.FirstAt, r.LastAt, phones.GetValueOrDefault(r.SentBy, ""), r.Files, r.Missing, r.State, r.GivenUpAt));
    }

    /// <summary>How many wait.</summary>
    public Task<int> Waiting(ActivityId activity, CancellationToken cancellationToken) =>
        db.Set<AwaitedRecord>().CountAsync(r => r.ActivityId == activity && r.State == AwaitedState.Waiting, cancellationToken);
}
