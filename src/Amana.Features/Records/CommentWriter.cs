using System.Text;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Records;

/// <summary>The record that words are about.</summary>
internal sealed record CommentedRecord(RecordId Id, PersonId PersonId, ActivityId ActivityId, int Version, RecordState State)
{
    public static CommentedRecord Of(RecordEntry record) => new(record.Id, record.PersonId, record.ActivityId, record.Version, record.State);
}

/// <summary>Seals words about a record under the key of its person, so that they go with the person. It only makes them pending.</summary>
public sealed class CommentWriter(AmanaDb db, Safe safe, TimeProvider clock)
{
    internal async Task<Outcome<Happening>> Write(CommentedRecord record, CommentKind kind, string? words, StaffId by, CancellationToken cancellationToken)
    {
        var box = await safe.SealForPerson(record.PersonId, Compartment.Narrative, record.Id, Encoding.UTF8.GetBytes(words ?? ""), cancellationToken);
        var decision = ReviewRules.Comment(record.Id, record.PersonId, record.Version, record.State, new CommentOnRecord(Ids.NewGuid(clock), kind, words, box, by), clock.Now());
        if (decision is not Decision<RecordCommented>.Allowed(var change))
            return Outcome<Happening>.RefusedBy(decision.Refusals);
        db.Add(RecordComment.Of(change));
        return Happening.Of(change, record.ActivityId, record.Id.Value).With("comment", kind.ToString());
    }
}
