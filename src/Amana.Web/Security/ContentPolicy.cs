using System.Security.Cryptography;
using System.Text;

namespace Amana.Web.Security;

/// <summary>
/// The Content-Security-Policy of one answer: nothing is allowed but our own style, images and forms, and what the page asked for while it
/// was made. A page without script gets no <c>script-src</c> at all.
/// </summary>
public sealed class ContentPolicy
{
    private static readonly object Key = new();
    private readonly SortedDictionary<string, SortedSet<string>> sources = new(StringComparer.Ordinal)
    {
        ["style-src"] = ["'self'"],
        ["img-src"] = ["'self'"],
        ["font-src"] = ["'self'"],
        ["form-action"] = ["'self'"],
    };
    private string? nonce;

    /// <summary>True once this answer was opened for the form engine.</summary>
    public bool HoldsForm { get; private set; }

    public static ContentPolicy Of(HttpContext context)
    {
        if (context.Items.TryGetValue(Key, out var found)) return (ContentPolicy)found!;
        var policy = new ContentPolicy();
        context.Items[Key] = policy;
        return policy;
    }

    /// <summary>The nonce for this answer's script elements; asking for it allows them, and requests to this host.</summary>
    public string Nonce
    {
        get
        {
            if (nonce is not null) return nonce;
            nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
            Allow("script-src", $"'nonce-{nonce}'");
            Allow("connect-src", "'self'");
            return nonce;
        }
    }

    /// <summary>Allows one more source, for this answer only. Inline and evaluated code can not be allowed.</summary>
    public void Allow(string directive, string source)
    {
        if (source.Contains("unsafe", StringComparison.Ordinal) || source.Contains('*', StringComparison.Ordinal) || source.AsSpan().ContainsAny(";, \r\n"))
            throw new ArgumentException($"The source {source} would open the policy.", nameof(source));
        if (!sources.TryGetValue(directive, out var allowed)) sources[directive] = allowed = [];
        allowed.Add(source);
    }

    /// <summary>
    /// What the page of a form needs besides: the engine reads its XPath grammar as WebAssembly out of a <c>data:</c> address, makes style elements (with the nonce), shows the person's own
    /// pictures, and works offline. No other page may call this; a test asks every one of them.
    /// </summary>
    public void AllowFormEngine()
    {
        HoldsForm = true;
        Allow("style-src", $"'nonce-{Nonce}'");
        Allow("connect-src", "data:");
        Allow("img-src", "blob:");
        Allow("img-src", "data:");
        Allow("media-src", "blob:");
        Allow("worker-src", "'self'");
        Allow("manifest-src", "'self'");
        sources["script-src"].Add("'wasm-unsafe-eval'");
    }

    public override string ToString()
    {
        var policy = new StringBuilder("default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        foreach (var (directive, allowed) in sources) policy.Append("; ").Append(directive).Append(' ').AppendJoin(' ', allowed);
        return policy.ToString();
    }
}
