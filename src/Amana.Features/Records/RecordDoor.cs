using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>A record that the gate let through, with its consent and the state it was asked for.</summary>
public sealed record LetThrough(RecordEntry Record, PersonConsent Consent, Passage Passage);

/// <summary>The way to one record: found within its activity, its consent read, the gate asked. What is not there and what is another activity's look alike.</summary>
public sealed class RecordDoor(Door door, AmanaDb db)
{
    /// <param name="who">Who asks, citing a need where the operation wants one.</param>
    /// <param name="operation">What is to be done with the record.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="code">The record's code.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<Outcome<LetThrough>> Ask(AccessContext who, Operation operation, ActivityId activity, string code, CancellationToken cancellationToken)
    {
        if (await Find(activity, code, cancellationToken) is not { } record)
            return new Refusal("record.not-found");
        var consent = await db.Set<PersonConsent>().FirstAsync(c => c.Id == record.ConsentId, cancellationToken);
        var passage = await door.Ask(who, operation, activity, consent, record.Id.Value, cancellationToken);
        return passage.IsDone ? new LetThrough(record, consent, passage.Result) : Outcome<LetThrough>.RefusedBy(passage.Refusals);
    }

    /// <summary>A record for those who may judge the activity's records: nothing of it is opened.</summary>
    public async Task<Outcome<RecordEntry>> ForJudging(AccessContext who, ActivityId activity, string code, CancellationToken cancellationToken)
    {
        var read = await door.ForReading(who, activity, cancellationToken);
        if (!read.IsDone)
            return Outcome<RecordEntry>.RefusedBy(read.Refusals);
        if (Authority.MayJudge(read.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        return await Find(activity, code, cancellationToken) is { } record ? record : new Refusal("record.not-found");
    }

    /// <summary>A record of an activity that may be read, with the activity's state: nothing of it is opened, and what may be done with it the rule says.</summary>
    internal async Task<Outcome<(ActivitySnapshot State, RecordEntry Record)>> ForReading(AccessContext who, ActivityId activity, string code, CancellationToken cancellationToken)
    {
        var read = await door.ForReading(who, activity, cancellationToken);
        if (!read.IsDone)
            return Outcome<(ActivitySnapshot, RecordEntry)>.RefusedBy(read.Refusals);
        return await Find(activity, code, cancellationToken) is { } record ? (read.Result, record) : new Refusal("record.not-found");
    }

    private Task<RecordEntry?> Find(ActivityId activity, string code, CancellationToken cancellationToken) =>
        db.Set<RecordEntry>().FirstOrDefaultAsync(r => r.ActivityId == activity && r.Code == code, cancellationToken);
}
