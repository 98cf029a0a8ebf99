using Amana.Domain.Accounts;
using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.SetUp;

/// <summary>How the operation wants its staff to sign in, and when an account that nobody uses is closed.</summary>
[KeepsTheHouse]
[NoPersonalData]
public sealed class SignInPolicyModel(SignInPolicyReader present, SetSignInPolicy set) : StaffPage
{
    [BindProperty]
    public SignInPolicyInput Input { get; set; } = new();

    public static IReadOnlyList<Choice> Whom { get; } = [.. Enum.GetNames<SecondFactorFor>().Select(n => new Choice(n, "vocabulary.SecondFactorFor." + n))];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var policy = await present.Read(cancellationToken);
        Input = new SignInPolicyInput { SecondFactor = policy.SecondFactor, GraceDays = policy.GraceDays, UnusedDays = policy.UnusedDays };
    }

    [Grave]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var policy = await present.Read(cancellationToken);
        return Answer(await set.Handle(Who, policy with { SecondFactor = Input.SecondFactor ?? policy.SecondFactor, GraceDays = Input.GraceDays ?? -1, UnusedDays = Input.UnusedDays ?? -1 }, cancellationToken),
            "/set-up/sign-in-policy", "sign-in-policy-set");
    }
}

/// <summary>What the page asks.</summary>
public sealed class SignInPolicyInput
{
    public SecondFactorFor? SecondFactor { get; set; }
    public int? GraceDays { get; set; }
    public int? UnusedDays { get; set; }
}
