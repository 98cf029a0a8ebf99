using Amana.Domain.Accounts;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Web.Security;
using Amana.Web.SetUp;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Accounts;

/// <summary>Makes the operation, its first organisation and its first administrator. It exists only while there is no operation.</summary>
[AllowAnonymous]
[NoPersonalData]
public sealed class FirstRunModel(StartHouse startHouse, HouseReader house) : StaffPage
{
    [BindProperty]
    public FirstRunInput Input { get; set; } = new();

    public IReadOnlyList<Choice> Kinds => SetUpChoices.Kinds;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await house.IsStarted(cancellationToken) ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await house.IsStarted(cancellationToken))
            return NotFound();
        if (Input.Kind is not { } kind)
        {
            ModelState.AddModelError("Input.Kind", "organisations.kind.missing");
            return Page();
        }

        var outcome = await startHouse.Handle(AccessContext.House, new FirstRun(Input.Operation ?? "", (Input.Country ?? "").Trim(), Input.Organisation ?? "", Input.ShortName ?? "", kind,
            Input.Accepts, Input.Name ?? "", Input.Email ?? "", Input.Password ?? ""), cancellationToken);
        return outcome.IsDone ? LocalRedirect("/accounts/sign-in?begun=true") : Refused(outcome.Refusals);
    }
}

/// <summary>What the page asks.</summary>
public sealed class FirstRunInput
{
    public string? Operation { get; set; }
    public string? Country { get; set; }
    public string? Organisation { get; set; }
    public string? ShortName { get; set; }
    public OrganisationKind? Kind { get; set; }
    public bool Accepts { get; set; }
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string? Password { get; set; }
}
