using Amana.Domain.Principles;
using Amana.Features.Accounts;
using Amana.Features.Activities;
using Amana.Features.Emergencies;
using Amana.Features.Sharing;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.Activities;

/// <summary>What needs the reader today, over all activities.</summary>
[NoPersonalData]
public sealed class HomeModel(NeedsMe needs, EmergenciesForMe emergencies, AccountsSoonClosed soonClosed, AloneInTheHouse alone, Findings findings, AgreementList agreements) : StaffPage
{
    /// <summary>Rows of one activity before the rest is left to its own page.</summary>
    public const int Most = 4;

    public IReadOnlyList<(ActivityNeedsMe Activity, IReadOnlyList<FindingRow> Rows)> Mine { get; private set; } = [];

    /// <summary>What was done outside the ordinary rules and waits for the reader: said before all else.</summary>
    public IReadOnlyList<EmergencyForMe> Emergencies { get; private set; } = [];

    /// <summary>Accounts that will be closed because nobody uses them, for those who keep the house.</summary>
    public int SoonClosed { get; private set; }

    /// <summary>Agreements that wait for the word of the reader's organisation.</summary>
    public int Agreements { get; private set; }

    /// <summary>Nobody else works here yet: before any activity, there must be staff.</summary>
    public bool Alone { get; private set; }

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Alone = await alone.Read(Who, cancellationToken);
        SoonClosed = await soonClosed.Read(Who, cancellationToken);
        Emergencies = await emergencies.Read(Who, cancellationToken);
        Agreements = await agreements.Waiting(Who.Actor, cancellationToken);
        Mine = [.. (await needs.Read(Who, cancellationToken)).Select(a =>
            (a, findings.Rows(a.Findings, a.Number, a.Step is PimStep.Implement or PimStep.Evaluate)))];
    }
}
