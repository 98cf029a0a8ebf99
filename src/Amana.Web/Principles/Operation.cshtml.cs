using Amana.Domain.Principles;
using Amana.Features.Principles;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Principles;

/// <summary>All open findings of the operation with owner, day, principle and activity, and the operation's account on paper: every activity with its rules and counts. Counts only.</summary>
[NoPersonalData]
public sealed class OperationModel(OperationAccounts accounts) : StaffPage
{
    /// <summary>One principle alone.</summary>
    [BindProperty(SupportsGet = true)]
    public Principle? Only { get; set; }

    /// <summary>What is late alone.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Late { get; set; }

    public OperationAccount Account { get; private set; } = null!;

    public IReadOnlyList<OpenFinding> Shown => [.. Account.Findings.Where(f => (Only is null || f.Rule.Principle == Only) && (!Late || f.IsLate(Account.Today)))];

    public int LateCount => Account.Findings.Count(f => f.IsLate(Account.Today));

    public ShownRefusal Show(Finding finding, int number) => Mends.Show(finding.Gap, number);

    /// <summary>The name of who was asked, or the role that can mend it.</summary>
    public string Mender(OpenFinding finding) => finding.Owner ?? Show(finding.Findings[0], finding.Number).Mender ?? "";

    public string Counted(IEnumerable<RuleAnswer> answers, RuleState state) => Texts.Number(answers.Count(a => a.State == state));

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Account = await accounts.Read(Who, cancellationToken);
        Shell.Crumbs = [new Crumb("nav.activities", "/activities")];
    }
}
