using Amana.Domain.Shared;

namespace Amana.Features.Accounts;

/// <summary>A signed-in browser, kept on the server: ending the row ends the session at once. The cookie holds a random token, of which only the hash is here.</summary>
public sealed class StaffSession
{
    /// <summary>Ends after so long without a request.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);

    /// <summary>Ends after so long in any case.</summary>
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(8);

    /// <summary>How long the second factor is waited for.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromMinutes(5);

    /// <summary>How long a proof of who one is counts for grave acts (OWASP ASVS 5.0, 7.5).</summary>
    public static readonly TimeSpan ProofCounts = TimeSpan.FromMinutes(5);

    /// <summary>Wrong codes before a sign-in that waits for one is ended.</summary>
    public const int MostTries = 5;

    private StaffSession() { }

    internal StaffSession(Guid id, StaffId staffId, string tokenHash, string addressHash, DateTimeOffset at) =>
        (Id, StaffId, TokenHash, AddressHash, StartedAt, LastSeenAt, ProvedAt) = (id, staffId, tokenHash, addressHash, at, at, at);

    /// <summary>Names the session in lists; opens nothing.</summary>
    public Guid Id { get; private set; }

    public StaffId StaffId { get; private set; }

    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>Keyed hash of the network address, so that two sessions can be told apart by it and nobody is located.</summary>
    public string AddressHash { get; private set; } = "";

    /// <summary>Family of browser and system.</summary>
    public string Device { get; internal set; } = "";

    public SignInMeans Means { get; internal set; }

    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset LastSeenAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When the person last showed who they are.</summary>
    public DateTimeOffset ProvedAt { get; private set; }

    /// <summary>When it was locked; it opens nothing until the person shows again who they are.</summary>
    public DateTimeOffset? LockedAt { get; private set; }

    /// <summary>The password was right and the second factor is waited for: it opens nothing yet.</summary>
    public bool Awaits { get; private set; }

    /// <summary>Wrong answers since the last right one.</summary>
    public int Tries { get; private set; }

    public bool LivesAt(DateTimeOffset now) => !Awaits && EndedAt is null && now - LastSeenAt < Idle && now - StartedAt < Absolute;

    public bool WaitsAt(DateTimeOffset now) => Awaits && EndedAt is null && now - StartedAt < Waits;

    internal void End(DateTimeOffset at) => EndedAt ??= at;

    internal void AwaitSecondFactor() => Awaits = true;

    /// <summary>The second factor came: the session begins now, under a new token.</summary>
    internal void Complete(string tokenHash, SignInMeans means, DateTimeOffset at) =>
        (TokenHash, Means, Awaits, Tries, StartedAt, LastSeenAt, ProvedAt) = (tokenHash, means, false, 0, at, at, at);

    internal void Lock(DateTimeOffset at) => LockedAt ??= at;

    /// <summary>The person showed again who they are: what was locked is open, and grave acts are for a while.</summary>
    internal void Prove(DateTimeOffset at) => (ProvedAt, LockedAt, Tries, LastSeenAt) = (at, null, 0, at);

    /// <summary>A wrong answer. After several the session ends.</summary>
    internal void Fail(DateTimeOffset at)
    {
        if (++Tries >= MostTries)
            End(at);
    }
}
