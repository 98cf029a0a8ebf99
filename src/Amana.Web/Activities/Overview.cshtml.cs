using Amana.Domain.Principles;
using Amana.Features.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.Activities;

/// <summary>One activity: the one next step, what needs someone, what it is for, what was collected, and the proof.</summary>
[NoPersonalData]
public sealed class OverviewModel(ActivityFrame frame, Findings findings, ActivityProof proof, StaffNames names) : ActivityPage(frame)
{
    /// <summary>Findings shown before the rest is left to the page of rules.</summary>
    private const int Most = 7;

    public override string TitleKey => "activities.title";

    public override bool IsOverview => true;

    public NextStep Next { get; private set; } = null!;

    public IReadOnlyList<FindingRow> NeedsSomeone { get; private set; } = [];

    /// <summary>Findings that are not shown here.</summary>
    public int More { get; private set; }

    public Proof Proof { get; private set; } = null!;

    public string Lead { get; private set; } = "";

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Next = findings.Next(State, Answers);
        var now = findings.Rows(Attention.Now(State, Answers), Number, State.Activity.Step is PimStep.Implement or PimStep.Evaluate);
        NeedsSomeone = [.. now.Take(Most)];
        More = now.Count - NeedsSomeone.Count;
        Proof = await proof.Read(ActivityId, cancellationToken);
        Lead = (await names.Read([State.Activity.LeadId], cancellationToken)).GetValueOrDefault(State.Activity.LeadId, "");
    }
}
