using Amana.Domain.Capture;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Records;

namespace Amana.Features.Capture;

/// <summary>Receives a record that was filled under a link on the page without script: the link's use is settled first, then it goes the way of any submission (gate, consent, ledger). Sent again it is answered as before.</summary>
public sealed class ReceivePlainRecord(ReceiveSubmission receive, UseFormLink uses)
{
    /// <param name="who">The holder of the link, as the one who collects.</param>
    /// <param name="link">The link.</param>
    /// <param name="xml">The record.</param>
    /// <param name="files">Its files.</param>
    /// <param name="cancellationToken">Ends the receiving.</param>
    public async Task<Outcome<SubmissionReceipt>> Handle(AccessContext who, FormLink link, Sensitive<byte[]> xml, IReadOnlyList<IncomingFile> files, CancellationToken cancellationToken)
    {
        var record = new IncomingSubmission(link.ActivityId, link.Id.Value, xml, files);
        return await uses.Handle(who, link, record, cancellationToken) is { IsDone: false } refused
            ? Outcome<SubmissionReceipt>.RefusedBy(refused.Refusals)
            : await receive.Handle(who, record, cancellationToken);
    }
}
