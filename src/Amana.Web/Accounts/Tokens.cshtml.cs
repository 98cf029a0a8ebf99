using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Accounts;

/// <summary>One's own tokens for programs. A new one is shown on the answer to the post and nowhere else, so that answer is no redirect.</summary>
[NoPersonalData]
public sealed class TokensModel(OwnApiTokens tokens, IssueApiTokenForMe issue, RevokeApiToken revoke, ActivityBoard board, TimeProvider clock) : StaffPage
{
    [BindProperty]
    public TokenInput Input { get; set; } = new();

    public IReadOnlyList<ListedApiToken> Tokens { get; private set; } = [];

    public IReadOnlyList<Choice> Activities { get; private set; } = [];

    public static IReadOnlyList<Choice> Uses { get; } = [.. Enum.GetNames<TokenUse>().Select(n => new Choice(n, "vocabulary.TokenUse." + n))];

    public string? Shown { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public Task OnGetAsync(CancellationToken cancellationToken) => Fill(cancellationToken);

    [Grave]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await issue.Handle(Who, new WantedApiToken(Input.Label ?? "", Input.Activities, Input.Uses, Input.Days ?? 0), cancellationToken);
        if (outcome.IsDone)
        {
            Shown = outcome.Result.Token;
            ModelState.Clear();
            Input = new TokenInput();
        }

        await Fill(cancellationToken);
        return outcome.IsDone ? Page() : Refused(outcome.Refusals);
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        await Fill(cancellationToken);
        return Answer(await revoke.Handle(Who, new ApiTokenId(id), cancellationToken), "/accounts/tokens", "token-revoked");
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        Tokens = await tokens.Read(Who, cancellationToken);
        Activities = [.. (await board.Read(Who, new BoardFilter(), cancellationToken)).Activities.Select(a => new Choice(a.Activity.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{a.Activity.Number} · {a.Activity.Title}"))];
    }
}

/// <summary>What the page asks.</summary>
public sealed class TokenInput
{
    public string? Label { get; set; }
    public List<int> Activities { get; set; } = [];
    public List<TokenUse> Uses { get; set; } = [];
    public int? Days { get; set; } = 90;
}
