using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Amana.Domain.Capture;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Capture;

/// <summary>A finished record as a browser seals it: <c>AMR1</c> ‖ id of the key (16 bytes, as written) ‖ encapsulated key (65) ‖ ciphertext with tag. The first 20 bytes are bound as associated data.
/// Inside: length of the list (4 bytes, most significant first) ‖ list as JSON (<c>xml</c>: bytes; <c>files</c>: name, type, size) ‖ XML ‖ files ‖ zeroes that hide the size.</summary>
internal static class SealedRecord
{
    public const int HeaderSize = 20;
    private const int MaxFiles = 200;
    private static readonly byte[] Magic = "AMR1"u8.ToArray();
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>What the key is used for, bound into each record's key.</summary>
    public static byte[] Use { get; } = "amana finished record 1"u8.ToArray();

    /// <summary>The key that it names; none for what is no such envelope.</summary>
    public static SealingKeyId? KeyOf(ReadOnlySpan<byte> envelope) =>
        envelope.Length > HeaderSize + Hpke.PointSize && envelope[..4].SequenceEqual(Magic) ? new SealingKeyId(new Guid(envelope[4..HeaderSize], bigEndian: true)) : null;

    /// <summary>XML and files; none when the inside is not as it should be.</summary>
    public static (byte[] Xml, IReadOnlyList<IncomingFile> Files)? Read(ReadOnlySpan<byte> inside)
    {
        if (inside.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(inside) is var length && length > inside.Length - 4)
            return null;
        if (ListOf(inside.Slice(4, (int)length)) is not { } list || list.Files.Count > MaxFiles)
            return null;
        var at = 4 + (long)length;
        var sizes = list.Files.Select(f => f.Size).Prepend(list.Xml).ToList();
        if (sizes.Any(s => s < 0) || at + sizes.Sum() > inside.Length)
            return null;
        var parts = new List<byte[]>();
        foreach (var size in sizes)
        {
            parts.Add(inside.Slice((int)at, (int)size).ToArray());
            at += size;
        }

        return (parts[0], [.. list.Files.Select((f, i) => new IncomingFile(NameOf(f), f.Type ?? "application/octet-stream", new Sensitive<byte[]>(parts[i + 1])))]);
    }

    private static string NameOf(ListedFile file) => (file.Name ?? "").Split('/', '\\')[^1];

    private static Contents? ListOf(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Contents>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Contents(long Xml, IReadOnlyList<ListedFile> Files);

    private sealed record ListedFile(string? Name, string? Type, long Size);
}

/// <summary>Opens a sealed record that has arrived.</summary>
public sealed class SealedRecordReader(AmanaDb db, Safe safe)
{
    /// <summary>The submission inside; refused when it was sealed to no key of the activity, or is broken.</summary>
    public async Task<Outcome<IncomingSubmission>> Open(ActivityId activity, Guid collectedBy, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        if (SealedRecord.KeyOf(envelope.Span) is not { } id)
            return new Refusal("sealed-record.not-readable");
        var key = await db.Set<SealingKey>().AsNoTracking().FirstOrDefaultAsync(k => k.Id == id && k.ActivityId == activity, cancellationToken);
        if (key is null)
            return new Refusal("sealed-record.key-gone");
        try
        {
            var point = envelope.Slice(SealedRecord.HeaderSize, Hpke.PointSize);
            var bound = envelope[..SealedRecord.HeaderSize].ToArray();
            var inside = await safe.OpenSealedRecord(key, point, SealedRecord.Use, bound, envelope[(SealedRecord.HeaderSize + Hpke.PointSize)..], cancellationToken);
            return SealedRecord.Read(inside) is var (xml, files)
                ? new IncomingSubmission(activity, collectedBy, new Sensitive<byte[]>(xml), files)
                : new Refusal("sealed-record.not-readable");
        }
        catch (CryptographicException)
        {
            return new Refusal("sealed-record.not-readable");
        }
        catch (ErasedException)
        {
            return new Refusal("sealed-record.key-gone");
        }
    }
}
