using System.Security.Cryptography;
using Amana.Domain.Activities;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Records.Sounds;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Consent;

/// <summary>Adds the notice read aloud in one language, as a new version of the notice (IC-1). The file is judged by its bytes, and what it tells besides the voice is left out.</summary>
public sealed class RecordNotice(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string language, byte[] file, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (file.Length > ConsentRules.MaxRecordingBytes)
            return ConsentRules.TooLarge;
        if (SoundFile.Read(file) is not { } sound)
            return new Refusal("notice.not-a-recording", Principle.InformedConsent).At("Sound");
        var s = loaded.Result;
        var recording = new NoticeRecording(Convert.ToHexStringLower(SHA256.HashData(sound.Content)), sound.ContentType, sound.Content.Length, sound.Seconds);
        if (s.Notice?.Content.Recordings.GetValueOrDefault(language) == recording)
            return Nothing.Here; // sent twice
        var decision = ConsentRules.Record(s.Activity, s.Notice, Ids.New<NoticeId>(clock), language, recording, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<NoticeWritten>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(Notice.Of(change));
        if (!await db.Set<NoticeSound>().AnyAsync(n => n.ActivityId == activity && n.Sha256 == recording.Sha256, cancellationToken))
            db.Add(NoticeSound.Of(change, recording, sound.Content));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value).With("version", change.Version).With("hash", change.Hash).With("language", language)
            .With("recording", recording.Sha256).With("seconds", recording.Seconds));
        return Nothing.Here;
    }
}

/// <summary>Takes the recording of one language off, as a new version of the notice. Versions before keep theirs: consents name them.</summary>
public sealed class TakeOffNoticeRecording(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string language, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Notice is not { } before || !before.Content.Recordings.ContainsKey(language))
            return Nothing.Here; // taken off already
        var decision = ConsentRules.TakeOffRecording(loaded.Result.Activity, before, Ids.New<NoticeId>(clock), language, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<NoticeWritten>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(Notice.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value).With("version", change.Version).With("hash", change.Hash).With("language", language));
        return Nothing.Here;
    }
}

/// <summary>The recording that the newest notice carries in one language, with its bytes. It holds nothing about people.</summary>
public sealed class NoticeSounds(AmanaDb db)
{
    public async Task<NoticeSound?> Read(ActivityId activity, string language, CancellationToken cancellationToken)
    {
        var newest = await db.Set<Notice>().AsNoTracking().Where(n => n.ActivityId == activity).OrderByDescending(n => n.Version).FirstOrDefaultAsync(cancellationToken);
        return newest?.Content.Recordings.GetValueOrDefault(language) is { } recording
            ? await db.Set<NoticeSound>().AsNoTracking().FirstOrDefaultAsync(s => s.ActivityId == activity && s.Sha256 == recording.Sha256, cancellationToken)
            : null;
    }

    /// <summary>The same for anybody: only of an activity that the public page shows.</summary>
    public async Task<NoticeSound?> ReadPublic(int number, string language, CancellationToken cancellationToken)
    {
        var shown = await db.Set<Activity>().AsNoTracking().Where(a => a.Number == number && (a.Step == PimStep.Implement || a.Step == PimStep.Evaluate)
            && db.Set<Domain.Purpose.PurposeStatement>().Any(p => p.ActivityId == a.Id && p.PublishedAt != null)).Select(a => (ActivityId?)a.Id).FirstOrDefaultAsync(cancellationToken);
        return shown is { } activity ? await Read(activity, language, cancellationToken) : null;
    }
}
