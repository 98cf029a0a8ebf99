using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Accounts;

/// <summary>Signs staff in by passkey, or by e-mail and password with a second step where there is a second factor. Whatever is wrong, it says the same.</summary>
[AllowAnonymous]
[NoPersonalData]
public sealed class SignInModel(SignIn signIn, SignInByPasskey byPasskey, PasskeyCeremony passkeys, HouseReader house, OutsideProvider outside) : StaffPage
{
    [BindProperty]
    public SignInInput Input { get; set; } = new();

    /// <summary>Where the reader wanted to go.</summary>
    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    public bool Started { get; private set; } = true;

    /// <summary>True right after the first run.</summary>
    public bool Begun { get; private set; }

    /// <summary>By which staff of some organisations sign in; none where nothing was set up.</summary>
    public OutsideProvider Outside => outside;

    public async Task<IActionResult> OnGetAsync(bool begun, string? refused, CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated == true)
            return LocalRedirect(Onward.Of(HttpContext, To));
        Begun = begun;
        Started = await house.IsStarted(cancellationToken);
        return refused is not null && OutsideAnswers.Slugs.Contains(refused, StringComparer.Ordinal) ? Refused([new Refusal(refused)]) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var begun = await signIn.Handle(AccessContext.House, new Credentials(Input.Email ?? "", Input.Password ?? "", AddressOf(HttpContext), DeviceFamily.Of(Request), KnownBrowserCookie.Read(HttpContext)), cancellationToken);
        if (!begun.IsDone)
            return Refused(begun.Refusals);
        if (begun.Result.Awaits)
        {
            SecondStepCookie.Write(HttpContext, begun.Result.Token);
            return LocalRedirect("/accounts/second-step" + (Onward.IsOurs(To) ? "?to=" + Uri.EscapeDataString(To!) : ""));
        }

        return await Enter(begun.Result);
    }

    public async Task<IActionResult> OnPostPasskeyAsync([FromForm] string? credential, CancellationToken cancellationToken)
    {
        if (await passkeys.Shown(HttpContext, credential ?? "") is not { } shown)
            return Refused([new Refusal("sign-in.passkey-refused")]);
        var begun = await byPasskey.Handle(AccessContext.House, shown, AddressOf(HttpContext), DeviceFamily.Of(Request), cancellationToken);
        return begun.IsDone ? await Enter(begun.Result) : Refused(begun.Refusals);
    }

    /// <summary>The network address that a request comes from.</summary>
    internal static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "local";

    private async Task<IActionResult> Enter(SessionBegun begun)
    {
        SecondStepCookie.Remove(HttpContext);
        await SessionTickets.Begin(HttpContext, begun);
        return LocalRedirect(begun.MustChangePassword ? "/accounts/my-account" : Onward.Of(HttpContext, To));
    }
}

/// <summary>What the page asks.</summary>
public sealed class SignInInput
{
    public string? Email { get; set; }
    public string? Password { get; set; }
}
