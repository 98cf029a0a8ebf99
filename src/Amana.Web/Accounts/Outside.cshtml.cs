using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Accounts;

/// <summary>Signing in by one's organisation: link the identity that was just shown, or end the link. Linking is said here and not by the way back alone, so that nobody is led into it.</summary>
[NoPersonalData]
public sealed class OutsideModel(OutsideLinkReader link, OutsideProvider provider, IServiceProvider acts, TimeProvider clock) : StaffPage
{
    private const string Address = "/accounts/outside";

    public OutsideProvider Provider => provider;

    public DateTimeOffset? LinkedSince { get; private set; }

    /// <summary>The address of the identity that waits to be linked.</summary>
    public string? Waiting { get; private set; }

    /// <summary>True right after a proof for a page that waits in another tab.</summary>
    public bool Proved { get; private set; }

    public async Task<IActionResult> OnGetAsync(bool proved, string? refused, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        Proved = proved && clock.GetUtcNow() - SessionTickets.ProvedAt(User) < StaffSession.ProofCounts;
        if (!provider.IsThere && LinkedSince is null)
            return NotFound();
        return refused is not null && OutsideAnswers.Slugs.Contains(refused, StringComparer.Ordinal) ? Refused([new Refusal(refused)]) : Page();
    }

    [Grave]
    public async Task<IActionResult> OnPostLinkAsync(CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        if (PendingLink.Read(HttpContext, clock.GetUtcNow()) is not { } claims)
            return Refused([new Refusal("outside.nothing-waits")]);
        PendingLink.Remove(HttpContext);
        return Answer(await acts.GetRequiredService<LinkOutside>().Handle(Who, claims, cancellationToken), Address, "outside-linked");
    }

    [Grave]
    public async Task<IActionResult> OnPostUnlinkAsync(CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await acts.GetRequiredService<UnlinkOutside>().Handle(Who, Who.Actor.StaffId!.Value, cancellationToken), Address, "outside-unlinked");
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        LinkedSince = await link.Read(Who, cancellationToken);
        Waiting = LinkedSince is null ? PendingLink.Read(HttpContext, clock.GetUtcNow())?.Mail.Reveal() : null;
    }
}
