using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.XForms;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Receives a submission: once, whatever the line does. A replay of the same is answered as before; the same id with other content is refused.</summary>
public sealed class ReceiveSubmission(ActivityReader activities, CompiledFormReader forms, SubmissionIntake intake, RepeatedSubmissions repeats, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<SubmissionReceipt>> Handle(AccessContext who, IncomingSubmission incoming, CancellationToken cancellationToken)
    {
        var snapshot = await activities.Snapshot(incoming.ActivityId, cancellationToken);
        if (snapshot is null)
            return new Refusal("activity.not-found");
        var read = await ReadIt(snapshot, incoming, cancellationToken);
        if (!read.IsDone)
            return Outcome<SubmissionReceipt>.RefusedBy(read.Refusals);
        if (await repeats.Answer(who, read.Result, cancellationToken) is { } repeated)
            return repeated;
        var taken = await intake.Take(who.Actor, snapshot, read.Result, cancellationToken);
        if (!taken.IsDone)
        {
            await ledger.Refuse(who, Operation.Collect, incoming.ActivityId, null, taken.Refusals, cancellationToken);
            return Outcome<SubmissionReceipt>.RefusedBy(taken.Refusals);
        }

        try
        {
            await ledger.Commit(who, cancellationToken, [.. taken.Result.Happenings]);
        }
        catch (DbUpdateException) // the same submission came twice at the same time: the other one was first
        {
            return await repeats.AnswerAfterRace(who, read.Result, cancellationToken);
        }

        return taken.Result.Receipt;
    }

    /// <summary>Reads the XML and finds its form: unknown form and unknown version are told apart, as clients expect.</summary>
    public async Task<Outcome<ReadSubmission>> ReadIt(ActivitySnapshot activity, IncomingSubmission incoming, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(incoming.Xml.Reveal(), writable: false);
        var (submission, problem) = SubmissionReader.Read(stream);
        if (submission is null)
            return new Refusal("submission.not-readable").With("message", problem ?? "");
        var named = activity.Forms.Where(f => f.State != FormState.Draft && f.FormId == submission.FormId).ToList();
        if (named.Count == 0)
            return new Refusal("submission.form-unknown");
        if (named.FirstOrDefault(f => f.Version == submission.Version) is not { } form)
            return new Refusal("submission.version-unknown").With("version", submission.Version);
        if (!form.Accepts)
            return new Refusal("form.closed");
        var compiled = await forms.Read(form.Id, cancellationToken);
        return compiled is null
            ? new Refusal("submission.form-unknown")
            : new ReadSubmission(OnlyExpectedFiles(incoming, submission, compiled), submission, form, compiled, submission.InstanceId ?? "uuid:" + Ids.NewGuid(clock).ToString("D"));
    }

    /// <summary>A file that no answer names is not kept: nobody asked for it.</summary>
    private static IncomingSubmission OnlyExpectedFiles(IncomingSubmission incoming, Submission submission, XForms.Evaluation.CompiledForm form)
    {
        if (incoming.Files.Count == 0)
            return incoming;
        var expected = submission.FilesExpected(form).ToHashSet(StringComparer.Ordinal);
        return incoming with { Files = [.. incoming.Files.Where(f => expected.Contains(f.Name))] };
    }
}
