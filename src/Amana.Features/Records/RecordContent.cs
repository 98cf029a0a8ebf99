using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Words about a record, opened.</summary>
public sealed record OpenedComment(CommentKind Kind, int Version, StaffId By, DateTimeOffset At, Sensitive<string> Words);

/// <summary>A file of a record; its name may tell and is withheld until it is shown.</summary>
/// <param name="Id">Id of its box.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of the record that brought it; a later version may bring another under the same name.</param>
public sealed record OpenedFile(Guid Id, Sensitive<string> Name, int Version);

/// <summary>What the boxes of one record hold. Every opening takes the permit that the ledger gave.</summary>
public sealed class RecordContent(AmanaDb db, Safe safe)
{
    /// <summary>All answers of the newest version.</summary>
    internal async Task<List<KeptAnswer>> Answers(DisclosurePermit permit, RecordEntry record, CancellationToken cancellationToken) =>
        [.. KeptAnswer.Read(await safe.OpenCoded(permit, record, cancellationToken)), .. await OfPerson(permit, record, record.Version, cancellationToken)];

    /// <summary>All answers of an earlier version.</summary>
    internal async Task<List<KeptAnswer>> Answers(DisclosurePermit permit, RecordEntry record, RecordVersion version, CancellationToken cancellationToken) =>
        [.. KeptAnswer.Read(await safe.OpenCodedBefore(permit, record.ActivityId, version, cancellationToken)), .. await OfPerson(permit, record, version.Version, cancellationToken)];

    /// <summary>The files, without their content.</summary>
    internal async Task<List<OpenedFile>> Files(DisclosurePermit permit, RecordEntry record, CancellationToken cancellationToken)
    {
        var files = new List<OpenedFile>();
        foreach (var box in await db.Set<PersonBox>().AsNoTracking().Where(b => b.RecordId == record.Id && b.Compartment == Compartment.Files).OrderBy(b => b.Id).ToListAsync(cancellationToken))
            files.AddRange((await File(permit, box, cancellationToken)).Select(f => new OpenedFile(box.Id, new Sensitive<string>(f.Name), box.Version)));
        return files;
    }

    internal async Task<IReadOnlyList<PackedFile>> File(DisclosurePermit permit, PersonBox box, CancellationToken cancellationToken) =>
        PackedSubmission.Unpack(await safe.OpenForPerson(permit, box, cancellationToken)).Files;

    /// <summary>What was written about the record, oldest first.</summary>
    internal async Task<List<OpenedComment>> Comments(DisclosurePermit permit, RecordEntry record, CancellationToken cancellationToken)
    {
        var opened = new List<OpenedComment>();
        foreach (var comment in await db.Set<RecordComment>().AsNoTracking().Where(c => c.RecordId == record.Id).OrderBy(c => c.At).ToListAsync(cancellationToken))
        {
            var box = new PersonBox(comment.Id, comment.RecordId, comment.PersonId, Compartment.Narrative, comment.Version, "", comment.Box);
            opened.Add(new OpenedComment(comment.Kind, comment.Version, comment.By, comment.At, new Sensitive<string>(Encoding.UTF8.GetString(await safe.OpenForPerson(permit, box, cancellationToken)))));
        }

        return opened;
    }

    /// <summary>Answers in the order of the form, with their questions.</summary>
    internal static List<OpenedAnswer> InFormOrder(FormVersion form, IEnumerable<KeptAnswer> answers)
    {
        var order = form.Elements.Select((e, i) => (e.Path, i)).ToDictionary(x => x.Path, x => x.i, StringComparer.Ordinal);
        return [.. answers.OrderBy(a => order.GetValueOrDefault(a.ElementPath, int.MaxValue)).ThenBy(a => a.P, StringComparer.Ordinal)
            .Select(a => new OpenedAnswer(a.P, form.Element(a.ElementPath), new Sensitive<string>(a.V)))];
    }

    private async Task<List<KeptAnswer>> OfPerson(DisclosurePermit permit, RecordEntry record, int version, CancellationToken cancellationToken)
    {
        var answers = new List<KeptAnswer>();
        foreach (var box in await db.Set<PersonBox>().AsNoTracking().Where(b => b.RecordId == record.Id && b.Version == version && b.Compartment != Compartment.Files).ToListAsync(cancellationToken))
            answers.AddRange(KeptAnswer.Read(await safe.OpenForPerson(permit, box, cancellationToken)));
        return answers;
    }
}
