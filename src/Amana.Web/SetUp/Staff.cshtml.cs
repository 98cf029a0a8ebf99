using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.SetUp;

/// <summary>The staff of the operation: add one with duties. The one-time password is shown on the answer to the post and nowhere else, so that answer is no redirect.</summary>
[KeepsTheHouse]
[NoPersonalData]
public sealed class StaffModel(StaffList list, OrganisationList organisationList, AddStaffMember addStaff) : StaffPage
{
    [BindProperty]
    public StaffInput Input { get; set; } = new();

    public IReadOnlyList<ListedStaff> People { get; private set; } = [];

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public string? OneTimePassword { get; private set; }

    public string AddedName { get; private set; } = "";

    public Task OnGetAsync(CancellationToken cancellationToken) => Fill(cancellationToken);

    [Grave]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await addStaff.Handle(Who, new OrganisationId(Input.Organisation ?? Guid.Empty), Input.Name ?? "", Input.Email ?? "", Input.Duties, null, cancellationToken);
        if (outcome.IsDone)
        {
            (OneTimePassword, AddedName) = (outcome.Result.OneTimePassword, Input.Name ?? "");
            ModelState.Clear();
            Input = new StaffInput();
        }

        await Fill(cancellationToken);
        return outcome.IsDone ? Page() : Refused(outcome.Refusals);
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        People = await list.Read(Who, cancellationToken);
        Organisations = (await organisationList.Read(Who, cancellationToken)).AsChoices();
    }
}

/// <summary>What the page asks.</summary>
public sealed class StaffInput
{
    public string? Name { get; set; }
    public string? Email { get; set; }
    public Guid? Organisation { get; set; }
    public List<Duty> Duties { get; set; } = [];
}
