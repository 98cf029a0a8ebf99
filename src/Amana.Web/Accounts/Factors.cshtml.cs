using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Accounts;

/// <summary>One's own second factors: passkeys, one-time codes, recovery codes. Recovery codes are shown on the answer to the post alone, so that answer is no redirect.</summary>
[NoPersonalData]
public sealed class FactorsModel(OwnFactorsReader factors, IServiceProvider acts) : StaffPage
{
    private const string Address = "/accounts/factors";

    [BindProperty]
    public FactorInput Input { get; set; } = new();

    public OwnFactors? Own { get; private set; }

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => Fill(cancellationToken);

    public async Task<IActionResult> OnPostBeginCodesAsync(CancellationToken cancellationToken)
    {
        var outcome = await acts.GetRequiredService<BeginOneTimeCodes>().Handle(Who, cancellationToken);
        await Fill(cancellationToken);
        return outcome.IsDone ? LocalRedirect(Address + "#codes-title") : Refused(outcome.Refusals);
    }

    public async Task<IActionResult> OnPostConfirmCodesAsync(CancellationToken cancellationToken) =>
        await Show(await acts.GetRequiredService<ConfirmOneTimeCodes>().Handle(Who, Input.Code ?? "", cancellationToken), r => r.Codes, cancellationToken);

    [Grave]
    public async Task<IActionResult> OnPostRemoveCodesAsync(CancellationToken cancellationToken)
    {
        var outcome = await acts.GetRequiredService<RemoveOneTimeCodes>().Handle(Who, cancellationToken);
        await Fill(cancellationToken);
        return Answer(outcome, Address, "factor-removed");
    }

    [Grave]
    public async Task<IActionResult> OnPostRecoveryAsync(CancellationToken cancellationToken) =>
        await Show(await acts.GetRequiredService<RenewRecoveryCodes>().Handle(Who, cancellationToken), r => r.Codes, cancellationToken);

    public async Task<IActionResult> OnPostAddPasskeyAsync([FromForm] string? credential, CancellationToken cancellationToken)
    {
        var passkey = await acts.GetRequiredService<PasskeyCeremony>().Added(HttpContext, Who.Actor.StaffId!.Value.Value, credential ?? "");
        if (passkey is null)
        {
            await Fill(cancellationToken);
            return Refused([new Refusal("passkey.not-taken")]);
        }

        return await Show(await acts.GetRequiredService<AddPasskey>().Handle(Who, passkey, Input.Name ?? "", cancellationToken), r => r.RecoveryCodes, cancellationToken);
    }

    [Grave]
    public async Task<IActionResult> OnPostRemovePasskeyAsync(string id, CancellationToken cancellationToken)
    {
        var outcome = await acts.GetRequiredService<RemovePasskey>().Handle(Who, id, cancellationToken);
        await Fill(cancellationToken);
        return Answer(outcome, Address, "factor-removed");
    }

    private async Task<IActionResult> Show<T>(Outcome<T> outcome, Func<T, IReadOnlyList<string>> codes, CancellationToken cancellationToken)
    {
        if (outcome.IsDone)
        {
            RecoveryCodes = codes(outcome.Result);
            ModelState.Clear();
            Input = new FactorInput();
        }

        await Fill(cancellationToken);
        return outcome.IsDone ? Page() : Refused(outcome.Refusals);
    }

    private async Task Fill(CancellationToken cancellationToken) => Own = await factors.Read(Who, cancellationToken);
}

/// <summary>What the page asks.</summary>
public sealed class FactorInput
{
    public string? Code { get; set; }
    public string? Name { get; set; }
}
