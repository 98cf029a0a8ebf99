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

    public override string ToString()
    {
        var policy = new StringBuilder("default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        foreach (var (directive, allowed) in sources) policy.Append("; ").Append(directive).Append(' ').AppendJoin(' ', allowed);
        return policy.ToString();
    }
}
