using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.SetUp;

/// <summary>Which domains and groups of the provider outside lead to which organisation of the operation, and whether they make accounts.</summary>
[KeepsTheHouse]
[NoPersonalData]
public sealed class OutsideSignInModel(OrganisationMappingList list, OrganisationList organisationList, AddOrganisationMapping add, RemoveOrganisationMapping remove, OutsideProvider provider) : StaffPage
{
    private const string Address = "/set-up/outside-sign-in";

    [BindProperty]
    public MappingInput Input { get; set; } = new();

    public OutsideProvider Provider => provider;

    public IReadOnlyList<ListedMapping> Mappings { get; private set; } = [];

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public static IReadOnlyList<Choice> Claims { get; } = [.. Enum.GetNames<OutsideClaim>().Select(n => new Choice(n, "vocabulary.OutsideClaim." + n))];

    public Task OnGetAsync(CancellationToken cancellationToken) => Fill(cancellationToken);

    [Grave]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await add.Handle(Who, provider.Authority, Input.Claim ?? OutsideClaim.MailDomain, Input.Value ?? "", new OrganisationId(Input.Organisation ?? Guid.Empty), Input.MakesAccounts, cancellationToken), Address, "organisation-mapped");
    }

    [Grave]
    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await remove.Handle(Who, id, cancellationToken), Address, "organisation-unmapped");
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        Mappings = await list.Read(Who, cancellationToken);
        Organisations = (await organisationList.Read(Who, cancellationToken)).AsChoices();
    }
}

/// <summary>What the page asks.</summary>
public sealed class MappingInput
{
    public OutsideClaim? Claim { get; set; }
    public string? Value { get; set; }
    public Guid? Organisation { get; set; }
    public bool MakesAccounts { get; set; }
}
