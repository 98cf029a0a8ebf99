using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Accounts;

/// <summary>Asks for the second factor of a sign-in whose password was right: a one-time code, or a recovery code. A passkey does as well, where there is script.</summary>
[AllowAnonymous]
[NoPersonalData]
public sealed class SecondStepModel(FinishSignIn finish) : StaffPage
{
    [BindProperty]
    public SecondStepInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    public IActionResult OnGet() => SecondStepCookie.Read(HttpContext) is null ? LocalRedirect("/accounts/sign-in") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (SecondStepCookie.Read(HttpContext) is not { Length: < 200 } token)
            return LocalRedirect("/accounts/sign-in");
        var begun = await finish.Handle(AccessContext.House, token, Input.Code ?? "", new Credentials("", "", SignInModel.AddressOf(HttpContext), DeviceFamily.Of(Request), KnownBrowserCookie.Read(HttpContext)), cancellationToken);
        if (!begun.IsDone)
            return Refused(begun.Refusals);
        SecondStepCookie.Remove(HttpContext);
        await SessionTickets.Begin(HttpContext, begun.Result);
        return LocalRedirect(begun.Result.MustChangePassword ? "/accounts/my-account" : Onward.Of(HttpContext, To));
    }
}

/// <summary>What the page asks.</summary>
public sealed class SecondStepInput
{
    public string? Code { get; set; }
}
