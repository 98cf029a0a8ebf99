using Amana.Domain.Activities;
using Amana.Domain.Coordination;
using Amana.Domain.Shared;
using Amana.Features.Coordination;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>What the organisations of the story agreed, asked of one another, and know of services.</summary>
internal sealed class DemoCoordination(DemoTeller teller)
{
    public async Task Tell()
    {
        teller.Clock.DaysAgo(90);
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<WriteProtocol>().Handle(teller.As("coordination"), Protocol(), teller.Cancelled)));
        await using (var stream = typeof(DemoCoordination).Assembly.GetManifestResourceStream("samples/boundaries.geojson")!)
        {
            using var file = new MemoryStream();
            await stream.CopyToAsync(file, teller.Cancelled);
            await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<ImportBoundaries>().Handle(teller.As("coordination"), file.ToArray(), "Made-up boundaries of a country that is not", teller.Cancelled)));
        }

        teller.Clock.DaysAgo(20);
        var asked = await Ask("legal", "im", "Counts of people turned back, by crossing and month", "To prepare cases before the court of appeal");
        var records = await Ask("coordination", "im", "Records of households without names", "To compare with our own assessment in the east");
        await Ask("im", "coordination", "Figures of unmet needs by district", "To plan teams for the next quarter");
        teller.Clock.DaysAgo(12);
        await Answer(asked, DataRequestAnswer.Share, 1, 3, 3, 3, "Figures without small cells serve the cases, and nobody can be singled out.", "");
        await Answer(records, DataRequestAnswer.DoNotShare, 3, 4, 2, 2, "The comparison can be made with figures; we offer those.", "");
        foreach (var (name, kind, by, place, how, daysAgo) in Services())
        {
            teller.Clock.DaysAgo(daysAgo);
            await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<AddServicePoint>().Handle(teller.As("protection"),
                new ListServicePoint(Ids.New<ServiceId>(teller.Clock), name, kind, teller.OrganisationOf(by), place, how, ""), teller.Cancelled)));
        }
    }

    private async Task<DataRequestId> Ask(string who, string of, string what, string why)
    {
        var id = Ids.New<DataRequestId>(teller.Clock);
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<AskOrganisation>().Handle(teller.As(who), new AskForDataOf(id, teller.OrganisationOf(of), null, what, why), teller.Cancelled)));
        return id;
    }

    private Task Answer(DataRequestId id, DataRequestAnswer answer, int likelihood, int impact, int notLikelihood, int notImpact, string reason, string mitigation) => teller.Do(async s =>
        DemoTeller.Done(await s.GetRequiredService<AnswerDataRequest>().Handle(teller.As("im"), id, answer, new SharingAssessment
        {
            BenefitOfSharing = "The partner acts sooner and people are not asked again.", RiskOfSharing = "A small group could be recognised at one place.", SharingLikelihood = likelihood, SharingImpact = impact,
            RiskOfNotSharing = "Cases stay without evidence, or people are asked the same twice.", NotSharingLikelihood = notLikelihood, NotSharingImpact = notImpact, Mitigation = mitigation,
        }, reason, teller.Cancelled)));

    private ProtocolContent Protocol() => new()
    {
        Purpose = "Organisations here share what protects people, no more than that serves, and the same way each time.",
        OnBreach = "The coordinator and both sides establish within a week what happened and what it means for people; the agreement rests until then, and is mended or ends.",
        ReviewOn = DateOnly.FromDateTime(teller.Clock.Real.UtcDateTime).AddDays(60),
        Rows =
        [
            new("Boundaries, who does what by district", SensitivityLevel.Public, "Public page"), new("Figures by site", SensitivityLevel.Restricted, "Coordination meeting, within the humanitarian community"),
            new("Records without names", SensitivityLevel.Confidential, "Release under an agreement, to named organisations"), new("Places of services for survivors", SensitivityLevel.Confidential, "Spoken, to those who refer"),
            new("Case records, anything with names", SensitivityLevel.StrictlyConfidential, "Referral with the person's yes alone"),
        ],
    };

    private static (string Name, string Kind, string By, Place Place, string How, double DaysAgo)[] Services() =>
    [
        ("Legal help desk", "legal", "legal", new Place("QZ01", "Northern crossings"), "Weekdays 8 to 16, or by the case worker the same day", 3),
        ("Clinic at River camp", "health", "coordination", new Place("QZ0102", "River camp"), "At any hour", 5),
        ("Listening room for women", "psychosocial", "im", new Place("QZ01", "Northern crossings"), "Mornings; a woman answers", 9),
        ("Child protection desk", "child_protection", "im", new Place("QZ02", "Eastern terraces"), "By the case worker within an hour", 30),
    ];
}
