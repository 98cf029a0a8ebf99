using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.XForms;

namespace Amana.Features.Records;

/// <summary>Reads the XML of a submission and finds its form: unknown form and unknown version are told apart, as clients expect.</summary>
public sealed class SubmissionReading(CompiledFormReader forms, TimeProvider clock)
{
    public Task<Outcome<ReadSubmission>> Of(ActivitySnapshot activity, IncomingSubmission incoming, CancellationToken cancellationToken) => Of(activity, incoming, evenClosed: false, cancellationToken);

    /// <summary>The same; with <paramref name="evenClosed"/> also for a form that takes nothing new in any more.</summary>
    internal async Task<Outcome<ReadSubmission>> Of(ActivitySnapshot activity, IncomingSubmission incoming, bool evenClosed, CancellationToken cancellationToken)
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
        if (!form.Accepts && !evenClosed) // what came while it was open may still be admitted
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
