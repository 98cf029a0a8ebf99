using Amana.Domain.Shared;

namespace Amana.Domain.Consent;

/// <summary>What people are told before the first question, versioned and bound by its hash (IC-1).</summary>
public sealed class Notice
{
    private Notice() { }

    public NoticeId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public int Version { get; private set; }
    public NoticeContent Content { get; private set; } = NoticeContent.Empty;

    /// <summary>SHA-256 over the canonical content, lower-case hexadecimal; consents name it.</summary>
    public string Hash { get; private set; } = "";

    public StaffId AuthorId { get; private set; }
    public DateTimeOffset WrittenAt { get; private set; }

    public static Notice Of(NoticeWritten change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, Version = change.Version, Content = change.Content, Hash = change.Hash, AuthorId = change.By, WrittenAt = change.At,
    };
}

/// <summary>The notice's parts per language, the legal basis, and the reason for a basis other than consent (IC-2).</summary>
public sealed record NoticeContent
{
    public static NoticeContent Empty { get; } = new();

    public IReadOnlyDictionary<string, NoticeText> Texts { get; init; } = new SortedDictionary<string, NoticeText>(StringComparer.Ordinal);
    public LegalBasis Basis { get; init; } = LegalBasis.Consent;
    public string BasisReason { get; init; } = "";

    /// <summary>After how many months a consent under this notice lapses; none when it holds as long as the data is kept.</summary>
    public int? ValidMonths { get; init; }

    /// <summary>The notice read aloud, by language: each says the words of this version, so a change of the words takes it off.</summary>
    public IReadOnlyDictionary<string, NoticeRecording> Recordings { get; init; } = new SortedDictionary<string, NoticeRecording>(StringComparer.Ordinal);
}

/// <summary>The notice read aloud in one language, for those who do not read: what its bytes are, how many, and how long it plays.</summary>
public sealed record NoticeRecording(string Sha256, string ContentType, int Bytes, int Seconds);

/// <summary>The bytes of a recording. The voice is that of somebody who reads for the activity; nothing in it is about a person whom data is about.</summary>
public sealed class NoticeSound
{
    private NoticeSound() { }

    public ActivityId ActivityId { get; private set; }

    /// <summary>SHA-256 of the bytes, lower-case hexadecimal; versions of the notice name it.</summary>
    public string Sha256 { get; private set; } = "";

    public string ContentType { get; private set; } = "";
    public DateTimeOffset AddedAt { get; private set; }
    public byte[] Content { get; private set; } = [];

    public static NoticeSound Of(NoticeWritten change, NoticeRecording recording, byte[] content) =>
        new() { ActivityId = change.ActivityId, Sha256 = recording.Sha256, ContentType = recording.ContentType, AddedAt = change.At, Content = content };
}

/// <summary>The parts that every notice must have (IC-1), in one language.</summary>
public sealed record NoticeText
{
    public string WhoAsks { get; init; } = "";
    public string Purpose { get; init; } = "";
    public string WhatIsCollected { get; init; } = "";
    public string WhoWillSee { get; init; } = "";
    public string LimitsOfConfidentiality { get; init; } = "";
    public string Voluntary { get; init; } = "";
    public string NoLossOfAid { get; init; } = "";
    public string HowLongKept { get; init; } = "";
    public string Rights { get; init; } = "";
    public string HowToWithdrawOrComplain { get; init; } = "";

    /// <summary>The question read aloud to ask for consent.</summary>
    public string ConsentScript { get; init; } = "";

    /// <summary>Every part by its name, in reading order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parts =>
    [
        new(nameof(WhoAsks), WhoAsks), new(nameof(Purpose), Purpose), new(nameof(WhatIsCollected), WhatIsCollected), new(nameof(WhoWillSee), WhoWillSee),
        new(nameof(LimitsOfConfidentiality), LimitsOfConfidentiality), new(nameof(Voluntary), Voluntary), new(nameof(NoLossOfAid), NoLossOfAid),
        new(nameof(HowLongKept), HowLongKept), new(nameof(Rights), Rights), new(nameof(HowToWithdrawOrComplain), HowToWithdrawOrComplain), new(nameof(ConsentScript), ConsentScript),
    ];

    public IReadOnlyList<string> MissingParts => [.. Parts.Where(p => string.IsNullOrWhiteSpace(p.Value)).Select(p => p.Key)];
}

/// <summary>Legal bases as humanitarian data protection names them (ICRC Handbook on Data Protection in Humanitarian Action).</summary>
public enum LegalBasis { Consent, VitalInterest, PublicInterest, LegalObligation, LegitimateInterest }

public sealed record NoticeWritten : Change
{
    internal NoticeWritten() { }
    public NoticeId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public int Version { get; internal init; }
    public NoticeContent Content { get; internal init; } = NoticeContent.Empty;
    public string Hash { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}
