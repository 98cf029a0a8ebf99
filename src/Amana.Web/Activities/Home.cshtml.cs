using Amana.Domain.Principles;
using Amana.Features.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.Activities;

/// <summary>What needs the reader today, over all activities.</summary>
[NoPersonalData]
public sealed class HomeModel(NeedsMe needs, Findings findings) : StaffPage
{
    /// <summary>Rows of one activity before the rest is left to its own page.</summary>
    public const int Most = 4;

    public IReadOnlyList<(ActivityNeedsMe Activity, IReadOnlyList<FindingRow> Rows)> Mine { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellationToken) =>
        Mine = [.. (await needs.Read(Who, cancellationToken)).Select(a =>
            (a, findings.Rows(a.Findings, a.Number, a.Step is PimStep.Implement or PimStep.Evaluate)))];
}
