using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Sharing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>Agreements of the story, through the same use cases as the pages: some accepted by both sides, and one in each other state.</summary>
internal sealed class DemoAgreements(DemoTeller teller)
{
    /// <summary>The agreement under which the activities of the story share.</summary>
    public const string Main = "Legal help for people turned back";

    public async Task Tell()
    {
        foreach (var (from, to, giver, recipient, title) in new[]
        {
            ("focal", "partner", "LPN", "HLA", Main), ("coordination", "focal", "OBR", "LPN", "Joint picture of needs"), ("focal", "coordination", "LPN", "OBR", "Joint picture of the north"),
        })
            await Answer(to, await Propose(from, giver, recipient, title), AgreementActKind.Accepted, "");
        await Propose("partner", "HLA", "LPN", "Outcomes of cases in court");
        await Answer("partner", await Propose("coordination", "OBR", "HLA", "Alerts from the bus stations"), AgreementActKind.Returned, "Say until when the alerts are kept, and who may open them.");
        await Answer("coordination", await Propose("partner", "HLA", "OBR", "Files of single cases"), AgreementActKind.Declined, "Single cases go by referral, with the person's own consent, not as files.");
        await Sign("focal", "coordination", await Propose("focal", "LPN", "CHT", "Counts for the planning of clinics"));
        await Sign("partner", null, await Propose("partner", "HLA", "CHT", "Medical reports for courts"));
        await Break();
    }

    /// <summary>An agreement that was broken: one side has recorded it as resolved, the other has not.</summary>
    private async Task Break()
    {
        var id = await Propose("partner", "HLA", "LPN", "Hearings by district");
        await Answer("focal", id, AgreementActKind.Accepted, "");
        await Do<ReportBreach>(u => u.Handle(teller.As("focal"), id, "A table with small groups was passed on to a third organisation.", teller.Cancelled));
        await Do<ReportBreach>(u => u.Resolve(teller.As("partner"), id, "The table was called back and destroyed; the desk was briefed again.", teller.Cancelled));
    }

    private async Task<AgreementId> Propose(string by, string giver, string recipient, string title)
    {
        var id = Ids.New<AgreementId>(teller.Clock);
        var sides = await teller.Do(s => s.GetRequiredService<AmanaDb>().Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.ShortName, o => o.Id, teller.Cancelled));
        var terms = new AgreementTerms(title, "Reach people in time with help, and speak for them with facts.", [SharingDetail.Figures, SharingDetail.DeidentifiedRecords],
            "Same principles; stored encrypted; not passed on; destroyed after twelve months.", new Period(teller.Today.AddDays(5), teller.Today.AddDays(5 + 730)), 3);
        await Do<ProposeTerms>(u => u.Handle(teller.As(by), new ProposeAgreement(id, sides[giver], sides[recipient], terms), teller.Cancelled));
        return id;
    }

    private async Task Answer(string by, AgreementId id, AgreementActKind answer, string reason)
    {
        var hash = await teller.Do(async s => (await s.GetRequiredService<AmanaDb>().Set<Agreement>().AsNoTracking().SingleAsync(a => a.Id == id, teller.Cancelled)).Hash);
        await Do<AnswerAgreement>(u => u.Handle(teller.As(by), id, answer, hash, reason, teller.Cancelled));
    }

    private async Task Sign(string by, string? second, AgreementId id)
    {
        await Do<RegisterSignedCopy>(u => u.Handle(teller.As(by), id, new SignedCopy("Director of the trust", teller.Today, "Blue folder, paper 14"), teller.Cancelled));
        if (second is not null)
            await Do<RegisterSignedCopy>(u => u.Judge(teller.As(second), id, true, teller.Cancelled));
    }

    private Task Do<TUseCase>(Func<TUseCase, Task<Outcome<Nothing>>> act) where TUseCase : notnull => teller.Do(async s => { DemoTeller.Done(await act(s.GetRequiredService<TUseCase>())); });
}
