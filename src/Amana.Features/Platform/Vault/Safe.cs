using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Vault;

/// <summary>A data key, wrapped by the key of an epoch. Without the keyring it opens nothing; without this row the boxes under it open never again.</summary>
public sealed class DataKey
{
    private DataKey() { }

    internal DataKey(Guid ownerId, string use, int epoch, byte[] wrapped, byte[] bare) => (OwnerId, Use, Epoch, Wrapped, Bare) = (ownerId, use, epoch, wrapped, bare);

    /// <summary>The key itself while it is new and not yet saved; never mapped.</summary>
    internal byte[]? Bare { get; }

    /// <summary>The person or activity that the key belongs to.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>Compartment of a person, or the use of an activity's key.</summary>
    public string Use { get; private set; } = "";

    public int Epoch { get; private set; }
    public byte[] Wrapped { get; private set; } = [];

    internal void Rewrap(int epoch, byte[] wrapped) => (Epoch, Wrapped) = (epoch, wrapped);
}

/// <summary>The one module that opens boxes. Sealing needs no permission; opening needs a <see cref="DisclosurePermit"/>, which only the ledger gives after the gate's yes.</summary>
public sealed class Safe(AmanaDb db, Keyring keyring, ActivityKeys activityKeys)
{
    internal const string Coded = "coded";
    internal const string Quarantine = "quarantine";
    private const string Files = "files";
    private const string SealingKeys = "sealing-keys";

    private readonly Dictionary<(Guid, string), byte[]> _fresh = [];

    /// <summary>Seals a compartment of a person, under a key of the person's own for that compartment; makes the key when there is none.</summary>
    public async Task<byte[]> SealForPerson(PersonId person, Compartment compartment, RecordId record, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Box.Seal(await KeyFor(person.Value, compartment.ToString(), make: true, cancellationToken), content.Span, PersonContext(person, compartment, record), keyring.Epoch);

    /// <summary>Opens a person's box. Throws when the person's key is gone: erased means unreadable.</summary>
    public async Task<byte[]> OpenForPerson(DisclosurePermit disclosure, PersonBox box, CancellationToken cancellationToken)
    {
        Covers(disclosure, disclosure.Subject == box.RecordId.Value); // one record at a time
        return Box.Open(await KeyFor(box.PersonId.Value, box.Compartment.ToString(), make: false, cancellationToken), box.Box, PersonContext(box.PersonId, box.Compartment, box.RecordId));
    }

    /// <summary>Opens a person's box to be compared with others', with the permit that was given for a search in the record's whole activity; nothing of it is shown to anybody.</summary>
    internal async Task<byte[]> OpenForLinking(DisclosurePermit disclosure, RecordEntry record, PersonBox box, CancellationToken cancellationToken)
    {
        Covers(disclosure, disclosure.ActivityId == record.ActivityId && disclosure.Subject is null && box.RecordId == record.Id);
        return Box.Open(await KeyFor(box.PersonId.Value, box.Compartment.ToString(), make: false, cancellationToken), box.Box, PersonContext(box.PersonId, box.Compartment, box.RecordId));
    }

    /// <summary>Seals coded answers under the activity's key.</summary>
    public Task<byte[]> SealCoded(ActivityId activity, RecordId record, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        SealForActivity(activity, Coded, record.Value, content, cancellationToken);

    public async Task<byte[]> OpenCoded(DisclosurePermit disclosure, RecordEntry record, CancellationToken cancellationToken)
    {
        Covers(disclosure, disclosure.ActivityId == record.ActivityId);
        return await OpenForActivity(record.ActivityId, Coded, record.Id.Value, record.CodedBox, cancellationToken);
    }

    /// <summary>Opens coded answers one after the other, for an activity whose keys are in memory (<see cref="KnowsSealsOf"/>): nothing is asked of the store in between.</summary>
    internal byte[] OpenCoded(DisclosurePermit disclosure, ActivityId activity, RecordId record, byte[] box)
    {
        Covers(disclosure, disclosure.ActivityId == activity);
        return activityKeys.Find(activity.Value, Coded, out var key) ? Box.Open(key, box, ActivityContext(activity, Coded, record.Value)) : throw new ErasedException();
    }

    /// <summary>Opens the coded answers of an earlier version of a record, for whom the record may be opened.</summary>
    public async Task<byte[]> OpenCodedBefore(DisclosurePermit disclosure, ActivityId activity, RecordVersion version, CancellationToken cancellationToken)
    {
        Covers(disclosure, disclosure.ActivityId == activity && disclosure.Subject == version.RecordId.Value);
        return await OpenForActivity(activity, Coded, version.RecordId.Value, version.CodedBox, cancellationToken);
    }

    public Task<byte[]> SealQuarantine(ActivityId activity, QuarantineId id, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        SealForActivity(activity, Quarantine, id.Value, content, cancellationToken);

    public async Task<byte[]> OpenQuarantine(DisclosurePermit disclosure, QuarantinedSubmission held, CancellationToken cancellationToken)
    {
        Covers(disclosure, disclosure.Subject == held.Id.Value);
        return await OpenForActivity(held.ActivityId, Quarantine, held.Id.Value, held.Box, cancellationToken);
    }

    /// <summary>Opens a quarantine box only to seal it again with a further file of the same submission; nothing of it is shown to anybody.</summary>
    internal Task<byte[]> ReopenQuarantine(QuarantinedSubmission held, CancellationToken cancellationToken) =>
        OpenForActivity(held.ActivityId, Quarantine, held.Id.Value, held.Box, cancellationToken);

    /// <summary>Seals a file or text of the activity itself: a release's file, the words of a complaint.</summary>
    public Task<byte[]> SealFile(ActivityId activity, Guid id, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        SealForActivity(activity, Files, id, content, cancellationToken);

    public async Task<byte[]> OpenFile(DisclosurePermit disclosure, ActivityId activity, Guid id, byte[] box, CancellationToken cancellationToken)
    {
        Covers(disclosure, disclosure.ActivityId == activity && disclosure.Subject == id);
        return await OpenForActivity(activity, Files, id, box, cancellationToken);
    }

    /// <summary>Opens an entry of an entity list that the permit was given for.</summary>
    public Task<byte[]> OpenEntity(DisclosurePermit disclosure, ListedEntity entity, CancellationToken cancellationToken)
    {
        Covers(disclosure, disclosure.Subject == entity.ListId.Value);
        return OpenEntityForIntake(entity, cancellationToken);
    }

    /// <summary>Opens an entry only to seal it again with a change; nothing of it is shown to anybody.</summary>
    internal async Task<byte[]> OpenEntityForIntake(ListedEntity entity, CancellationToken cancellationToken) =>
        Box.Open(await KeyFor(entity.PersonId.Value, nameof(Compartment.Identity), make: false, cancellationToken), entity.Box, PersonContext(entity.PersonId, Compartment.Identity, entity.RecordId));

    /// <summary>Opens a person's box only to seal what it holds again elsewhere; nothing of it is shown to anybody.</summary>
    internal async Task<byte[]> OpenBoxForIntake(PersonBox box, CancellationToken cancellationToken) =>
        Box.Open(await KeyFor(box.PersonId.Value, box.Compartment.ToString(), make: false, cancellationToken), box.Box, PersonContext(box.PersonId, box.Compartment, box.RecordId));

    /// <summary>Opens what phones send encrypted, to take it in: the private half of the activity's key pair, and parts that waited for the rest. Nothing of it is shown to anybody.</summary>
    internal Task<byte[]> OpenForIntake(ActivityId activity, Guid id, byte[] box, CancellationToken cancellationToken) => OpenForActivity(activity, Files, id, box, cancellationToken);

    /// <summary>Makes the key pair to which browsers seal finished records of the activity: the public point, and the box with the private half.</summary>
    public async Task<(byte[] Public, byte[] PrivateBox)> MakeSealingPair(ActivityId activity, SealingKeyId id, CancellationToken cancellationToken)
    {
        var (point, secret) = Hpke.NewPair();
        var box = await SealForActivity(activity, SealingKeys, id.Value, secret, cancellationToken);
        CryptographicOperations.ZeroMemory(secret);
        return (point, box);
    }

    /// <summary>Opens what a browser sealed to the key, only to hand it on to be kept; nothing of it is shown to anybody. Throws <see cref="CryptographicException"/> for what was not
    /// sealed to it, <see cref="ErasedException"/> when the activity's keys are gone.</summary>
    internal async Task<byte[]> OpenSealedRecord(Domain.Capture.SealingKey key, ReadOnlyMemory<byte> encapsulated, byte[] use, byte[] bound, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var secret = await OpenForActivity(key.ActivityId, SealingKeys, key.Id.Value, key.PrivateBox, cancellationToken);
        var opened = Hpke.Open(secret, encapsulated.Span, use, bound, content.Span);
        CryptographicOperations.ZeroMemory(secret);
        return opened;
    }

    /// <summary>A keyed hash (HMAC-SHA-256) of a value for one use, by which equal values are found again and nothing is told.</summary>
    public byte[] Index(string use, string value) => HMACSHA256.HashData(keyring.Derive("index/" + use), Encoding.UTF8.GetBytes(value));

    /// <summary>By which an erased person or activity is known again in an older copy, to be erased from it too.</summary>
    internal byte[] TombstoneOf(Guid owner) => Index("tombstone", owner.ToString("N"));

    /// <summary>What new submissions of an activity are sealed with; its keys are made where there are none yet.</summary>
    public async Task<ActivitySeals> SealsOf(ActivityId activity, CancellationToken cancellationToken) =>
        new(activity, await KeyFor(activity.Value, Coded, make: true, cancellationToken), await KeyFor(activity.Value, Quarantine, make: true, cancellationToken), keyring.Epoch);

    /// <summary>Brings the keys that new submissions are sealed with into memory; false when some are not made yet.</summary>
    public async Task<bool> KnowsSealsOf(ActivityId activity, CancellationToken cancellationToken)
    {
        foreach (var row in await db.Set<DataKey>().AsNoTracking().Where(k => k.OwnerId == activity.Value && (k.Use == Coded || k.Use == Quarantine)).ToListAsync(cancellationToken))
            activityKeys.Keep(row.OwnerId, row.Use, Unwrap(row));
        return activityKeys.Find(activity.Value, Coded, out _) && activityKeys.Find(activity.Value, Quarantine, out _);
    }

    /// <summary>A permit opens what it was given for and nothing else; another box is a mistake of the caller.</summary>
    private static void Covers(DisclosurePermit disclosure, bool covers)
    {
        ArgumentNullException.ThrowIfNull(disclosure);
        if (!covers)
            throw new InvalidOperationException("The permit was given for something else.");
    }

    private async Task<byte[]> SealForActivity(ActivityId activity, string use, Guid id, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Box.Seal(await KeyFor(activity.Value, use, make: true, cancellationToken), content.Span, ActivityContext(activity, use, id), keyring.Epoch);

    private async Task<byte[]> OpenForActivity(ActivityId activity, string use, Guid id, byte[] box, CancellationToken cancellationToken) =>
        Box.Open(await KeyFor(activity.Value, use, make: false, cancellationToken), box, ActivityContext(activity, use, id));

    private async Task<byte[]> KeyFor(Guid owner, string use, bool make, CancellationToken cancellationToken)
    {
        if (_fresh.TryGetValue((owner, use), out var key) || activityKeys.Find(owner, use, out key))
            return key;
        var row = db.Set<DataKey>().Local.FirstOrDefault(k => k.OwnerId == owner && k.Use == use)
            ?? await db.Set<DataKey>().FirstOrDefaultAsync(k => k.OwnerId == owner && k.Use == use, cancellationToken);
        if (row is not null)
            key = Unwrap(row);
        else if (make)
            db.Add(new DataKey(owner, use, keyring.Epoch, Wrap(keyring, key = RandomNumberGenerator.GetBytes(32), owner, use, keyring.Epoch), key));
        else
            throw new ErasedException();
        _fresh[(owner, use)] = key;
        if (row is not null && use is Coded or Quarantine or Files or SealingKeys)
            activityKeys.Keep(owner, use, key);
        return key;
    }

    internal byte[] Unwrap(DataKey row) => Unwrap(keyring, row.OwnerId, row.Use, row.Epoch, row.Wrapped);

    internal static byte[] Unwrap(Keyring keyring, Guid owner, string use, int epoch, byte[] wrapped) =>
        Box.Open(keyring.EpochKey(epoch) ?? throw new ErasedException(), wrapped, KeyContext(owner, use));

    internal static byte[] Wrap(Keyring keyring, byte[] key, Guid owner, string use, int epoch) =>
        Box.Seal(keyring.EpochKey(epoch) ?? throw new KeyringLockedException(Words.OtherEpoch(epoch, keyring.Epoch)), key, KeyContext(owner, use), epoch);

    internal static string KeyContext(Guid owner, string use) => $"data-key/{owner:N}/{use}/1";

    internal static string PersonContext(PersonId person, Compartment compartment, RecordId record) => $"person/{person.Value:N}/{compartment}/{record.Value:N}/1";

    internal static string ActivityContext(ActivityId activity, string use, Guid id) => $"activity/{activity.Value:N}/{use}/{id:N}/1";
}

/// <summary>New keys are wrapped at the moment they are saved, under the epoch that the store is under then.</summary>
internal static class FreshKeys
{
    public static IReadOnlyList<DataKey> In(AmanaDb db)
    {
        var detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false; // what was added is known without looking for changes
        List<DataKey> added = [.. db.ChangeTracker.Entries<DataKey>().Where(e => e.State == EntityState.Added).Select(e => e.Entity)];
        db.ChangeTracker.AutoDetectChangesEnabled = detects;
        return added;
    }

    public static void WrapUnder(int epoch, IEnumerable<DataKey> keys, Keyring keyring)
    {
        foreach (var key in keys)
            if (key.Epoch != epoch)
                key.Rewrap(epoch, Safe.Wrap(keyring, key.Bare!, key.OwnerId, key.Use, epoch));
    }
}

/// <summary>Keys of activities, kept unwrapped in memory while the house runs; those of people never are.</summary>
public sealed class ActivityKeys
{
    private readonly ConcurrentDictionary<(Guid, string), byte[]> _keys = new();

    public bool Find(Guid owner, string use, out byte[] key) => _keys.TryGetValue((owner, use), out key!);

    public void Keep(Guid owner, string use, byte[] key) => _keys[(owner, use)] = key;

    /// <summary>Forgets an activity's keys, when its data was disposed of.</summary>
    public void Forget(Guid owner)
    {
        foreach (var key in _keys.Keys.Where(k => k.Item1 == owner))
            _keys.TryRemove(key, out _);
    }
}

/// <summary>The key of what was asked for is gone: erased.</summary>
public sealed class ErasedException() : Exception("The data was erased; its key is gone.");
