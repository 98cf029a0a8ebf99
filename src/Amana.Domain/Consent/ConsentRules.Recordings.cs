using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Consent;

/// <summary>The notice read aloud (IC-1): for people who do not read, and for whoever wants to hear it again without an interviewer.</summary>
public static partial class ConsentRules
{
    /// <summary>Largest recording, in bytes: it is fetched over poor lines. Three megabytes are six minutes of good speech.</summary>
    public const int MaxRecordingBytes = 3 * 1024 * 1024;

    /// <summary>Longest recording, in seconds.</summary>
    public const int MaxRecordingSeconds = 600;

    /// <summary>A new version of the notice that carries a recording in one language, in place of the one before. The words must be there first: the recording says them.</summary>
    public static Decision<NoticeWritten> Record(Activity activity, Notice? before, NoticeId id, string language, NoticeRecording recording, StaffId by, DateTimeOffset now)
    {
        if (before?.Content.Texts.GetValueOrDefault(language) is not { MissingParts.Count: 0 })
            return new Refusal("notice.words-before-recording", Principle.InformedConsent).At("Sound").With("language", language).MendedBy(Mender.You, MendPage.Notice);
        if (recording.Bytes is < 1 or > MaxRecordingBytes || recording.Seconds is < 1 or > MaxRecordingSeconds)
            return TooLarge;
        return Write(activity, id, before.Version + 1, before.Content with { Recordings = With(before.Content, language, recording) }, by, now);
    }

    /// <summary>A new version without the recording in one language.</summary>
    public static Decision<NoticeWritten> TakeOffRecording(Activity activity, Notice before, NoticeId id, string language, StaffId by, DateTimeOffset now) =>
        Write(activity, id, before.Version + 1, before.Content with { Recordings = With(before.Content, language, null) }, by, now);

    /// <summary>The recordings of a notice whose words in one language were written anew: a recording of other words is none.</summary>
    public static IReadOnlyDictionary<string, NoticeRecording> StillSaid(NoticeContent? before, string language, NoticeText text) =>
        before is null ? NoticeContent.Empty.Recordings : before.Texts.GetValueOrDefault(language) == text ? before.Recordings : With(before, language, null);

    public static Refusal TooLarge { get; } = new Refusal("notice.recording-too-large", Principle.InformedConsent).At("Sound").With("megabytes", "3").With("minutes", "10");

    private static SortedDictionary<string, NoticeRecording> With(NoticeContent content, string language, NoticeRecording? recording)
    {
        var recordings = new SortedDictionary<string, NoticeRecording>(content.Recordings.ToDictionary(r => r.Key, r => r.Value), StringComparer.Ordinal);
        recordings.Remove(language);
        if (recording is not null)
            recordings[language] = recording;
        return recordings;
    }
}
