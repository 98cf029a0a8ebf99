using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Amana.Web.Ui;

/// <summary>
/// The pages' own files, embedded in the assembly by the front-end build. An address carries the hash of its content and may be kept for a
/// year; without the right hash it must be asked again. Answers the smallest copy that the reader accepts.
/// </summary>
public sealed class Assets
{
    public const string Root = "/dist/";
    private const string Prefix = "dist/";
    private readonly FrozenDictionary<string, Asset> files = Read();

    /// <summary>The address of a file, with its content's hash.</summary>
    public string Url(string name) =>
        files.TryGetValue(name, out var file) ? $"{Root}{name}?v={file.Hash}" : throw new InvalidOperationException($"The front-end build made no {name}.");

    /// <summary>The addresses of all files of the page of a form, as its scripts ask for them: the entry and styles with their hash, parts by names that carry it.</summary>
    public IEnumerable<string> OfTheForm => files.Keys.Where(n => n.StartsWith("fill", StringComparison.Ordinal) && n != "fill-worker.js").Order(StringComparer.Ordinal).Select(n => IsPart(n) ? Root + n : Url(n));

    internal Task Answer(HttpContext context, string name)
    {
        if (!files.TryGetValue(name, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        var response = context.Response;
        var headers = response.Headers;
        headers.ETag = $"\"{file.Hash}\"";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = context.Request.Query["v"] == file.Hash || IsPart(name) ? "public, max-age=31536000, immutable" : "public, no-cache";
        if (context.Request.Headers.IfNoneMatch.Contains(headers.ETag.ToString()))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        var (encoding, bytes) = file.For(context.Request);
        if (encoding is not null) headers.ContentEncoding = encoding;
        response.ContentType = file.ContentType;
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    // The bundler names parts by the hash of what is in them: fill-7OLOVCOH.js.
    private static bool IsPart(string name) => name is ['f', 'i', 'l', 'l', '-', .. var rest] && rest.EndsWith(".js", StringComparison.Ordinal) && rest.Length == 11 && rest[..8].All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(Assets).Assembly;
        var types = new FileExtensionContentTypeProvider();
        var all = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return all
            .Where(n => !n.EndsWith(".br", StringComparison.Ordinal) && !n.EndsWith(".gz", StringComparison.Ordinal))
            .ToFrozenDictionary(n => n[Prefix.Length..], n => Load(n, all, types), StringComparer.Ordinal);

        static Asset Load(string name, HashSet<string> all, FileExtensionContentTypeProvider types)
        {
            var plain = Bytes(name);
            var hash = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8));
            var type = types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
            if (type.StartsWith("text/", StringComparison.Ordinal)) type += "; charset=utf-8";
            return new Asset(type, hash, plain, all.Contains(name + ".br") ? Bytes(name + ".br") : null, all.Contains(name + ".gz") ? Bytes(name + ".gz") : null);
        }

        static byte[] Bytes(string name)
        {
            using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    private sealed record Asset(string ContentType, string Hash, byte[] Plain, byte[]? Brotli, byte[]? Gzip)
    {
        public (string? Encoding, byte[] Bytes) For(HttpRequest request)
        {
            var accepted = request.Headers.AcceptEncoding.ToString();
            if (Brotli is not null && Accepts(accepted, "br")) return ("br", Brotli);
            return Gzip is not null && Accepts(accepted, "gzip") ? ("gzip", Gzip) : (null, Plain);
        }

        private static bool Accepts(string header, string coding) =>
            header.Split(',', StringSplitOptions.TrimEntries).Any(c => c == coding || (c.StartsWith(coding + ";", StringComparison.Ordinal) && !c.EndsWith("q=0", StringComparison.Ordinal)));
    }
}
