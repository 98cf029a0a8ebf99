using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>What the first run asks.</summary>
public sealed record FirstRun(string Operation, string Country, string Organisation, string ShortName, OrganisationKind Kind, bool AcceptsPrinciples, string Name, string Email, string Password);

/// <summary>Starts the house: the operation, its first organisation and its first administrator, in one commit. Refused once an operation exists.</summary>
public sealed class StartHouse(AmanaDb db, StaffAccounts accounts, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<StaffId>> Handle(AccessContext who, FirstRun wanted, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var started = AccountRules.Start(new StartOperation(Ids.New<OperationId>(clock), wanted.Operation, wanted.Country), await db.Set<HumanitarianOperation>().AnyAsync(cancellationToken), now);
        var admitted = AccountRules.Admit(new AdmitOrganisation(Ids.New<OrganisationId>(clock), wanted.Organisation, wanted.ShortName, wanted.Kind, wanted.AcceptsPrinciples), [], now);
        var organisation = admitted is Decision<OrganisationAdmitted>.Allowed(var a) ? a.Id : default;
        var joined = AccountRules.Join(new AddStaff(Ids.New<StaffId>(clock), organisation, wanted.Name, wanted.Email, [Duty.Administrator]), emailTaken: false);
        List<Refusal> refusals =
        [
            .. Under("Operation", started.Refusals), .. Under("Organisation", admitted.Refusals), .. joined.Refusals, .. PasswordRules.Gaps(wanted.Password, wanted.Email),
        ];
        if (started is not Decision<OperationStarted>.Allowed(var operation) || admitted is not Decision<OrganisationAdmitted>.Allowed(var first)
            || joined is not Decision<StaffJoined>.Allowed(var administrator) || refusals.Count > 0)
            return refusals;
        db.Add(HumanitarianOperation.Start(operation));
        db.Add(Organisation.Admit(first));
        db.Add(StaffMember.Join(administrator));
        await accounts.Add(administrator, wanted.Password, oneTime: false);
        await ledger.Commit(who, cancellationToken, Happening.Of(operation, subject: operation.Id.Value), Happening.Of(first, subject: first.Id.Value),
            Happening.Of(administrator, subject: administrator.Id.Value).With("duties", nameof(Duty.Administrator)));
        return administrator.Id;
    }

    /// <summary>Both have a field called Name; the page asks them apart.</summary>
    private static IEnumerable<Refusal> Under(string field, IReadOnlyList<Refusal> refusals) => refusals.Select(r => r.Field == "Name" ? r.At(field) : r);
}
