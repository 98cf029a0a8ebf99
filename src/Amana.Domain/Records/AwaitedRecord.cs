using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Records;

/// <summary>A record that was encrypted on a phone and of which not everything has come: what came lies sealed beside it (<see cref="Forms.AwaitedPart"/>), and nobody can open it. It says what is missing by kind,
/// never by name, since names of files may tell.</summary>
public sealed class AwaitedRecord
{
    private AwaitedRecord() { }

    public AwaitedRecordId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>Keyed hash of the record's id, as its parts carry it.</summary>
    public byte[] InstanceIndex { get; private set; } = [];

    /// <summary>The phone that began to send it; random.</summary>
    public Guid SentBy { get; private set; }

    public DateTimeOffset FirstAt { get; private set; }
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>How many files belong to it, the answers themselves included.</summary>
    public int Files { get; private set; }

    public IReadOnlyList<AwaitedKind> Missing { get; private set; } = [];
    public AwaitedState State { get; private set; }
    public StaffId? GivenUpBy { get; private set; }
    public DateTimeOffset? GivenUpAt { get; private set; }

    /// <summary>Why it was given up, sealed under the activity's key.</summary>
    public byte[] ReasonBox { get; private set; } = [];

    public static AwaitedRecord Of(AwaitedPartsCame change)
    {
        var record = new AwaitedRecord { Id = change.Id, ActivityId = change.ActivityId, InstanceIndex = change.InstanceIndex, SentBy = change.SentBy, FirstAt = change.At };
        record.Apply(change);
        return record;
    }

    /// <summary>More of it came. What was given up waits anew: the phone still has it.</summary>
    public void Apply(AwaitedPartsCame change) => (LastAt, Files, Missing, State, GivenUpBy, GivenUpAt, ReasonBox) = (change.At, change.Files, change.Missing, AwaitedState.Waiting, null, null, []);

    public void Apply(AwaitedGivenUp change) => (State, GivenUpBy, GivenUpAt, ReasonBox) = (AwaitedState.GivenUp, change.By, change.At, change.ReasonBox);
}

public enum AwaitedState { Waiting, GivenUp }

/// <summary>What a missing file is: the answers themselves, or what belongs to them.</summary>
public enum AwaitedKind { Answers, Picture, Sound, Film, Other }

public sealed record AwaitedPartsCame : Change
{
    internal AwaitedPartsCame() { }
    public AwaitedRecordId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public byte[] InstanceIndex { get; internal init; } = [];
    public Guid SentBy { get; internal init; }
    public int Files { get; internal init; }
    public IReadOnlyList<AwaitedKind> Missing { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}

public sealed record AwaitedGivenUp : Change
{
    internal AwaitedGivenUp() { }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public byte[] ReasonBox { get; internal init; } = [];
}

/// <summary>What waits for the rest of it.</summary>
public static class AwaitedRules
{
    /// <summary>Notes what came and what is still missing.</summary>
    public static AwaitedPartsCame Come(AwaitedRecordId id, ActivityId activity, byte[] instanceIndex, Guid sentBy, int files, IEnumerable<string> missing, DateTimeOffset now) => new()
    {
        Id = id, ActivityId = activity, InstanceIndex = instanceIndex, SentBy = sentBy, Files = files, Missing = [.. missing.Select(KindOf).Order()], At = now,
    };

    /// <summary>Gives up what waits, with a reason that is sealed under the activity's key; its parts are destroyed. Whoever may judge records of the activity may (<see cref="RecordRules.MayDecide"/>).</summary>
    public static Decision<AwaitedGivenUp> GiveUp(AwaitedRecord record, StaffId by, string? reason, byte[] reasonBox, DateTimeOffset now) =>
        record.State != AwaitedState.Waiting ? new Refusal("awaited.given-up-already", Principle.DataProtection)
        : string.IsNullOrWhiteSpace(reason) || reason.Length > RecordRules.MostReason
            ? new Refusal("quarantine.reason-missing", Principle.DataProtection).At("Reason").With("most", RecordRules.MostReason.ToString(System.Globalization.CultureInfo.InvariantCulture)).MendedBy(Mender.You, MendPage.Quarantine)
        : new AwaitedGivenUp { By = by, At = now, ReasonBox = reasonBox };

    /// <summary>The kind of a file by how its name ends, with or without the mark of encryption.</summary>
    public static AwaitedKind KindOf(string name)
    {
        var plain = name.EndsWith(".enc", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        return plain[(plain.LastIndexOf('.') + 1)..].ToUpperInvariant() switch
        {
            "XML" => AwaitedKind.Answers,
            "JPG" or "JPEG" or "PNG" or "WEBP" or "HEIC" or "GIF" => AwaitedKind.Picture,
            "M4A" or "MP3" or "AMR" or "WAV" or "OGG" or "AAC" or "3GA" => AwaitedKind.Sound,
            "MP4" or "3GP" or "3GPP" or "MOV" or "WEBM" or "MKV" => AwaitedKind.Film,
            _ => AwaitedKind.Other,
        };
    }
}
