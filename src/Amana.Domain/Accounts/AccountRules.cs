using Amana.Domain.Activities;
using Amana.Domain.Shared;

namespace Amana.Domain.Accounts;

/// <summary>Who may join the house, and how. None of these needs personal data of the population.</summary>
public static class AccountRules
{
    public static Decision<OperationStarted> Start(StartOperation command, bool alreadyStarted, DateTimeOffset now)
    {
        if (alreadyStarted)
            return new Refusal("operation.already-started");
        var errors = new FieldErrors().Text(nameof(command.Name), command.Name, 120)
            .Must(command.Country.Length == 2, nameof(command.Country), "operation.country-not-iso");
        return errors.Any ? errors.All : new OperationStarted { Id = command.Id, Name = command.Name.Trim(), Country = command.Country.ToUpperInvariant(), At = now };
    }

    public static Decision<OrganisationAdmitted> Admit(AdmitOrganisation command, IEnumerable<string> takenShortNames, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text(nameof(command.Name), command.Name, 200).Text(nameof(command.ShortName), command.ShortName, 20)
            .Must(!takenShortNames.Contains(command.ShortName, StringComparer.OrdinalIgnoreCase), nameof(command.ShortName), "organisation.short-name-taken");
        return errors.Any ? errors.All : new OrganisationAdmitted
        {
            Id = command.Id, Name = command.Name.Trim(), ShortName = command.ShortName.Trim(), Kind = command.Kind, AcceptedPrinciples = command.AcceptsPrinciples, At = now,
        };
    }

    public static Decision<PrinciplesAccepted> AcceptPrinciples(Organisation organisation, DateTimeOffset now) =>
        organisation.AcceptedPrinciplesAt is null ? new PrinciplesAccepted { At = now } : new Refusal("organisation.principles-already-accepted");

    public static Decision<StaffJoined> Join(AddStaff command, bool emailTaken)
    {
        var email = command.Email.Trim().ToLowerInvariant();
        var errors = new FieldErrors().Text(nameof(command.Name), command.Name, 120).Text(nameof(command.Email), email, 254)
            .Must(email.Length == 0 || (email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < email.Length - 1), nameof(command.Email), "staff.email-malformed")
            .Must(!emailTaken, nameof(command.Email), "staff.email-taken");
        return errors.Any ? errors.All : new StaffJoined { Id = command.Id, OrganisationId = command.OrganisationId, Name = command.Name.Trim(), Email = email, Duties = command.Duties };
    }

    /// <summary>Somebody leaves: never by their own hand, and never the last administrator.</summary>
    public static Decision<StaffLeft> Leave(StaffMember staff, bool oneself, bool lastAdministrator)
    {
        if (!staff.Active)
            return new Refusal("staff.left-already");
        if (oneself)
            return new Refusal("staff.not-oneself");
        return lastAdministrator ? new Refusal("staff.last-administrator") : new StaffLeft();
    }

    /// <summary>Somebody who had left is back.</summary>
    public static Decision<StaffReturned> Return(StaffMember staff) => staff.Active ? new Refusal("staff.here-already") : new StaffReturned();

    public static Decision<AppUserIssued> IssueAppUser(IssueAppUser command, Activity activity, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text(nameof(command.Label), command.Label, 60);
        if (activity.Step == Principles.PimStep.Closed)
            errors.Add(new Refusal("activity.closed"));
        return errors.Any ? errors.All : new AppUserIssued
        {
            Id = command.Id, ActivityId = activity.Id, Label = command.Label.Trim(), TokenHash = command.TokenHash, HeldBy = command.HeldBy, At = now,
        };
    }

    public static Decision<AppUserRevoked> Revoke(AppUser appUser, DateTimeOffset now) =>
        appUser.RevokedAt is null ? new AppUserRevoked { At = now } : new Refusal("app-user.already-revoked");
}
