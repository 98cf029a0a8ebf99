using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.SetUp;

/// <summary>The operation's organisations: admit one, record that one accepted the principles (CO-5).</summary>
[KeepsTheHouse]
[NoPersonalData]
public sealed class OrganisationsModel(OrganisationList list, AdmitToOperation admit, RecordAcceptance recordAcceptance) : StaffPage
{
    private const string Address = "/set-up/organisations";

    [BindProperty]
    public OrganisationInput Input { get; set; } = new();

    public IReadOnlyList<Organisation> Organisations { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Organisations = await list.Read(Who, cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Organisations = await list.Read(Who, cancellationToken);
        if (Input.Kind is not { } kind)
        {
            ModelState.AddModelError("Input.Kind", "organisations.kind.missing");
            return Page();
        }

        return Answer(await admit.Handle(Who, Input.Name ?? "", Input.ShortName ?? "", kind, Input.Accepts, cancellationToken), Address, "organisation-admitted");
    }

    public async Task<IActionResult> OnPostAcceptedAsync(Guid id, CancellationToken cancellationToken)
    {
        Organisations = await list.Read(Who, cancellationToken);
        return Answer(await recordAcceptance.Handle(Who, new OrganisationId(id), cancellationToken), Address, "acceptance-recorded");
    }
}

/// <summary>What the page asks.</summary>
public sealed class OrganisationInput
{
    public string? Name { get; set; }
    public string? ShortName { get; set; }
    public OrganisationKind? Kind { get; set; }
    public bool Accepts { get; set; }
}
