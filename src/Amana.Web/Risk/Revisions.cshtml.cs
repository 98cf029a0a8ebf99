using System.Globalization;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Risk;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Risk;

/// <summary>The approved assessments as they were frozen, what is written now, and what differs between two of them.</summary>
[NoPersonalData]
public sealed class RevisionsModel(ActivityFrame frame, RiskRevisions revisions, StaffDirectory staff) : ActivityPage(frame)
{
    /// <summary>Stands for what is written now.</summary>
    private const int Now = 0;

    private Dictionary<StaffId, string> _names = [];

    public override string TitleKey => "risk.revisions";

    [BindProperty(SupportsGet = true)]
    public int? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? To { get; set; }

    public IReadOnlyList<RiskRevision> All { get; private set; } = [];

    public IReadOnlyList<RiskDifference> Differences { get; private set; } = [];

    public IReadOnlyList<Choice> Choices =>
    [
        new(Now.ToString(CultureInfo.InvariantCulture), "risk.revision.now"),
        .. All.Select(r => new Choice(r.Revision.ToString(CultureInfo.InvariantCulture), Texts.Plain("risk.revision") + " " + Texts.Number(r.Revision))),
    ];

    public async Task OnGet(CancellationToken cancellationToken)
    {
        All = await revisions.Read(ActivityId, cancellationToken);
        _names = (await staff.Read(cancellationToken)).ToDictionary(s => s.Id, s => s.Name);
        From ??= All.Count > 1 ? All[1].Revision : All.Count == 1 ? All[0].Revision : Now;
        To ??= All.Count > 1 ? All[0].Revision : Now;
        if (Of(From) is { } earlier && Of(To) is { } later)
            Differences = RiskRules.Differences(earlier, later);
    }

    public string Name(StaffId id) => _names.GetValueOrDefault(id, "");

    /// <summary>A risk in one line: words, numbers before and after, mitigation and its state.</summary>
    public string Say(AssessedRisk? risk) => risk is null
        ? "–"
        : Texts.Plain("risk.differences.line", new
        {
            text = risk.Text, before = risk.Score, after = risk.ResidualScore, mitigation = risk.Mitigation, state = Texts.Word(risk.MitigationState),
            evidence = risk.Evidence.Length == 0 ? "–" : risk.Evidence,
        });

    private RiskContent? Of(int? revision) => revision == Now ? State.Risk?.Content : All.FirstOrDefault(r => r.Revision == revision)?.Content;
}
