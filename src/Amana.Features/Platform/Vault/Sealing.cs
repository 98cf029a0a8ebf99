using System.Security.Cryptography;
using Amana.Domain.Records;
using Amana.Domain.Shared;

namespace Amana.Features.Platform.Vault;

/// <summary>Seals what is new, without asking the store. It opens nothing.</summary>
public sealed class Sealing(Keyring keyring, ActivityKeys activityKeys)
{
    /// <summary>What new submissions of an activity are sealed with; none while its keys are not in memory.</summary>
    public ActivitySeals? Of(ActivityId activity) =>
        activityKeys.Find(activity.Value, Safe.Coded, out var coded) && activityKeys.Find(activity.Value, Safe.Quarantine, out var quarantine)
            ? new ActivitySeals(activity, coded, quarantine, keyring.Epoch) : null;

    /// <summary>Keys for a person whom the store does not know yet.</summary>
    public NewPersonKeys ForNew(PersonId person) => new(person, keyring);
}

/// <summary>Seals for one activity, under its own keys.</summary>
public sealed class ActivitySeals
{
    private readonly ActivityId _activity;
    private readonly byte[] _coded;
    private readonly byte[] _quarantine;
    private readonly int _epoch;

    internal ActivitySeals(ActivityId activity, byte[] coded, byte[] quarantine, int epoch) => (_activity, _coded, _quarantine, _epoch) = (activity, coded, quarantine, epoch);

    /// <summary>Seals the coded answers of a record.</summary>
    public byte[] Coded(RecordId record, ReadOnlySpan<byte> content) => Box.Seal(_coded, content, Safe.ActivityContext(_activity, Safe.Coded, record.Value), _epoch);

    /// <summary>Seals a whole submission for quarantine.</summary>
    public byte[] Quarantine(QuarantineId id, ReadOnlySpan<byte> content) => Box.Seal(_quarantine, content, Safe.ActivityContext(_activity, Safe.Quarantine, id.Value), _epoch);
}

/// <summary>Keys of a new person: one for each compartment that is used, made when it is first used. The rows have to be added with the boxes.</summary>
public sealed class NewPersonKeys
{
    private readonly PersonId _person;
    private readonly Keyring _keyring;
    private readonly Dictionary<Compartment, DataKey> _keys = [];

    internal NewPersonKeys(PersonId person, Keyring keyring) => (_person, _keyring) = (person, keyring);

    /// <summary>The keys that were made, wrapped.</summary>
    public IReadOnlyCollection<DataKey> Made => _keys.Values;

    /// <summary>Seals a compartment of a record of the person.</summary>
    public byte[] Seal(Compartment compartment, RecordId record, ReadOnlySpan<byte> content)
    {
        if (!_keys.TryGetValue(compartment, out var key))
        {
            var bare = RandomNumberGenerator.GetBytes(32);
            var epoch = _keyring.Epoch;
            _keys[compartment] = key = new DataKey(_person.Value, compartment.ToString(), epoch, Safe.Wrap(_keyring, bare, _person.Value, compartment.ToString(), epoch), bare);
        }

        return Box.Seal(key.Bare!, content, Safe.PersonContext(_person, compartment, record), _keyring.Epoch);
    }
}
