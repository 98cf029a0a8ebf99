using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Accounts;

/// <summary>How sign-ins stand in the ledger and in one's own history: addresses and names as keyed hashes only.</summary>
public sealed class SignInEntries(AmanaDb db, LedgerBook ledger, Safe safe, TimeProvider clock)
{
    public string HashOfAddress(string address) => Convert.ToHexStringLower(safe.Index("network-address", address)[..8]);

    /// <summary>A session has begun.</summary>
    public Task SignedIn(AccessContext who, StaffSession session, CancellationToken cancellationToken)
    {
        db.Add(new SignInRecord(Ids.NewGuid(clock), session.StaffId, SignInResult.Succeeded, session.Means, new SignInFrom(session.Device, session.AddressHash[..4]), clock.Now()));
        return ledger.Commit(who, cancellationToken, new Happening("SignedIn", null, session.Id).With("address", session.AddressHash).With("means", session.Means.ToString()));
    }

    /// <summary>The password was right, and the second factor is waited for.</summary>
    public Task PasswordRight(AccessContext who, StaffSession session, CancellationToken cancellationToken) =>
        ledger.Commit(who, cancellationToken, new Happening("SecondFactorAsked", null, session.Id).With("address", session.AddressHash));

    /// <summary>A try failed for an account that is there.</summary>
    public Task Refused(AccessContext who, Credentials from, StaffId staff, SignInResult result, CancellationToken cancellationToken)
    {
        var means = result == SignInResult.WrongCode ? SignInMeans.PasswordAndCode : SignInMeans.Password;
        db.Add(new SignInRecord(Ids.NewGuid(clock), staff, result, means, new SignInFrom(from.Device, HashOfAddress(from.Address)[..4]), clock.Now()));
        return Refused(who, from, staff, result.ToString(), cancellationToken);
    }

    /// <summary>A try failed for an address that nobody has.</summary>
    public Task Unknown(AccessContext who, Credentials from, CancellationToken cancellationToken) => Refused(who, from, null, "Unknown", cancellationToken);

    /// <summary>Somebody whom a provider outside showed was not let in, or its answer was not right.</summary>
    /// <param name="who">The house.</param>
    /// <param name="from">From where.</param>
    /// <param name="staff">Whose account is linked, where one is.</param>
    /// <param name="reason">The slug of the refusal.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task OutsideRefused(AccessContext who, Credentials from, StaffId? staff, string reason, CancellationToken cancellationToken)
    {
        if (staff is { } known)
            db.Add(new SignInRecord(Ids.NewGuid(clock), known, SignInResult.OutsideRefused, SignInMeans.OpenId, new SignInFrom(from.Device, HashOfAddress(from.Address)[..4]), clock.Now()));
        return ledger.Commit(who, cancellationToken, new Happening("SignInRefused", null, staff?.Value).With("reason", reason).With("means", nameof(SignInMeans.OpenId)).With("address", HashOfAddress(from.Address)));
    }

    private Task Refused(AccessContext who, Credentials from, StaffId? staff, string reason, CancellationToken cancellationToken) =>
        ledger.Commit(who, cancellationToken, new Happening("SignInRefused", null, staff?.Value).With("reason", reason)
            .With("address", HashOfAddress(from.Address)).With("name", Convert.ToHexStringLower(safe.Index("sign-in-name", from.Email.Trim().ToLowerInvariant())[..8])));
}
