using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Accounts;

/// <summary>One's own account: the password, and the browsers that are signed in, each of which can be signed out from here.</summary>
[NoPersonalData]
public sealed class MyAccountModel(ChangePassword changePassword, EndSession endSession, SessionReader sessions, OwnSignInHistory history, ProofKindsReader kinds) : StaffPage
{
    private const string Address = "/accounts/my-account";

    [BindProperty]
    public PasswordInput Input { get; set; } = new();

    /// <summary>The account has a password; one that is opened from outside alone has none.</summary>
    public bool HasPassword { get; private set; }

    public IReadOnlyList<OwnSession> Sessions { get; private set; } = [];

    public IReadOnlyList<OwnSignIn> History { get; private set; } = [];

    public Guid This => SessionTickets.SessionOf(User);

    public bool MustChange => User.HasClaim(c => c.Type == SessionTickets.MustChangeClaim);

    public Task OnGetAsync(CancellationToken cancellationToken) => Fill(cancellationToken);

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancellationToken)
    {
        var outcome = await changePassword.Handle(Who, This, Input.Present ?? "", Input.Password ?? "", cancellationToken);
        await Fill(cancellationToken);
        return Answer(outcome, Address, "password-changed");
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellationToken)
    {
        var outcome = await endSession.Handle(Who, id, cancellationToken);
        await Fill(cancellationToken);
        return Answer(outcome, Address, "session-ended");
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        HasPassword = (await kinds.Read(Who, cancellationToken)).Password;
        Sessions = await sessions.Own(Who, cancellationToken);
        History = await history.Read(Who, cancellationToken);
    }
}

/// <summary>What the page asks.</summary>
public sealed class PasswordInput
{
    public string? Present { get; set; }
    public string? Password { get; set; }
}
