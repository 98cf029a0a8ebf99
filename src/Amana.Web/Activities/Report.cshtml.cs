using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Web.Security;

namespace Amana.Web.Activities;

/// <summary>The activity's account on paper: what it is for, how every rule stands, who decided what, the ledger's signed checkpoint with a code to scan, and places to sign. Counts only.</summary>
[NoPersonalData]
public sealed class ReportModel(ActivityFrame frame, ReportProof proof, StaffNames names) : ActivityPage(frame)
{
    private IReadOnlyDictionary<StaffId, string> _names = new Dictionary<StaffId, string>();

    public override string TitleKey => "report.title";

    public LedgerStanding Standing { get; private set; } = null!;

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Standing = await proof.Read(ActivityId, cancellationToken);
        var people = new[] { State.Activity.LeadId }.Concat(State.Risk?.Authors ?? []).Concat(new[] { State.Risk?.ApprovedBy, State.Purpose?.Proportionality?.By }.OfType<StaffId>());
        _names = await names.Read(people, cancellationToken);
    }

    public string Name(StaffId id) => _names.GetValueOrDefault(id, "");
}
