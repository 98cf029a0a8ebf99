using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.SetUp;

/// <summary>How a staff member gets in, and what those who keep the house do about it: sign them out, let them begin anew, close the account. A new one-time password is
/// shown on the answer to the post alone.</summary>
[KeepsTheHouse]
[NoPersonalData]
public sealed class StaffAccessModel(StaffAccessReader access) : StaffPage
{
    public StaffAccess? Of { get; private set; }

    public string? OneTimePassword { get; private set; }

    public bool IsMe => Of?.Staff.Id == Who.Actor.StaffId;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) => await Find(id, cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostSignOutAsync([FromServices] EndSessionsOf act, Guid id, CancellationToken cancellationToken) =>
        Do(id, who => act.Handle(who, new StaffId(id), cancellationToken), "sessions-ended", cancellationToken);

    [Grave]
    public Task<IActionResult> OnPostResetAsync([FromServices] ResetFactors act, Guid id, CancellationToken cancellationToken) =>
        Do(id, who => act.Handle(who, new StaffId(id), cancellationToken), "factors-reset", cancellationToken);

    [Grave]
    public Task<IActionResult> OnPostCloseAsync([FromServices] DeactivateStaff act, Guid id, CancellationToken cancellationToken) =>
        Do(id, who => act.Handle(who, new StaffId(id), cancellationToken), "account-closed", cancellationToken);

    [Grave]
    public Task<IActionResult> OnPostOpenAsync([FromServices] ReactivateStaff act, Guid id, CancellationToken cancellationToken) =>
        Do(id, who => act.Handle(who, new StaffId(id), cancellationToken), "account-opened", cancellationToken);

    [Grave]
    public Task<IActionResult> OnPostUnlinkAsync([FromServices] UnlinkOutside act, Guid id, CancellationToken cancellationToken) =>
        Do(id, who => act.Handle(who, new StaffId(id), cancellationToken), "outside-unlinked", cancellationToken);

    public Task<IActionResult> OnPostRevokeAsync([FromServices] RevokeApiToken act, Guid id, Guid token, CancellationToken cancellationToken) =>
        Do(id, who => act.Handle(who, new ApiTokenId(token), cancellationToken), "token-revoked", cancellationToken);

    [Grave]
    public async Task<IActionResult> OnPostPasswordAsync([FromServices] GiveNewPassword act, Guid id, CancellationToken cancellationToken)
    {
        var outcome = await act.Handle(Who, new StaffId(id), cancellationToken);
        if (!await Find(id, cancellationToken))
            return NotFound();
        if (!outcome.IsDone)
            return Refused(outcome.Refusals);
        OneTimePassword = outcome.Result.OneTimePassword;
        return Page();
    }

    private async Task<IActionResult> Do(Guid id, Func<Features.Platform.AccessContext, Task<Outcome<Nothing>>> act, string done, CancellationToken cancellationToken)
    {
        if (!await Find(id, cancellationToken))
            return NotFound();
        return Answer(await act(Who), $"/set-up/staff/{id}/access", done);
    }

    private async Task<bool> Find(Guid id, CancellationToken cancellationToken) => (Of = await access.Read(Who, new StaffId(id), cancellationToken)) is not null;
}
