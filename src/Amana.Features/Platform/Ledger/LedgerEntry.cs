using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Domain.Shared;
using Amana.TransparencyLog;

namespace Amana.Features.Platform.Ledger;

/// <summary>One entry of the ledger: who did what to which random id for what purpose. No names, no words of anybody.</summary>
public sealed class LedgerEntry
{
    private LedgerEntry() { }

    public Guid Id { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>What happened, in the past tense: <c>RecordAccepted</c>, <c>RecordOpened</c>, <c>OpenRefused</c>.</summary>
    public string Kind { get; private set; } = "";

    public string Actor { get; private set; } = "";
    public ActivityId? ActivityId { get; private set; }

    /// <summary>The entry as it is hashed: UTF-8 JSON with a fixed order of names. The columns beside it are copies for searching; the verifier compares them.</summary>
    public string Canonical { get; private set; } = "";

    /// <summary>RFC 6962 leaf hash of <see cref="Canonical"/>.</summary>
    public byte[] LeafHash { get; private set; } = [];

    /// <summary>Place in the tree, from 0; none until the sequencer has integrated it.</summary>
    public long? Position { get; private set; }

    public static LedgerEntry Of(Happening happening, AccessContext who, Guid id, DateTimeOffset at)
    {
        var written = Write(happening, who, id, at);
        return new LedgerEntry
        {
            Id = id, At = at, Kind = happening.Kind, Actor = who.LedgerName, ActivityId = happening.ActivityId, Canonical = Encoding.UTF8.GetString(written),
            LeafHash = TreeHash.OfLeaf(written).ToArray(),
        };
    }

    /// <summary>Time as entries write it: UTC with milliseconds.</summary>
    public static string WriteTime(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> Write(Happening happening, AccessContext who, Guid id, DateTimeOffset at)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("id", id);
            json.WriteString("at", WriteTime(at));
            json.WriteString("kind", happening.Kind);
            json.WriteString("actor", who.LedgerName);
            if (happening.ActivityId is { } activity)
                json.WriteString("activity", activity.Value);
            if (happening.Subject is { } subject)
                json.WriteString("subject", subject);
            if (who.NeedCode is { } need)
                json.WriteString("need", need);
            json.WriteString("rules", Domain.Principles.Rule.CatalogueVersion);
            foreach (var (name, value) in happening.Details.OrderBy(d => d.Key, StringComparer.Ordinal))
                json.WriteString("x-" + name, value);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}

/// <summary>What is to be entered: a change or a disclosure, in which activity, about which random id, with codes and counts as details.</summary>
/// <param name="Kind">In the past tense; a change's own name where there is one.</param>
/// <param name="ActivityId">The activity concerned, if one is.</param>
/// <param name="Subject">The random id of the thing concerned, if one is.</param>
public sealed record Happening(string Kind, ActivityId? ActivityId = null, Guid? Subject = null)
{
    /// <summary>Codes, counts, hashes and rule ids; never a name, never free text.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static Happening Of(Change change, ActivityId? activity = null, Guid? subject = null) => new(change.GetType().Name, activity, subject);

    public Happening With(string name, string value) => this with { Details = new Dictionary<string, string>(Details, StringComparer.Ordinal) { [name] = value } };

    public Happening With(string name, int value) => With(name, value.ToString(CultureInfo.InvariantCulture));
}
