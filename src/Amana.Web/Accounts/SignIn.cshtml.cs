using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Accounts;

/// <summary>Signs staff in by e-mail and password. Whatever is wrong, it says the same.</summary>
[AllowAnonymous]
[NoPersonalData]
public sealed class SignInModel(SignIn signIn, HouseReader house, Navigation navigation) : StaffPage
{
    [BindProperty]
    public SignInInput Input { get; set; } = new();

    /// <summary>Where the reader wanted to go.</summary>
    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    public bool Started { get; private set; } = true;

    /// <summary>True right after the first run.</summary>
    public bool Begun { get; private set; }

    public async Task<IActionResult> OnGetAsync(bool begun, CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated == true)
            return LocalRedirect(Onward());
        Begun = begun;
        Started = await house.IsStarted(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "local";
        var begun = await signIn.Handle(AccessContext.House, new Credentials(Input.Email ?? "", Input.Password ?? "", address), cancellationToken);
        if (!begun.IsDone)
            return Refused(begun.Refusals);
        await SessionTickets.Begin(HttpContext, begun.Result);
        return LocalRedirect(begun.Result.MustChangePassword ? "/accounts/my-account" : Onward());
    }

    private string Onward() => Url.IsLocalUrl(To) ? To : navigation.Exists("/home") ? "/home" : "/accounts/my-account";
}

/// <summary>What the page asks.</summary>
public sealed class SignInInput
{
    public string? Email { get; set; }
    public string? Password { get; set; }
}
