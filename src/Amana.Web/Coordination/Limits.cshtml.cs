using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Coordination;

/// <summary>The limits of the operation: read by all staff; one person asks for others, a second one decides.</summary>
[NoPersonalData]
public sealed class LimitsModel(LimitsReader limits, ProposeLimits propose, DecideLimits decide) : StaffPage
{
    [BindProperty]
    public LimitsInput Input { get; set; } = new();

    public ShownLimits? Shown { get; private set; }

    public bool MayAsk => Authority.MustHoldOneOf(Who.Actor, LimitRules.Duties).Count == 0;

    public bool IsMine => Shown?.Proposed?.By == Who.Actor.StaffId;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Shown = await limits.Read(cancellationToken);
        Fill(Shown.Present);
    }

    [Grave]
    public async Task<IActionResult> OnPostProposeAsync(CancellationToken cancellationToken)
    {
        Shown = await limits.Read(cancellationToken);
        var wanted = OperationLimit.All.Select((limit, i) => (Limit: limit, Value: Input.Values.ElementAtOrDefault(i))).Aggregate(Shown.Present, (all, one) => one.Limit.With(all, one.Value ?? 0));
        return Answer(await propose.Handle(Who, wanted, Input.Reason ?? "", cancellationToken), "limits-proposed");
    }

    [Grave]
    public async Task<IActionResult> OnPostDecideAsync(bool accept, CancellationToken cancellationToken)
    {
        Shown = await limits.Read(cancellationToken);
        if (Input.Values.Count == 0)
            Fill(Shown.Present);
        return Answer(await decide.Handle(Who, accept, cancellationToken), accept ? "limits-accepted" : "limits-kept");
    }

    private void Fill(OperationLimits present) => Input.Values = [.. OperationLimit.All.Select(l => (int?)l.Of(present))];

    private IActionResult Answer(Outcome<Nothing> outcome, string done) => outcome.IsDone ? Done("/coordination/limits", done) : Refused([.. outcome.Refusals.Select(Place)]);

    // A refusal names the limit; the page has its place in the list.
    private static Refusal Place(Refusal refusal) =>
        OperationLimit.All.Select((l, i) => (l.Name, i)).FirstOrDefault(l => l.Name == refusal.Field) is { Name: not null } place ? refusal.At($"Values[{place.i}]") : refusal;
}

/// <summary>What the page asks: a value for each limit, in the order of <see cref="OperationLimit.All"/>, and why.</summary>
public sealed class LimitsInput
{
    public List<int?> Values { get; set; } = [];

    public string? Reason { get; set; }
}
