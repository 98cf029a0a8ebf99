using Amana.Domain.Shared;
using Amana.Features.Records;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Amana.Web.OpenRosa;

/// <summary>Why a post is no submission: status and text key.</summary>
public sealed record PostProblem(int Status, string Key);

/// <summary>Reads a multipart submission into memory: nothing that people said is written to a temporary file.</summary>
public static class PostedSubmission
{
    private const int MaxFiles = 200;

    /// <summary>Reads it; <c>MoreFollows</c> when the client says that further posts bring the rest of its files (OpenRosa, <c>*isIncomplete*</c>).</summary>
    public static async Task<(IncomingSubmission? Submission, PostProblem? Problem, bool MoreFollows)> Read(HttpContext http, ActivityId activity, Guid phone)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            return (null, new PostProblem(400, "openrosa.no-submission-part"), false);
        if (http.Request.Headers.ContentEncoding.Any(e => !string.IsNullOrEmpty(e) && !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return (null, new PostProblem(415, "openrosa.packed"), false);
        byte[]? xml = null;
        var files = new List<IncomingFile>();
        var more = false;
        try
        {
            var reader = new MultipartReader(boundary, http.Request.Body) { BodyLengthLimit = OpenRosaEndpoints.MaxBody, HeadersCountLimit = 32, HeadersLengthLimit = 16 * 1024 };
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } disposition)
                    continue;
                if (files.Count == MaxFiles) // what was left out in silence would be lost: the phone lets go of what was taken
                    return (null, new PostProblem(413, "openrosa.too-large"), false);
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
                var content = await Content(section, http.RequestAborted);
                if (name == "xml_submission_file")
                    xml ??= content;
                else if (name == "*isIncomplete*")
                    more = content.AsSpan().SequenceEqual("yes"u8);
                else if (FileName(disposition, name) is { } file)
                    files.Add(new IncomingFile(file, section.ContentType ?? "application/octet-stream", new Sensitive<byte[]>(content)));
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return (null, new PostProblem(400, "openrosa.broken-post"), false);
        }

        return xml is null
            ? (null, new PostProblem(400, "openrosa.no-submission-part"), false)
            : (new IncomingSubmission(activity, phone, new Sensitive<byte[]>(xml), files), null, more);
    }

    /// <summary>The last part of the file's name; a path never counts. Parts without a file name, such as the mark of an incomplete post, are no files.</summary>
    private static string? FileName(ContentDispositionHeaderValue disposition, string? name)
    {
        var given = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        if (string.IsNullOrEmpty(given) || name is null)
            return null;
        var file = given.Split('/', '\\')[^1];
        return file.Length is > 0 and <= 255 ? file : null;
    }

    private static async Task<byte[]> Content(MultipartSection section, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await section.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }
}
