using Amana.Domain.Shared;

namespace Amana.Features.Accounts;

/// <summary>A signed-in browser, kept on the server: ending the row ends the session at once. The cookie holds a random token, of which only the hash is here.</summary>
public sealed class StaffSession
{
    /// <summary>Ends after so long without a request.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);

    /// <summary>Ends after so long in any case.</summary>
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(8);

    private StaffSession() { }

    internal StaffSession(Guid id, StaffId staffId, string tokenHash, string addressHash, DateTimeOffset at) =>
        (Id, StaffId, TokenHash, AddressHash, StartedAt, LastSeenAt) = (id, staffId, tokenHash, addressHash, at, at);

    /// <summary>Names the session in lists; opens nothing.</summary>
    public Guid Id { get; private set; }

    public StaffId StaffId { get; private set; }

    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>Keyed hash of the network address, so that two sessions can be told apart by it and nobody is located.</summary>
    public string AddressHash { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset LastSeenAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public bool LivesAt(DateTimeOffset now) => EndedAt is null && now - LastSeenAt < Idle && now - StartedAt < Absolute;

    internal void End(DateTimeOffset at) => EndedAt ??= at;
}
