using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;

namespace Amana.Features.Records;

/// <summary>A submission as it came in, over OpenRosa or from the web page. Held in memory only; it is sealed or forgotten.</summary>
/// <param name="ActivityId">The activity whose address it came to.</param>
/// <param name="CollectedBy">Random id of the phone or staff account.</param>
/// <param name="Xml">The submission's XML, byte for byte.</param>
/// <param name="Files">Attachments of this part; a large submission comes in several.</param>
public sealed record IncomingSubmission(ActivityId ActivityId, Guid CollectedBy, Sensitive<byte[]> Xml, IReadOnlyList<IncomingFile> Files);

public sealed record IncomingFile(string Name, string ContentType, Sensitive<byte[]> Content);

/// <summary>What the sender is told.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="ReceiptCode">For the person: the code by which they find and withdraw what they gave. Only for accepted and quarantined ones.</param>
/// <param name="Repeated">It had been received before; nothing was done twice.</param>
public sealed record SubmissionReceipt(Domain.Records.SubmissionOutcome Kind, string? ReceiptCode, bool Repeated);

/// <summary>A submission packed into one sealed box for quarantine.</summary>
public sealed record PackedSubmission(byte[] Xml, IReadOnlyList<PackedFile> Files)
{
    public byte[] Pack() => JsonSerializer.SerializeToUtf8Bytes(this, Mapping.Json);

    public static PackedSubmission Unpack(byte[] bytes) => JsonSerializer.Deserialize<PackedSubmission>(bytes, Mapping.Json)!;

    /// <summary>The same with the files added that it did not have.</summary>
    public PackedSubmission With(IEnumerable<PackedFile> files) => this with { Files = [.. Files, .. files.Where(f => Files.All(old => old.Name != f.Name))] };
}

public sealed record PackedFile(string Name, string ContentType, byte[] Content);

/// <summary>One answer as a box holds it.</summary>
/// <param name="P">Path with positions, as the submission had it.</param>
/// <param name="V">The answer.</param>
public sealed record KeptAnswer(string P, string V)
{
    private static readonly JsonEncodedText PathName = JsonEncodedText.Encode(nameof(P));
    private static readonly JsonEncodedText ValueName = JsonEncodedText.Encode(nameof(V));

    /// <summary>Writes what <see cref="Read"/> reads; by hand, since every submission passes here.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyCollection<KeptAnswer> answers)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * (answers.Count + 1));
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Mapping.Json.Encoder, SkipValidation = true }))
        {
            json.WriteStartArray();
            foreach (var answer in answers)
            {
                json.WriteStartObject();
                json.WriteString(PathName, answer.P);
                json.WriteString(ValueName, answer.V);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }

    public static IReadOnlyList<KeptAnswer> Read(byte[] bytes) => JsonSerializer.Deserialize<List<KeptAnswer>>(bytes, Mapping.Json)!;

    /// <summary>The path without positions, as elements have it.</summary>
    [JsonIgnore]
    public string ElementPath { get; } = Places.WithoutPositions(P);
}
