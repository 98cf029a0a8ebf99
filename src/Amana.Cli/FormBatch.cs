using System.Text;
using Amana.XForms;

namespace Amana.Cli;

/// <summary>
/// Converts many forms in one process. Each line of the list holds a form, the XForm to write and the name of the data's root (may be
/// empty), with tabs between them. A form that is refused gets a file of its problems beside the XForm that it has not become.
/// </summary>
internal static class FormBatch
{
    private sealed record Job(string Source, string Target, string Name);

    /// <summary>What a refused form's problems are written to: the XForm's name and this.</summary>
    private const string ErrorEnding = ".error";

    public static async Task<int> Convert(string list, CancellationToken cancellationToken)
    {
        var jobs = Jobs(list);
        var refused = 0;
        await Terminal.Counting("Converting", async count =>
        {
            for (var i = 0; i < jobs.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                refused += await Convert(jobs[i], cancellationToken) ? 0 : 1;
                count(i + 1, jobs.Count);
            }
        });
        await Console.Error.WriteLineAsync($"{jobs.Count - refused} converted, {refused} refused");
        return Exit.Done;
    }

    private static List<Job> Jobs(string list)
    {
        using var reader = new StreamReader(InputFile.Open(list));
        var jobs = new List<Job>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0)
                continue;
            jobs.Add(line.Split('\t') is [{ Length: > 0 } source, { Length: > 0 } target, .. { Length: <= 1 } name]
                ? new Job(source, target, name is [var root] ? root : string.Empty)
                : throw new RefusedException($"{list}, line {number}: write the form, the XForm to make and the name of the data's root (may be empty), with tabs between them."));
        }

        return jobs;
    }

    private static async Task<bool> Convert(Job job, CancellationToken cancellationToken)
    {
        var error = job.Target + ErrorEnding;
        var (xform, problems) = Read(job);
        File.Delete(xform is null ? job.Target : error);
        if (xform is not null)
            await InputFile.Write(job.Target, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(xform), cancellationToken).AsTask());
        else
            await InputFile.Write(error, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(problems), cancellationToken).AsTask());
        return xform is not null;
    }

    private static (string? XForm, string Problems) Read(Job job)
    {
        try
        {
            using var stream = InputFile.Open(job.Source);
            var reading = XlsForm.Read(stream, Path.GetFileName(job.Source), job.Name.Length == 0 ? null : new XlsFormOptions { RootName = job.Name });
            return (reading.Form is { } form ? XFormWriter.Write(form) : null, string.Concat(reading.Errors.Select(e => $"{e}\n")));
        }
        catch (RefusedException missing)
        {
            return (null, missing.Message + "\n");
        }
    }
}
