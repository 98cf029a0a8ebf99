using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Accounts;

/// <summary>Locks this browser's session, and opens it again for whoever shows that they are its owner, where they were.</summary>
[NoPersonalData]
public sealed class LockModel(LockSession lockSession, ProveWhoYouAre prove, ProofKindsReader kinds, PasskeyCeremony passkeys) : StaffPage
{
    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    public bool Locked { get; private set; }

    public ProofKinds Kinds { get; private set; } = new(false, false);

    public Task OnGetAsync(CancellationToken cancellationToken) => Fill(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await lockSession.Handle(Who, SessionTickets.SessionOf(User), cancellationToken);
        return LocalRedirect("/accounts/lock?to=" + Uri.EscapeDataString(Onward.Of(HttpContext, To)));
    }

    public async Task<IActionResult> OnPostOpenAsync([FromForm] string? credential, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        var passkey = string.IsNullOrEmpty(credential) ? null : await passkeys.Shown(HttpContext, credential);
        var proof = new Proof(Request.Form[GraveActs.Prefix + "password"], Request.Form[GraveActs.Prefix + "code"], passkey);
        var outcome = await prove.Handle(Who, SessionTickets.SessionOf(User), proof, cancellationToken);
        return outcome.IsDone ? LocalRedirect(Onward.Of(HttpContext, To)) : Refused(outcome.Refusals);
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        Locked = User.HasClaim(c => c.Type == SessionTickets.LockedClaim);
        Kinds = await kinds.Read(Who, cancellationToken);
    }
}
