using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
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
        if (compiled is null)
            return new Refusal("submission.form-unknown");
        var (kept, leftOut) = WithoutMetadata(OnlyExpectedFiles(incoming, submission, compiled));
        return new ReadSubmission(kept, submission, form, compiled, submission.InstanceId ?? "uuid:" + Ids.NewGuid(clock).ToString("D")) { LeftOut = leftOut };
    }

    /// <summary>Every way in passes here, after signatures of phones were checked and before anything is sealed: pictures, films and sounds are kept without what they tell besides what is to be seen or heard.
    /// A picture that cannot be followed is left out; the record is kept.</summary>
    private static (IncomingSubmission Kept, int LeftOut) WithoutMetadata(IncomingSubmission incoming)
    {
        if (incoming.Files.Count == 0)
            return (incoming, 0);
        List<IncomingFile> kept = [.. incoming.Files.Select(f => FileMetadata.Remove(f.Content.Reveal()) is { } clean ? f with { Content = new Sensitive<byte[]>(clean) } : null).OfType<IncomingFile>()];
        return (incoming with { Files = kept }, incoming.Files.Count - kept.Count);
    }

    /// <summary>A file that no answer names is not kept: nobody asked for it.</summary>
    private static IncomingSubmission OnlyExpectedFiles(IncomingSubmission incoming, Submission submission, XForms.Evaluation.CompiledForm form)
    {
        if (incoming.Files.Count == 0)
            return incoming;
        var expected = submission.FilesExpected(form);
        return incoming with { Files = [.. incoming.Files.Select(f => NameOf(f.Name, expected) is { } name ? f with { Name = name } : null).OfType<IncomingFile>()] };
    }

    /// <summary>The answer that names the file. Clients write quotes and line ends of names as <c>%22</c>, <c>%0D</c> and <c>%0A</c> (HTML, multipart/form-data), and systems on the way differ in case and in how
    /// letters with marks are composed; where a name is none of the answers as it stands, the one answer that says the same otherwise is meant.</summary>
    private static string? NameOf(string given, IReadOnlyList<string> expected)
    {
        if (expected.Contains(given, StringComparer.Ordinal))
            return given;
        var alike = expected.Where(e => string.Equals(Plain(e), Plain(given), StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return alike.Count == 1 ? alike[0] : null;
    }

    private static string Plain(string name)
    {
        var plain = name.Replace("%22", "\"", StringComparison.Ordinal).Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase).Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase);
        return plain.IsNormalized() ? plain : plain.Normalize();
    }
}
