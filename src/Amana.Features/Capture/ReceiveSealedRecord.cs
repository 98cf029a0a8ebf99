using Amana.Domain.Capture;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Amana.XForms;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Capture;

/// <summary>Receives a record that a browser sealed: opens it and hands it on as any submission (gate, consent, ledger). Sent again it is answered as before.</summary>
public sealed class ReceiveSealedRecord(SealedRecordReader reader, ReceiveSubmission receive, UseFormLink uses)
{
    /// <param name="who">Who collects: the signed-in staff member, or the holder of the link.</param>
    /// <param name="activity">The activity whose address it came to.</param>
    /// <param name="link">The link, where it came by one.</param>
    /// <param name="envelope">The sealed record.</param>
    /// <param name="cancellationToken">Ends the receiving.</param>
    public async Task<Outcome<SubmissionReceipt>> Handle(AccessContext who, ActivityId activity, FormLink? link, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        var collector = link?.Id.Value ?? who.Actor.StaffId?.Value ?? throw new InvalidOperationException("Nobody collects.");
        var opened = await reader.Open(activity, collector, envelope, cancellationToken);
        if (!opened.IsDone)
            return Outcome<SubmissionReceipt>.RefusedBy(opened.Refusals);
        if (link is not null && await uses.Handle(who, link, opened.Result, cancellationToken) is { IsDone: false } refused)
            return Outcome<SubmissionReceipt>.RefusedBy(refused.Refusals);
        return await receive.Handle(who, opened.Result, cancellationToken);
    }
}

/// <summary>Uses a link for one record before that is kept, so that a link for one use never lets a second one in, whatever happens in between.</summary>
public sealed class UseFormLink(AmanaDb db, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, FormLink link, IncomingSubmission record, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(record.Xml.Reveal(), writable: false);
        if (SubmissionReader.Read(stream).Submission is not { InstanceId: { Length: > 0 } instance } submission || submission.FormId != link.FormId)
            return new Refusal("form-link.another-form");
        var mark = safe.Index("form-link", link.Id.Value.ToString("N") + "\n" + instance);
        var decision = CaptureRules.UseFor(link, mark, clock.Now());
        if (decision is not Decision<FormLinkUsed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (link.Use == FormLinkUse.Open || link.UsedFor is not null)
            return Nothing.Here;
        try
        {
            var tracked = await db.Set<FormLink>().FirstAsync(l => l.Id == link.Id, cancellationToken);
            if (CaptureRules.UseFor(tracked, mark, clock.Now()) is Decision<FormLinkUsed>.Refused { Reasons: var meanwhile })
                return Outcome<Nothing>.RefusedBy(meanwhile);
            tracked.Apply(change);
            await ledger.Commit(who, cancellationToken, Happening.Of(change, link.ActivityId, link.Id.Value));
            return Nothing.Here;
        }
        catch (DbUpdateConcurrencyException) // two records came at the same moment: the other one was first
        {
            db.ChangeTracker.Clear();
            return new Refusal("form-link.used");
        }
    }
}
