using Amana.Domain.Shared;

namespace Amana.Domain.Accounts;

/// <summary>Which of the operation's organisations stands behind what a provider outside says of somebody: the domain of their verified address, or a group they are in.</summary>
public sealed class OrganisationMapping
{
    private OrganisationMapping() { }

    public Guid Id { get; private set; }

    /// <summary>The provider, by the address it calls itself (OpenID Connect Core 1.0, <c>iss</c>).</summary>
    public string Issuer { get; private set; } = "";

    public OutsideClaim Claim { get; private set; }

    /// <summary>The domain in lower case, or the group exactly as the provider names it.</summary>
    public string Value { get; private set; } = "";

    public OrganisationId OrganisationId { get; private set; }

    /// <summary>Whether somebody without an account gets one at their first sign-in: in this organisation, without duty and without role.</summary>
    public bool MakesAccounts { get; private set; }

    public static OrganisationMapping Of(OrganisationMapped change) => new()
    {
        Id = change.Id, Issuer = change.Issuer, Claim = change.Claim, Value = change.Value, OrganisationId = change.OrganisationId, MakesAccounts = change.MakesAccounts,
    };

    /// <summary>Whether it speaks of somebody.</summary>
    public bool Fits(OutsidePerson person) => Issuer == person.Issuer && Claim switch
    {
        OutsideClaim.MailDomain => person.MailDomain == Value,
        _ => person.Groups.Contains(Value, StringComparer.Ordinal),
    };
}

/// <summary>By what a provider's people are told apart.</summary>
public enum OutsideClaim { MailDomain, Group }

/// <summary>What a provider says of somebody, as far as rules look at it: no name, and of the address the domain alone.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="MailDomain">Domain of the address, in lower case; empty where the provider does not say that the address was verified.</param>
/// <param name="Groups">Groups of theirs.</param>
public sealed record OutsidePerson(string Issuer, string MailDomain, IReadOnlyCollection<string> Groups);

/// <summary>That an account is opened by somebody's sign-in outside. Of the outside identity only a keyed hash is kept.</summary>
public sealed class OutsideIdentity
{
    private OutsideIdentity() { }

    /// <summary>Keyed hash of provider and subject, hexadecimal.</summary>
    public string Mark { get; private set; } = "";

    public StaffId StaffId { get; private set; }
    public DateTimeOffset LinkedAt { get; private set; }

    public static OutsideIdentity Of(OutsideIdentityLinked change) => new() { Mark = change.Mark, StaffId = change.StaffId, LinkedAt = change.At };
}

public sealed record OrganisationMapped : Change
{
    internal OrganisationMapped() { }
    public Guid Id { get; internal init; }
    public string Issuer { get; internal init; } = "";
    public OutsideClaim Claim { get; internal init; }
    public string Value { get; internal init; } = "";
    public OrganisationId OrganisationId { get; internal init; }
    public bool MakesAccounts { get; internal init; }
}

public sealed record OutsideIdentityLinked : Change
{
    internal OutsideIdentityLinked() { }
    public string Mark { get; internal init; } = "";
    public StaffId StaffId { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>What an administrator asks for.</summary>
public sealed record MapOrganisation(Guid Id, string Issuer, OutsideClaim Claim, string Value, OrganisationId OrganisationId, bool MakesAccounts);

/// <summary>Rules of signing in by a provider outside (OWASP ASVS 5.0, 6.8 and 10.5). An outside identity brings no duty and no role: only who somebody is.</summary>
public static class OutsideSignInRules
{
    /// <summary>Maps a domain or group of a provider to an organisation. One domain or group leads to one organisation.</summary>
    public static Decision<OrganisationMapped> Map(MapOrganisation command, IReadOnlyCollection<OrganisationMapping> present)
    {
        var value = command.Claim == OutsideClaim.MailDomain ? command.Value.Trim().TrimStart('@').ToLowerInvariant() : command.Value.Trim();
        var errors = new FieldErrors().Text(nameof(command.Value), value, 200)
            .Must(value.Length == 0 || command.Claim != OutsideClaim.MailDomain || IsDomain(value), nameof(command.Value), "outside.domain-malformed")
            .Must(!present.Any(m => m.Issuer == command.Issuer && m.Claim == command.Claim && m.Value == value), nameof(command.Value), "outside.mapped-already")
            .Must(command.Issuer.Length > 0, nameof(command.Issuer), "outside.no-provider");
        return errors.Any ? errors.All : new OrganisationMapped
        {
            Id = command.Id, Issuer = command.Issuer, Claim = command.Claim, Value = value, OrganisationId = command.OrganisationId, MakesAccounts = command.MakesAccounts,
        };
    }

    /// <summary>Where somebody belongs. Refused without a verified address, without a mapping, and where mappings lead to several organisations.</summary>
    public static Decision<OutsidePlaced> Place(OutsidePerson person, IEnumerable<OrganisationMapping> mappings)
    {
        if (person.MailDomain.Length == 0)
            return new Refusal("sign-in.outside-unverified");
        var fitting = mappings.Where(m => m.Fits(person)).ToList();
        if (fitting.Select(m => m.OrganisationId).Distinct().Count() != 1)
            return new Refusal(fitting.Count == 0 ? "sign-in.outside-unmapped" : "sign-in.outside-several");
        return new OutsidePlaced { OrganisationId = fitting[0].OrganisationId, MakesAccounts = fitting.Exists(m => m.MakesAccounts) };
    }

    /// <summary>Whether somebody who belongs to an organisation may enter by the account that is linked.</summary>
    public static IReadOnlyList<Refusal> Gaps(OutsidePlaced placed, StaffMember staff) =>
        !staff.Active ? [new Refusal("sign-in.outside-left")]
        : staff.OrganisationId != placed.OrganisationId ? [new Refusal("sign-in.outside-other-organisation")]
        : [];

    /// <summary>Links an outside identity to an account. One identity opens one account, and one account is opened by one identity.</summary>
    public static Decision<OutsideIdentityLinked> Link(string mark, StaffMember staff, OutsidePlaced placed, bool linkedAlready, DateTimeOffset now)
    {
        if (linkedAlready)
            return new Refusal("outside.linked-already");
        return Gaps(placed, staff) is { Count: > 0 } gaps ? gaps.ToList() : new OutsideIdentityLinked { Mark = mark, StaffId = staff.Id, At = now };
    }

    private static bool IsDomain(string value) => value.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(value) == UriHostNameType.Dns;
}

/// <summary>Somebody shown by a provider belongs to an organisation of the operation.</summary>
public sealed record OutsidePlaced : Change
{
    internal OutsidePlaced() { }
    public OrganisationId OrganisationId { get; internal init; }
    public bool MakesAccounts { get; internal init; }
}
