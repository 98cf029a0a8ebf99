using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Accounts;

/// <summary>Ends this browser's session.</summary>
[NoPersonalData]
public sealed class SignOutModel(EndSession endSession) : StaffPage
{
    public void OnGet()
    {
        // The page asks; only a post ends the session.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await endSession.Handle(Who, SessionTickets.SessionOf(User), cancellationToken);
        await HttpContext.SignOutAsync(SignInCookies.Scheme);
        return LocalRedirect("/");
    }
}
