using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Amana.XForms.Evaluation;

/// <summary>Digests, encodings, identifiers, and what the device and the form say of themselves.</summary>
internal static class CodeFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("uuid", 0, 1, Uuid) { IsPure = false, IsVolatile = true },
        new("digest", 2, 3, Digest),
        new("base64-decode", 1, 1, Base64Decode),
        new("version", 0, 0, (Evaluator e, CallSyntax _, in Scope _) => XPathValue.Of(e.Form?.Version ?? "")),
        new("property", 1, 1, Property) { IsVolatile = true },
        new("extract-signed", 2, 2, Unavailable) { IsVolatile = true },
    ];

    /// <summary>A number's whole part; of a text that is none, the first eight bytes of its SHA-256.</summary>
    public static long Seed(XPathValue value)
    {
        var number = value.AsNumber();
        if (!double.IsNaN(number))
            return (long)Math.Clamp(number, long.MinValue, 9.2e18);
        var text = value.AsText();
        return text.Length == 0 ? 0 : BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static XPathValue Uuid(Evaluator e, CallSyntax call, in Scope scope)
    {
        if (call.Arguments.Length == 0)
            return XPathValue.Of((e.Context.NewUuid?.Invoke() ?? Drawn(e)).ToString("D", CultureInfo.InvariantCulture));
        const string letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var length = Math.Clamp(Numbers.Index(e.Number(call.Arguments[0], scope), 0), 0, 1_000);
        return e.Made(string.Create(length, e.Random, (text, random) =>
        {
            foreach (ref var c in text)
                c = letters[random.Next(letters.Length)];
        }), call);
    }

    private static Guid Drawn(Evaluator e)
    {
        Span<byte> bytes = stackalloc byte[16];
        e.Random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static XPathValue Digest(Evaluator e, CallSyntax call, in Scope scope)
    {
        var text = e.Text(call.Arguments[0], scope);
        var algorithm = e.Text(call.Arguments[1], scope);
        var encoding = call.Arguments.Length == 3 ? e.Text(call.Arguments[2], scope) : "base64";
        if (e.Problem is not null || !e.Spend(text.Length / 16, call))
            return XPathValue.Empty;
        if (Hash(algorithm, Encoding.UTF8.GetBytes(text)) is not { } hash)
            return e.Fail(call, $"digest does not know the method '{algorithm}'; it knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512.");
        return encoding switch
        {
            "base64" => XPathValue.Of(Convert.ToBase64String(hash)),
            "hex" => XPathValue.Of(Convert.ToHexStringLower(hash)),
            _ => e.Fail(call, $"digest does not know the encoding '{encoding}'; it knows base64 and hex."),
        };
    }

#pragma warning disable CA5350, CA5351 // Forms name these methods; nothing of ours is protected by them.
    private static byte[]? Hash(string algorithm, byte[] bytes) => algorithm switch
    {
        "MD5" => MD5.HashData(bytes),
        "SHA-1" => SHA1.HashData(bytes),
        "SHA-256" => SHA256.HashData(bytes),
        "SHA-384" => SHA384.HashData(bytes),
        "SHA-512" => SHA512.HashData(bytes),
        _ => null,
    };
#pragma warning restore CA5350, CA5351

    private static XPathValue Base64Decode(Evaluator e, CallSyntax call, in Scope scope)
    {
        var text = e.Text(call.Arguments[0], scope);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? e.Made(Encoding.UTF8.GetString(bytes, 0, count), call) : XPathValue.Empty;
    }

    private static XPathValue Property(Evaluator e, CallSyntax call, in Scope scope) =>
        XPathValue.Of(e.Context.Properties.GetValueOrDefault(e.Text(call.Arguments[0], scope)) ?? "");

    private static XPathValue Unavailable(Evaluator e, CallSyntax call, in Scope scope) =>
        e.Fail(call, $"{call.Function.Name} is worked out on the device only.", ProblemKind.MissingInstance, call.Function.Name);
}
