using System.Collections.Concurrent;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Texts;

namespace Amana.Features.Accounts;

/// <summary>A phone that was found at the door: who acts through it, for which activity, and the language that the activity speaks.</summary>
public sealed record KnownPhone(Guid Phone, AccessContext Who, ActivityId Activity, Language Language);

/// <summary>Phones that were let in before, by the hash of their token and the activity's number. Only for taking in submissions, which looks once more, in the moment of
/// deciding, whether the phone was revoked; everything else asks the store each time.</summary>
public sealed class KnownPhones
{
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<(string TokenHash, int Number), KnownPhone> _phones = new();

    internal KnownPhone? Find(string token, int number) => _phones.GetValueOrDefault((AddressTokens.HashOf(token), number));

    internal void Keep(string token, int number, KnownPhone phone)
    {
        if (_phones.Count >= Most)
            _phones.Clear();
        _phones[(AddressTokens.HashOf(token), number)] = phone;
    }

    /// <summary>Forgets them all: something changed, and each is read again when it comes.</summary>
    public void Forget() => _phones.Clear();
}
