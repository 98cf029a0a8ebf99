using Amana.Domain.Records;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Records;

/// <summary>Puts a new version in the place of the current one and keeps what stood before. It only makes it pending.</summary>
public sealed class RecordVersions(AmanaDb db, Safe safe, TimeProvider clock)
{
    internal Task<byte[]> SealCoded(RecordEntry record, List<KeptAnswer> coded, CancellationToken cancellationToken) => safe.SealCoded(record.ActivityId, record.Id, KeptAnswer.Write(coded), cancellationToken);

    /// <param name="record">The record.</param>
    /// <param name="change">What the rule decided.</param>
    /// <param name="sealedAnswers">The new version's answers that lie in boxes of the person.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task Replace(RecordEntry record, RecordAmended change, Dictionary<Compartment, List<KeptAnswer>> sealedAnswers, CancellationToken cancellationToken)
    {
        db.Add(RecordVersion.Before(record, change));
        record.Apply(change);
        foreach (var (compartment, inside) in sealedAnswers)
            db.Add(new PersonBox(Ids.NewGuid(clock), record.Id, record.PersonId, compartment, change.Version, "", await safe.SealForPerson(record.PersonId, compartment, record.Id, KeptAnswer.Write(inside), cancellationToken)));
    }
}
