namespace Amana.Web.Ui;

/// <summary>Files that a form brings.</summary>
internal static class Uploads
{
    /// <summary>The whole file, in memory alone; how large it may be is the request's limit.</summary>
    public static async Task<byte[]> Bytes(this IFormFile file, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }
}
